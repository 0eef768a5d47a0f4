"""A chat server over TCP: os.fork makes a process for each client, pipes lead to its parent."""

import os
import selectors
import signal
import socket

users = {}  # name -> connection, in the parent alone
selector = selectors.DefaultSelector()


def send(connection, text):
    try:
        connection.sendall(text.encode() + b"\n")
    except OSError:
        pass


def broadcast(text, sender):
    for name, connection in users.items():
        if name != sender:
            send(connection, text)


def pass_on(connection, parent):
    """In the child: hand each whole line to the parent, until the client is gone."""
    rest = b""
    try:
        while chunk := connection.recv(4096):
            *lines, rest = (rest + chunk).split(b"\n")
            for line in lines:
                os.write(parent, line + b"\n")
    except OSError:
        pass
    os._exit(0)


class Client:
    """In the parent: what a child hands on."""

    def __init__(self, connection, child):
        self.connection = connection
        self.child = child
        self.name = ""
        self.rest = b""

    def receive(self):
        chunk = os.read(self.child, 65536)
        *lines, self.rest = (self.rest + chunk).split(b"\n")
        for line in lines:
            if not self.take(line.decode("utf-8", errors="replace")):
                chunk = b""
                break
        if not chunk:
            self.leave()

    def take(self, text):
        if self.name:
            if text == f"*{self.name} left*":
                return False
            broadcast(text, self.name)
        elif not text.strip() or text.strip() in users:
            send(self.connection, "name")
        else:
            self.name = text.strip()
            users[self.name] = self.connection
            send(self.connection, "You are connected!")
            send(self.connection, "To terminate the connection to the server, enter leave")
            broadcast(f"{self.name} joined!", self.name)
        return True

    def leave(self):
        selector.unregister(self.child)
        os.close(self.child)
        try:
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.connection.close()
        if self.name:
            del users[self.name]
            broadcast(f"*{self.name} left*", self.name)


def accept(listener):
    connection, _ = listener.accept()
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    child, parent = os.pipe()
    if os.fork() == 0:
        pass_on(connection, parent)
    os.close(parent)
    selector.register(child, selectors.EVENT_READ, Client(connection, child))
    send(connection, "name")


def main():
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    listener = socket.create_server(("127.0.0.1", 14901), backlog=128)
    selector.register(listener, selectors.EVENT_READ)
    while True:
        for key, _ in selector.select():
            if key.data is None:
                accept(listener)
            else:
                key.data.receive()


try:
    main()
except KeyboardInterrupt:
    pass
