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
connection = socket.create_connection(address)


def messages():
    if END:
        for line in connection.makefile("rb"):
            yield line.removesuffix(END)
    else:
        while data := connection.recv(16384):
            yield data


def show():
    for data in lines:
        print(data.decode(), flush=True)


lines = messages()
next(lines)
name = input("What is your name? ")
connection.sendall(name.encode() + END)
threading.Thread(target=show, daemon=True).start()
while (text := input()) != "leave":
    connection.sendall(f"{name}: {text}".encode() + END)
connection.sendall(f"*{name} left*".encode() + END)
