import socket
import threading

clients = []


def handle(conn, name):
    while True:
        try:
            data = conn.recv(1024)
        except OSError:
            data = b""
        if not data:
            clients.remove(conn)
            return
        others = [c for c in clients if c is not conn]
        if others:
            others[-1].send(f"{name}: {data.decode()}\n".encode())


s = socket.socket()
s.bind(("localhost", 7037))
s.listen()
while True:
    c, _ = s.accept()
    name = c.recv(1024).decode()
    clients.append(c)
    threading.Thread(target=handle, args=(c, name)).start()
