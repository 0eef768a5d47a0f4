import argparse
import socket
import threading

clients = []
lock = threading.Lock()


def send(conn, text, end="\n"):
    try:
        conn.sendall((text + end).encode())
    except OSError:
        pass


def send_list(conns, text):
    # print() style: separator between, nothing at the very end when the list is long
    for number, conn in enumerate(conns, 1):
        send(conn, text, "\n" if number < max(len(conns), 2) else "")


def notice(conns, text):
    for conn in conns:
        send(conn, text)


def receive(conn):
    store = bytearray()
    while True:
        pos = store.find(10)
        if pos == -1:
            try:
                data = conn.recv(16384)
            except OSError:
                return None
            if not data:
                return None
            store.extend(data)
        else:
            line = bytes(store[:pos]).decode("utf-8", "replace")
            del store[:pos + 1]
            yield line


def serve(conn, addr):
    print("Connected with", addr)
    source = receive(conn)
    name = None
    send(conn, "name")
    for line in source:
        line = line.strip()
        with lock:
            if line and line not in [n for n, c in clients]:
                name = line
                send(conn, "You are connected!")
                send(conn, "To terminate the connection to the server, enter leave")
                notice([c for n, c in clients], f"{name} joined!")
                clients.append((name, conn))
                break
        send(conn, "name")
    if name:
        print("Name is", name)
        for line in source:
            if line == f"*{name} left*":
                break
            with lock:
                send_list([c for n, c in clients if c is not conn], line)
        with lock:
            clients.remove((name, conn))
            notice([c for n, c in clients], f"*{name} left*")
    conn.close()


parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=14901)
args = parser.parse_args()

listener = socket.create_server((args.host, args.port), backlog=128)
try:
    while True:
        conn, addr = listener.accept()
        threading.Thread(target=serve, args=(conn, addr), daemon=True).start()
except KeyboardInterrupt:
    listener.close()
