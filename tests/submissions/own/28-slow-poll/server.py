import socket
import threading
import time

clients = []
queue = []


def reader(conn, name):
    while True:
        try:
            data = conn.recv(1024)
        except OSError:
            data = b""
        if not data:
            clients.remove(conn)
            return
        queue.append((conn, f"{name}: {data.decode()}"))


def sender():
    while True:
        time.sleep(1)
        while queue:
            source, text = queue.pop(0)
            for conn in list(clients):
                if conn is not source:
                    try:
                        conn.send(text.encode() + b"\n")
                    except OSError:
                        pass


server = socket.socket()
server.bind(("127.0.0.1", 6789))
server.listen()
threading.Thread(target=sender).start()
while True:
    conn, _ = server.accept()
    name = conn.recv(1024).decode()
    clients.append(conn)
    threading.Thread(target=reader, args=(conn, name)).start()
