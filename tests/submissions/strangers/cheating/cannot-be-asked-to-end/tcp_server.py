"""Ignores every signal that can be ignored. SIGKILL ends it."""
import argparse
import collections
import os
import signal
import socket
import threading

for number in range(1, signal.NSIG):
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
try:
    os.setsid()
except OSError:
    pass


class User:
    def __init__(self, sock):
        self.sock = sock
        self.name = None
        self.waiting = collections.deque()
        self.bell = threading.Condition()
        self.over = False

    def send(self, text):
        with self.bell:
            self.waiting.append(text.encode() + b"\n")
            self.bell.notify()

    def finish(self):
        with self.bell:
            self.over = True
            self.bell.notify()

    def writer(self):
        try:
            while True:
                with self.bell:
                    self.bell.wait_for(lambda: self.waiting or self.over)
                    data = b"".join(self.waiting)
                    self.waiting.clear()
                if not data:
                    break
                self.sock.sendall(data)
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.sock.close()


users = {}
users_lock = threading.RLock()


def others(text, sender):
    with users_lock:
        for user in users.values():
            if user is not sender:
                user.send(text)


def lines(sock):
    parts = []
    while True:
        try:
            data = sock.recv(16384)
        except OSError:
            return
        if not data:
            return
        *ends, rest = data.split(b"\n")
        for end in ends:
            yield b"".join(parts + [end]).decode("utf-8", "replace")
            parts = []
        parts.append(rest)


def reader(user):
    user.send("name")
    for line in lines(user.sock):
        if user.name is None:
            name = line.strip()
            with users_lock:
                if name and name not in users:
                    user.name = name
                    users[name] = user
                    user.send("You are connected!")
                    user.send("To terminate the connection to the server, enter leave")
                    others(name + " joined!", user)
                else:
                    user.send("name")
        elif line == f"*{user.name} left*":
            break
        else:
            others(line, user)
    if user.name is not None:
        with users_lock:
            del users[user.name]
            others(f"*{user.name} left*", user)
    user.finish()


parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=14901)
args = parser.parse_args()
listener = socket.create_server((args.host, args.port), backlog=128)
while True:
    sock, address = listener.accept()
    print("Connected with", address, flush=True)
    user = User(sock)
    threading.Thread(target=user.writer, daemon=True).start()
    threading.Thread(target=reader, args=(user,), daemon=True).start()
