"""A chat client over TCP: one thread looks at the socket and at what is typed, in turn."""

import os
import socket
import sys
import threading

HOST = "127.0.0.1"
PORT = 14901


def typed():
    try:
        return os.read(0, 16384)
    except BlockingIOError:
        return None


def work(connection, name):
    rest = keys = b""
    os.set_blocking(0, False)
    connection.settimeout(0.02)
    while True:
        try:
            data = connection.recv(16384)
        except TimeoutError:
            data = None
        if data == b"":
            print("The server is gone.", file=sys.stderr)
            os._exit(1)
        *received, rest = (rest + (data or b"")).split(b"\n")
        for line in received:
            print(line.decode(errors="replace"), flush=True)
        text = typed()
        *entered, keys = (keys + (text or b"")).split(b"\n")
        for line in entered + [b"leave"] * (text == b""):
            if line == b"leave":
                connection.sendall(f"*{name} left*\n".encode())
                connection.shutdown(socket.SHUT_WR)
                os._exit(0)
            connection.sendall(f"{name}: ".encode() + line + b"\n")


def main():
    connection = socket.create_connection((HOST, PORT))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.makefile("rb", buffering=0).readline()
    name = input("What is your name? ").strip()
    connection.sendall(name.encode() + b"\n")
    worker = threading.Thread(target=work, args=(connection, name))
    worker.start()
    worker.join()


main()
