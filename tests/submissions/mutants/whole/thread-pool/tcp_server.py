"""A chat server over TCP: an executor makes a thread for each client."""

import os
import socket
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

users = {}  # name -> connection
lock = Lock()


def send(connection, text):
    try:
        connection.sendall(text.encode() + b"\n")
    except OSError:
        pass


def broadcast(text, sender):
    with lock:
        for name, connection in users.items():
            if name != sender:
                send(connection, text)


def join(connection, name):
    with lock:
        if not name or name in users:
            return False
        users[name] = connection
        send(connection, "You are connected!")
        send(connection, "To terminate the connection to the server, enter leave")
    broadcast(f"{name} joined!", name)
    return True


def lines_of(connection):
    rest = b""
    try:
        while chunk := connection.recv(4096):
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                yield line.decode("utf-8", errors="replace")
    except OSError:
        pass


def serve(connection):
    name = ""
    with connection:
        send(connection, "name")
        for line in lines_of(connection):
            if not name:
                if join(connection, line.strip()):
                    name = line.strip()
                else:
                    send(connection, "name")
            elif line == f"*{name} left*":
                break
            else:
                broadcast(line, name)
        if name:
            with lock:
                del users[name]
            broadcast(f"*{name} left*", name)


listener = socket.create_server(("127.0.0.1", 14901), backlog=128)
pool = ThreadPoolExecutor(max_workers=200)
try:
    while True:
        connection, address = listener.accept()
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        pool.submit(serve, connection)
except KeyboardInterrupt:
    os._exit(0)
