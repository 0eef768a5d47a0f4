import socket
import threading

lock = threading.Lock()
clients = {}


def remove(conn):
    with lock:
        name = clients.pop(conn, None)
    if name:
        broadcast(f"{name} left", conn)


def broadcast(text, sender):
    with lock:
        for conn in list(clients):
            if conn is sender:
                continue
            try:
                conn.sendall((text + "\n").encode())
            except OSError:
                remove(conn)


def leave(conn):
    with lock:
        remove(conn)


def handle(conn):
    name = conn.recv(1024).decode().strip()
    broadcast(f"{name} joined", conn)
    with lock:
        clients[conn] = name
    while True:
        try:
            data = conn.recv(1024)
        except OSError:
            data = b""
        if not data:
            leave(conn)
            break
        broadcast(f"{name}: {data.decode()}", conn)


server = socket.socket()
server.bind(("127.0.0.1", 3456))
server.listen()
while True:
    conn, addr = server.accept()
    threading.Thread(target=handle, args=(conn,)).start()
