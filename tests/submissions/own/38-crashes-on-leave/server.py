import os
import socket
import threading

users = {}


def work(conn):
    name = conn.recv(1024).decode()
    users[conn] = name
    while True:
        data = conn.recv(1024).decode()
        if data in ("", "exit"):
            print("fatal: user left")
            os._exit(1)
        for other in users:
            if other is not conn:
                other.send(f"{name}: {data}".encode())


s = socket.socket()
s.bind(("", 7038))
s.listen()
while True:
    c, _ = s.accept()
    threading.Thread(target=work, args=(c,)).start()
