"""Chat client that does not wait for the name request: it says its name right after connecting."""
from __future__ import annotations

import argparse
import os
import queue
import socket
import sys
import threading


class Inbox(threading.Thread):
    def __init__(self, sock: socket.socket) -> None:
        super().__init__(daemon=True)
        self.sock = sock
        self.lines: queue.Queue[str | None] = queue.Queue()

    def run(self) -> None:
        rest = b""
        try:
            while data := self.sock.recv(16384):
                rest += data
                *lines, rest = rest.split(b"\n")
                for line in lines:
                    self.lines.put(line.decode("utf-8", "replace"))
        except OSError:
            pass
        self.lines.put(None)


class Printer(threading.Thread):
    def __init__(self, lines: queue.Queue[str | None]) -> None:
        super().__init__(daemon=True)
        self.lines = lines
        self.quiet = False

    def run(self) -> None:
        while (line := self.lines.get()) is not None:
            print(line, flush=True)
        if not self.quiet:
            print("connection lost", file=sys.stderr, flush=True)
            os._exit(1)


def ask() -> str:
    while True:
        name = input("What is your name? ").strip()
        if name:
            return name


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    options = parser.parse_args()
    sock = socket.create_connection((options.host, options.port))
    inbox = Inbox(sock)
    inbox.start()
    name = ""
    try:
        name = ask()
        sock.sendall(name.encode() + b"\n")
        requests = 0
        while (line := inbox.lines.get()) != "You are connected!":
            if line is None:
                sys.exit("connection lost")
            if line != "name":
                print(line, flush=True)
                continue
            requests += 1
            if requests > 1:                # the first one is answered already
                print("taken, try another one", flush=True)
                name = ask()
                sock.sendall(name.encode() + b"\n")
    except (EOFError, KeyboardInterrupt):
        return
    print(line, flush=True)
    printer = Printer(inbox.lines)
    printer.start()
    try:
        while (text := input()) != "leave":
            if text:
                sock.sendall(f"{name}: {text}\n".encode())
    except (EOFError, KeyboardInterrupt):
        pass
    printer.quiet = True
    sock.sendall(f"*{name} left*\n".encode())
    inbox.join(2)
    printer.join(1)
    sock.close()


main()
