"""A chat server over TCP: one loop around select serves everybody."""

import selectors
import socket

HOST = "127.0.0.1"
PORT = 14901

selector = selectors.DefaultSelector()
users = {}  # name -> Client


class Client:
    def __init__(self, connection):
        self.connection = connection
        self.name = ""
        self.rest = b""
        self.waiting = b""

    def send(self, text):
        self.waiting += text.encode() + b"\n"
        self.flush()

    def flush(self):
        try:
            sent = self.connection.send(self.waiting)
            self.waiting = self.waiting[sent:]
        except BlockingIOError:
            pass
        except OSError:
            self.waiting = b""
        events = selectors.EVENT_READ | (selectors.EVENT_WRITE if self.waiting else 0)
        selector.modify(self.connection, events, self)

    def receive(self):
        try:
            chunk = self.connection.recv(16384)
        except OSError:
            chunk = b""
        *lines, self.rest = (self.rest + chunk).split(b"\n")
        for line in lines:
            text = line.decode("utf-8", errors="replace")
            if not self.name:
                join(self, text.strip())
            elif text == f"*{self.name} left*":
                chunk = b""
                break
            else:
                broadcast(text, self)
        if not chunk:
            leave(self)


def broadcast(text, sender):
    for client in list(users.values()):
        if client is not sender:
            client.send(text)


def join(client, name):
    if not name or name in users:
        client.send("name")
        return
    client.name = name
    users[name] = client
    client.send("You are connected!")
    client.send("To terminate the connection to the server, enter leave")
    broadcast(f"{name} joined!", client)


def leave(client):
    selector.unregister(client.connection)
    client.connection.close()
    if client.name:
        del users[client.name]
        broadcast(f"*{client.name} left*", client)


def accept(listener):
    connection, _ = listener.accept()
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    connection.setblocking(False)
    client = Client(connection)
    selector.register(connection, selectors.EVENT_READ, client)
    client.send("name")


def main():
    listener = socket.create_server((HOST, PORT), backlog=128)
    selector.register(listener, selectors.EVENT_READ)
    while True:
        for key, events in selector.select():
            if key.data is None:
                accept(listener)
            elif events & selectors.EVENT_WRITE:
                key.data.flush()
            else:
                key.data.receive()


try:
    main()
except KeyboardInterrupt:
    pass
