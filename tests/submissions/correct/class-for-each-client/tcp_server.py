"""Chat server: every client is a thread, a subclass of Thread."""

import socket
import sys
from threading import Lock, Thread

HOST = "127.0.0.1"
PORT = 14901


class ChatClient(Thread):
    clients = []
    lock = Lock()

    def __init__(self, sock, addr):
        super().__init__(daemon=True)
        self.sock = sock
        self.addr = addr
        self.nick = None
        self.buffer = b""

    def send(self, text):
        data = text.encode() + b"\n"
        try:
            self.sock.sendall(data)
        except OSError:
            pass

    def readline(self):
        while b"\n" not in self.buffer:
            try:
                data = self.sock.recv(1024)
            except OSError:
                return None
            if not data:
                return None
            self.buffer += data
        line, self.buffer = self.buffer.split(b"\n", 1)
        return line.decode(errors="replace")

    def to_others(self, text):
        with ChatClient.lock:
            for client in ChatClient.clients:
                if client is not self:
                    client.send(text)

    def login(self):
        while True:
            self.send("name")
            nick = self.readline()
            if nick is None:
                return False
            with ChatClient.lock:
                if nick and nick not in [c.nick for c in ChatClient.clients]:
                    self.nick = nick
                    ChatClient.clients.append(self)
                    return True

    def run(self):
        print("Connected with", self.addr)
        if self.login():
            print("Name is", self.nick)
            self.send("You are connected!")
            self.send("To terminate the connection to the server, enter leave")
            self.to_others(f"{self.nick} joined!")
            while True:
                line = self.readline()
                if line is None or line == f"*{self.nick} left*":
                    break
                self.to_others(line)
            with ChatClient.lock:
                ChatClient.clients.remove(self)
            self.to_others(f"*{self.nick} left*")
        self.sock.close()


def main():
    server = socket.socket()
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((HOST, PORT))
    server.listen(50)
    while True:
        sock, addr = server.accept()
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        ChatClient(sock, addr).start()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit()
