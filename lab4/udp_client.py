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
connection = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
connection.connect(address)


def show():
    while True:
        print(connection.recv(65536).decode(), flush=True)


name = input("What is your name? ")
connection.send(name.encode())
threading.Thread(target=show, daemon=True).start()
while (text := input()) != "leave":
    connection.send(f"{name}: {text}".encode())
connection.send(f"*{name} left*".encode())
