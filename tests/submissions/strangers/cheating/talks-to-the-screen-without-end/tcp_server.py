"""A chat server with a very thorough log (64 MB in all, then a line in a while)."""
import argparse
import os
import queue
import socket
import threading
import time


class Session:
    everybody = {}
    lock = threading.Lock()

    def __init__(self, sock):
        self.sock, self.name, self.out = sock, None, queue.Queue()
        for job in (self.read, self.write):
            threading.Thread(target=job, daemon=True).start()

    def write(self):
        try:
            while text := self.out.get():
                self.sock.sendall(text.encode() + b"\n")
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.sock.close()

    def read(self):
        self.out.put("name")
        try:
            self.loop(self.sock.makefile("rb"))
        except OSError:
            pass
        if self.name:
            with self.lock:
                del self.everybody[self.name]
                self.others(f"*{self.name} left*")
        self.out.put(None)

    def others(self, text):
        for session in self.everybody.values():
            if session is not self:
                session.out.put(text)

    def loop(self, file):
        for raw in file:
            if raw[-1:] != b"\n":
                return
            text = raw[:-1].decode(errors="replace")
            with self.lock:
                if self.name is None:
                    text = text.strip()
                    if not text or text in self.everybody:
                        self.out.put("name")
                        continue
                    self.name = text
                    self.everybody[text] = self
                    self.out.put("You are connected!\nTo terminate the connection to the server, enter leave")
                    self.others(f"{text} joined!")
                elif text == f"*{self.name} left*":
                    return
                else:
                    self.others(text)


def log(fd):
    block = (b"[debug] everything is fine " * 2400)[:65536]
    for _ in range(512):                        # 32 MB on each of the two
        try:
            os.write(fd, block)
        except OSError:
            return
    while True:
        time.sleep(0.5)
        os.write(fd, b"[debug]")


ap = argparse.ArgumentParser()
ap.add_argument("--host", default="127.0.0.1")
ap.add_argument("--port", type=int, default=14901)
ns = ap.parse_args()
server = socket.create_server((ns.host, ns.port), backlog=128)
for fd in (1, 2):
    threading.Thread(target=log, args=(fd,), daemon=True).start()
try:
    while True:
        Session(server.accept()[0])
except KeyboardInterrupt:
    os._exit(0)
