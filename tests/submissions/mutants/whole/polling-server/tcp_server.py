"""A chat server over TCP: one loop looks at every connection in turn; a thread for each idles."""

import socket
import threading
import time

HOST = "127.0.0.1"
PORT = 14901

clients = []
users = {}  # name -> Client


class Client:
    def __init__(self, connection):
        self.connection = connection
        self.name = ""
        self.rest = b""

    def send(self, text):
        try:
            self.connection.sendall(text.encode() + b"\n")
        except OSError:
            pass

    def receive(self):
        try:
            chunk = self.connection.recv(16384, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return
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


def attend(connection):
    threading.Event().wait()


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
    clients.remove(client)
    try:
        client.connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    client.connection.close()
    if client.name:
        del users[client.name]
        broadcast(f"*{client.name} left*", client)


def main():
    listener = socket.create_server((HOST, PORT), backlog=128)
    listener.setblocking(False)
    while True:
        try:
            connection, _ = listener.accept()
        except BlockingIOError:
            time.sleep(0.005)
        else:
            connection.setblocking(True)
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            clients.append(Client(connection))
            clients[-1].send("name")
            threading.Thread(target=attend, args=(connection,), daemon=True).start()
        for client in list(clients):
            client.receive()


try:
    main()
except KeyboardInterrupt:
    pass
