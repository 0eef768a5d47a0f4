"""Small programs that speak the wire protocol, and how a test changes one of them."""

from __future__ import annotations

from pathlib import Path

_ARGUMENTS = """\
import argparse
import os
import socket
import threading

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=14901)
options = parser.parse_args()
address = options.host, options.port
END = b"\\n"
"""

TCP_SERVER = (
    _ARGUMENTS
    + """\
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
"""
)

TCP_CLIENT = (
    _ARGUMENTS
    + """\
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
"""
)

UDP_SERVER = (
    _ARGUMENTS
    + """\
users = {}
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(address)


def relay(data, sender):
    for user in users:
        if user != sender:
            server.sendto(data, user)


while True:
    try:
        data, sender = server.recvfrom(65536)
    except OSError:
        continue
    if sender not in users:
        relay(data + b" joined!", sender)
        users[sender] = data
        server.sendto(b"You are connected!", sender)
        server.sendto(b"To terminate the connection to the server, enter leave", sender)
    else:
        relay(data, sender)
        if data == b"*" + users[sender] + b" left*":
            del users[sender]
"""
)

UDP_CLIENT = (
    _ARGUMENTS
    + """\
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
"""
)

PROGRAMS = {
    "tcp_server.py": TCP_SERVER,
    "tcp_client.py": TCP_CLIENT,
    "udp_server.py": UDP_SERVER,
    "udp_client.py": UDP_CLIENT,
}


def raw(source: str) -> str:
    """The program in the dialect without newlines."""
    return changed(source, 'END = b"\\n"', 'END = b""')


def changed(source: str, old: str, new: str) -> str:
    """The program with one place changed."""
    assert source.count(old) == 1, old
    return source.replace(old, new)


def write_programs(folder: Path, **sources: str) -> Path:
    """A submission of the small programs, with some of them replaced: ``tcp_server=SOURCE``."""
    folder.mkdir(parents=True, exist_ok=True)
    for file, source in PROGRAMS.items():
        (folder / file).write_text(sources.pop(file[:-3], source), encoding="utf-8")
    assert not sources
    return folder
