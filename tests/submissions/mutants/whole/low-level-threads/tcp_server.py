"""A chat server over TCP: a thread for each client, made by _thread."""

import _thread
import socket

users = {}  # name -> connection
lock = _thread.allocate_lock()


def send(connection, text):
    try:
        connection.sendall(text.encode() + b"\n")
    except OSError:
        pass


def broadcast(text, sender):
    for name, connection in users.items():
        if name != sender:
            send(connection, text)


def serve(connection):
    with connection, connection.makefile(encoding="utf-8", errors="replace") as lines:
        send(connection, "name")
        name = lines.readline().strip()
        while not name or name in users:
            send(connection, "name")
            name = lines.readline().strip()
        with lock:
            users[name] = connection
            send(connection, "You are connected!")
            send(connection, "To terminate the connection to the server, enter leave")
            broadcast(f"{name} joined!", name)
        try:
            for line in lines:
                if not line.endswith("\n") or line == f"*{name} left*\n":
                    break
                with lock:
                    broadcast(line[:-1], name)
        except OSError:
            pass
        with lock:
            del users[name]
            broadcast(f"*{name} left*", name)


listener = socket.create_server(("127.0.0.1", 14901), backlog=128)
try:
    while True:
        connection, address = listener.accept()
        _thread.start_new_thread(serve, (connection,))
except KeyboardInterrupt:
    pass
