import argparse
import os
import socket
import sys
import threading


class Lines:
    def __init__(self, sock):
        self.sock = sock
        self.data = b""

    def next(self, keep=True):
        while b"\n" not in self.data:
            try:
                new = self.sock.recv(16384)
            except OSError:
                return None
            if not new:
                return None
            self.data += new
        line, rest = self.data.split(b"\n", 1)
        self.data = rest if keep else rest[rest.rfind(b"\n") + 1:]
        return line.decode("utf-8", "replace")


leaving = threading.Event()


def receive(lines):
    first = lines.next()        # the second line of the welcome
    while first is not None:
        print(first, flush=True)
        first = lines.next(keep=False)
    if not leaving.is_set():
        print("The server is gone", file=sys.stderr, flush=True)
        os._exit(1)


def main():
    cli = argparse.ArgumentParser()
    cli.add_argument("--host", default="127.0.0.1")
    cli.add_argument("--port", default=14901, type=int)
    opt = cli.parse_args()
    sock = socket.create_connection((opt.host, opt.port))
    lines = Lines(sock)
    name = None
    while (line := lines.next()) != "You are connected!":
        if line is None:
            sys.exit("The server is gone")
        if line == "name":
            name = input("What is your name? ").strip()
            sock.sendall(f"{name}\n".encode())
    print(line, flush=True)
    thread = threading.Thread(target=receive, args=(lines,), daemon=True)
    thread.start()
    try:
        text = input()
        while text != "leave":
            if text:
                sock.sendall(f"{name}: {text}\n".encode())
            text = input()
    except (EOFError, KeyboardInterrupt):
        pass
    leaving.set()
    try:
        sock.sendall(f"*{name} left*\n".encode())
    except OSError:
        pass
    thread.join(2)


try:
    main()
except (EOFError, KeyboardInterrupt):
    pass
