"""A chat client over TCP: one loop around select, no thread."""

import select
import socket
import sys

HOST = "127.0.0.1"
PORT = 14901


def main():
    connection = socket.create_connection((HOST, PORT))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    lines = connection.makefile("rb", buffering=0)
    lines.readline()
    name = input("What is your name? ")
    connection.sendall(name.encode() + b"\n")
    rest = b""
    while True:
        ready, _, _ = select.select([connection, sys.stdin], [], [])
        if connection in ready:
            data = connection.recv(16384)
            if not data:
                sys.exit("The server is gone.")
            *received, rest = (rest + data).split(b"\n")
            for line in received:
                print(line.decode(errors="replace"), flush=True)
        if sys.stdin in ready:
            text = sys.stdin.readline().rstrip("\n") or "leave"
            if text == "leave":
                connection.sendall(f"*{name} left*\n".encode())
                break
            connection.sendall(f"{name}: {text}\n".encode())
    connection.shutdown(socket.SHUT_WR)
    while connection.recv(16384):
        pass


main()
