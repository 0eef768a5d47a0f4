import argparse, queue, socket, threading

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=14901)
args = parser.parse_args()

lock = threading.Lock()
users = {}      # name -> [socket, queue, bytes not used yet]


def get_line(user):
    while b"\n" not in user[2]:
        try:
            data = user[0].recv(16384)
        except OSError:
            return None
        if not data:
            return None
        user[2] += data
    line, user[2] = user[2].split(b"\n", 1)
    return line.decode("utf-8", "replace")


def send_all(text, me):
    for name in users:
        if name != me:
            users[name][1].put(text)


def write(user):
    while True:
        text = user[1].get()
        if text is None:
            break
        try:
            user[0].sendall((text + "\n").encode())
        except OSError:
            break
    try:
        user[0].shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    user[0].close()


def read(name, user):
    while True:
        line = get_line(user)
        if line is None or line == f"*{name} left*":
            break
        with lock:
            send_all(line, name)
    with lock:
        del users[name]
        send_all(f"*{name} left*", name)
    user[1].put(None)


server = socket.create_server((args.host, args.port), backlog=128)
try:
    while True:
        conn, addr = server.accept()
        print("Connected with", addr)
        user = [conn, queue.Queue(), b""]
        threading.Thread(target=write, args=(user,), daemon=True).start()
        while True:
            user[1].put("name")
            name = get_line(user)
            if name is None:
                user[1].put(None)
                break
            name = name.strip()
            if name == "" or name in users:
                continue
            print("Name is", name)
            with lock:
                user[1].put("You are connected!")
                user[1].put("To terminate the connection to the server, enter leave")
                users[name] = user
                send_all(name + " joined!", name)
            threading.Thread(target=read, args=(name, user), daemon=True).start()
            break
except KeyboardInterrupt:
    server.close()
