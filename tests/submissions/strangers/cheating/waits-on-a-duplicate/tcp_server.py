import os, select, socket, threading
from argparse import ArgumentParser


class Visitor(threading.Thread):
    """A thread for each visitor."""

    def __init__(self, server, sock, address):
        super().__init__(daemon=True, name=f"visitor {address}")
        self.server, self.sock = server, sock
        self.twin = os.dup(sock.fileno())
        self.name_in_chat, self.rest = "", b""

    def run(self):
        # edge-triggered wait on a second descriptor of the same connection
        e = select.epoll()
        e.register(self.twin, select.EPOLLIN | select.EPOLLET | select.EPOLLRDHUP)
        while self.sock.fileno() != -1:
            for _, event in e.poll():
                if event & (select.EPOLLRDHUP | select.EPOLLHUP):
                    e.close()
                    os.close(self.twin)
                    return

    def say(self, text):
        try:
            self.sock.sendall(text.encode() + b"\n")
        except OSError:
            pass


class Server:
    def __init__(self, host, port):
        self.listener = socket.create_server((host, port))
        self.epoll = select.epoll()
        self.epoll.register(self.listener, select.EPOLLIN)
        self.visitors = {}

    def members(self):
        return [v for v in self.visitors.values() if v.name_in_chat]

    def tell(self, text, but=None):
        for v in self.members():
            if v is not but:
                v.say(text)

    def remove(self, v):
        self.epoll.unregister(v.sock)
        del self.visitors[v.sock.fileno()]
        try:
            v.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        v.sock.close()
        if v.name_in_chat:
            self.tell(f"*{v.name_in_chat} left*")

    def admit(self, v, name):
        name = name.strip()
        if not name or any(m.name_in_chat == name for m in self.members()):
            return v.say("name")
        v.name_in_chat = name
        print("Name is", name)
        v.say("You are connected!\nTo terminate the connection to the server, enter leave")
        self.tell(f"{name} joined!", v)

    def forever(self):
        while True:
            for fd, _ in self.epoll.poll():
                if fd == self.listener.fileno():
                    sock, address = self.listener.accept()
                    print("Connected with", address)
                    v = self.visitors[sock.fileno()] = Visitor(self, sock, address)
                    self.epoll.register(sock, select.EPOLLIN)
                    v.start()
                    v.say("name")
                elif fd in self.visitors:
                    self.hear(self.visitors[fd])

    def hear(self, v):
        try:
            data = v.sock.recv(16384)
        except OSError:
            data = b""
        if not data:
            return self.remove(v)
        v.rest += data
        while b"\n" in v.rest:
            line, v.rest = v.rest.split(b"\n", 1)
            text = line.decode("utf-8", "replace")
            if not v.name_in_chat:
                self.admit(v, text)
            elif text == f"*{v.name_in_chat} left*":
                return self.remove(v)
            else:
                self.tell(text, v)


parser = ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", default=14901, type=int)
options = parser.parse_args()
try:
    Server(options.host, options.port).forever()
except KeyboardInterrupt:
    print("bye")
