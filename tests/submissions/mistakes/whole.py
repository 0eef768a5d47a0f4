"""Mistakes that need another structure: each is a small program of its own."""

from __future__ import annotations

from submissions.mistakes.mistake import Mistake

ARGUMENTS = """\
parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=14901)
options = parser.parse_args()
"""
SELECT_SERVER = f'''"""A chat server that waits for everything in one thread."""

import argparse
import select
import socket

{ARGUMENTS}
listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind((options.host, options.port))
listener.listen()
names = {{}}  # connection -> name, "" before there is one
rests = {{}}  # connection -> half a line


def send(connection, text):
    try:
        connection.sendall(text.encode() + b"\\n")
    except OSError:
        pass


def others(connection, text):
    for other in list(names):
        if other is not connection and names[other]:
            send(other, text)


def drop(connection):
    name = names.pop(connection)
    connection.close()
    if name:
        others(connection, f"*{{name}} left*")


def take(connection, line):
    name = names[connection]
    if name and line == f"*{{name}} left*":
        drop(connection)
    elif name:
        others(connection, line)
    elif not line.strip() or line.strip() in names.values():
        send(connection, "name")
    else:
        names[connection] = line.strip()
        print("Name is", names[connection], flush=True)
        send(connection, "You are connected!")
        send(connection, "To terminate the connection to the server, enter leave")
        others(connection, f"{{names[connection]}} joined!")


while True:
    ready, _, _ = select.select([listener, *names], [], [])
    for connection in ready:
        if connection is listener:
            newcomer, address = listener.accept()
            print("Connected with", address, flush=True)
            names[newcomer], rests[newcomer] = "", b""
            send(newcomer, "name")
            continue
        try:
            chunk = connection.recv(16384)
        except OSError:
            chunk = b""
        *lines, rests[connection] = (rests[connection] + chunk).split(b"\\n")
        for line in lines:
            if connection in names:
                take(connection, line.decode("utf-8", errors="replace"))
        if not chunk and connection in names:
            drop(connection)
'''
LIBRARY_SERVER = f'''"""A chat server whose threads a library makes."""

import argparse
import socketserver
import threading

users = {{}}
lock = threading.RLock()


class Handler(socketserver.StreamRequestHandler):
    def say(self, text):
        try:
            self.wfile.write(text.encode() + b"\\n")
        except OSError:
            pass

    def others(self, text):
        with lock:
            for user in users.values():
                if user is not self:
                    user.say(text)

    def lines(self):
        try:
            for line in self.rfile:
                if line.endswith(b"\\n"):
                    yield line[:-1].decode("utf-8", errors="replace")
        except OSError:
            pass

    def join(self, name):
        with lock:
            if not name or name in users:
                return False
            users[name] = self
            self.say("You are connected!")
            self.say("To terminate the connection to the server, enter leave")
            self.others(f"{{name}} joined!")
        return True

    def handle(self):
        print("Connected with", self.client_address, flush=True)
        name = ""
        self.say("name")
        for line in self.lines():
            if not name:
                if self.join(line.strip()):
                    name = line.strip()
                    print("Name is", name, flush=True)
                else:
                    self.say("name")
            elif line == f"*{{name}} left*":
                break
            else:
                self.others(line)
        if name:
            with lock:
                del users[name]
                self.others(f"*{{name}} left*")


class Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True


{ARGUMENTS}
Server((options.host, options.port), Handler).serve_forever()
'''
SELECT_CLIENT = f'''"""A chat client that waits for the server and for typing in one thread."""

import argparse
import os
import select
import socket

{ARGUMENTS}
client = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
client.connect((options.host, options.port))
answer = "name"
while answer == "name":
    name = input("What is your name? ").strip()
    client.send(name.encode())
    answer = client.recv(16384).decode()
print(answer, flush=True)
typed, text = b"", ""
while text != "leave":
    ready, _, _ = select.select([0, client], [], [])
    if client in ready:
        print(client.recv(16384).decode("utf-8", errors="replace"), flush=True)
    if 0 in ready:
        chunk = os.read(0, 4096)
        *lines, typed = (typed + (chunk or b"\\nleave\\n")).split(b"\\n")
        for line in lines:
            text = line.decode()
            if text == "leave":
                break
            if text:
                client.send(f"{{name}}: {{text}}".encode())
client.send(f"*{{name}} left*".encode())
'''

MISTAKES = (
    Mistake(
        name="selects-instead-of-making-threads",
        variant="tcp",
        role="server",
        task=2,
        source=SELECT_SERVER,
        line="select.select([listener, *names], [], [])",
        why="One thread serves all connections, and the assignment asks for a thread for each.",
        fails=("server-threads",),
        classic="select",
    ),
    Mistake(
        name="lets-a-library-make-the-threads",
        variant="tcp",
        role="server",
        task=2,
        source=LIBRARY_SERVER,
        line="class Server(socketserver.ThreadingTCPServer):",
        why="socketserver makes the threads, and the assignment asks to make them with threading.",
        fails=("server-threads",),
    ),
    Mistake(
        name="udp-selects-instead-of-making-a-thread",
        variant="udp",
        role="client",
        task=18,
        source=SELECT_CLIENT,
        line="select.select([0, client], [], [])",
        why="One thread waits for the server and for typing, and the assignment asks for two.",
        fails=("client-threads",),
        classic="select",
    ),
)
