"""A chat server over TCP: socketserver makes a thread for each client."""

import socketserver
from threading import Lock

users = {}  # name -> Handler
lock = Lock()


class Handler(socketserver.StreamRequestHandler):
    disable_nagle_algorithm = True
    name = ""

    def send(self, text):
        try:
            self.wfile.write(text.encode() + b"\n")
        except OSError:
            pass

    def broadcast(self, text):
        for other in users.values():
            if other is not self:
                other.send(text)

    def lines(self):
        try:
            for line in self.rfile:
                if line.endswith(b"\n"):
                    yield line[:-1].decode("utf-8", errors="replace")
        except OSError:
            pass

    def handle(self):
        self.send("name")
        for line in self.lines():
            if not self.name:
                self.join(line.strip())
            elif line == f"*{self.name} left*":
                break
            else:
                with lock:
                    self.broadcast(line)
        with lock:
            if self.name:
                del users[self.name]
                self.broadcast(f"*{self.name} left*")

    def join(self, name):
        with lock:
            if not name or name in users:
                self.send("name")
                return
            self.name = name
            users[name] = self
            self.send("You are connected!")
            self.send("To terminate the connection to the server, enter leave")
            self.broadcast(f"{name} joined!")


class Server(socketserver.ThreadingMixIn, socketserver.TCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


try:
    Server(("127.0.0.1", 14901), Handler).serve_forever()
except KeyboardInterrupt:
    pass
