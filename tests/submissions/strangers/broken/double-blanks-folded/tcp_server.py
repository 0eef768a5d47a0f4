import argparse, re, socket, threading

people = {}
big_lock = threading.Condition()   # rings when a line was added


class Person:
    def __init__(self):
        self.todo = []
        self.bye = False


def add(person, *texts):
    person.todo.extend(texts)
    big_lock.notify_all()


def to_rest(me, text):
    for name, person in people.items():
        if name != me:
            add(person, text)


def speaker(conn, person):
    while True:
        with big_lock:
            big_lock.wait_for(lambda: person.todo or person.bye)
            texts, person.todo = person.todo, []
        if not texts:
            break
        try:
            conn.sendall("".join(f"{t}\n" for t in texts).encode())
        except OSError:
            break
    try:
        conn.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    conn.close()


def tidy(text):
    return re.sub(r"(?<=\S)  +(?=\S)", " ", text)


def listener_for(conn, addr):
    print("Connected with", addr)
    person = Person()
    threading.Thread(target=speaker, args=(conn, person), daemon=True).start()
    with big_lock:
        add(person, "name")
    me, bytes_left = None, b""
    try:
        while data := conn.recv(16384):
            bytes_left += data
            *full, bytes_left = bytes_left.split(b"\n")
            for line in full:
                line = line.decode("utf-8", "replace")
                with big_lock:
                    if me is None:
                        want = line.strip()
                        if want == "" or want in people:
                            add(person, "name")
                        else:
                            me = want
                            people[me] = person
                            add(person, "You are connected!", "To terminate the connection to the server, enter leave")
                            to_rest(me, f"{me} joined!")
                            print("Name is", me)
                    elif line == f"*{me} left*":
                        raise EOFError
                    else:
                        to_rest(me, tidy(line))
    except (OSError, EOFError):
        pass
    with big_lock:
        if me is not None:
            del people[me]
            to_rest(me, f"*{me} left*")
        person.bye = True
        big_lock.notify_all()


if __name__ == "__main__":
    cmd = argparse.ArgumentParser()
    cmd.add_argument("--host", default="127.0.0.1")
    cmd.add_argument("--port", default=14901, type=int)
    cmd = cmd.parse_args()
    with socket.create_server((cmd.host, cmd.port), backlog=128) as sock:
        try:
            while True:
                threading.Thread(target=listener_for, args=sock.accept(), daemon=True).start()
        except KeyboardInterrupt:
            pass
