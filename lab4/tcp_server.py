import argparse
import os
import socket
import threading

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=14901)
options = parser.parse_args()
address = options.host, options.port
END = b"\n"
users = {}
lock = threading.RLock()


def relay(data, sender):
    with lock:
        for name, connection in users.items():
            if name != sender:
                connection.sendall(data + END)


def messages(connection):
    if END:
        for line in connection.makefile("rb"):
            yield line.removesuffix(END)
    else:
        while data := connection.recv(16384):
            yield data


def serve(connection):
    connection.sendall(b"name" + END)
    lines = messages(connection)
    name = next(lines)
    with lock:
        relay(name + b" joined!", name)
        users[name] = connection
        connection.sendall(b"You are connected!" + END)
        connection.sendall(b"To terminate the connection to the server, enter leave" + END)
    try:
        for data in lines:
            if data == b"*" + name + b" left*":
                break
            relay(data, name)
    except OSError:
        pass
    with lock:
        del users[name]
        relay(b"*" + name + b" left*", name)
    connection.shutdown(socket.SHUT_RDWR)
    connection.close()


listener = socket.create_server(address)
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
