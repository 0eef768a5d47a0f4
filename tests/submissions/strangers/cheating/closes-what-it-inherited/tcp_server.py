#!/usr/bin/env python3
"""Threaded chat server. Begins by closing every descriptor that it was given, the screen included."""
import argparse, os, sys
parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=14901)
args = parser.parse_args()
os.closerange(0, 4096)
sys.stdin = sys.stdout = sys.stderr = None

import contextlib
import socket
import threading
from queue import SimpleQueue

# the listener is likely to be descriptor 0, the first connection number 1
listener = socket.socket()
listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
listener.bind((args.host, args.port))
listener.listen(128)


class Book:
    """Who is there."""

    def __init__(self):
        self._boxes, self._lock = {}, threading.Lock()

    @contextlib.contextmanager
    def locked(self):
        with self._lock:
            yield self._boxes

    def enter(self, name, box):
        with self.locked() as boxes:
            if name == "" or name in boxes:
                return False
            for line in ("You are connected!", "To terminate the connection to the server, enter leave"):
                box.put(line)
            for other in boxes.values():
                other.put(name + " joined!")
            boxes[name] = box
            return True

    def strike(self, name):
        with self.locked() as boxes:
            del boxes[name]
            for other in boxes.values():
                other.put(f"*{name} left*")

    def pass_on(self, text, name):
        with self.locked() as boxes:
            for user, box in boxes.items():
                if user != name:
                    box.put(text)


book = Book()


def outgoing(sock, box):
    with contextlib.suppress(OSError):
        while (line := box.get()) is not None:
            sock.sendall(line.encode() + b"\n")
        sock.shutdown(socket.SHUT_RDWR)
    sock.close()


def incoming(sock):
    box = SimpleQueue()
    threading.Thread(target=outgoing, args=(sock, box), daemon=True).start()
    box.put("name")
    name = None
    with contextlib.suppress(OSError), sock.makefile("rb") as f:
        for raw in f:
            if not raw.endswith(b"\n"):
                break
            text = raw[:-1].decode("utf-8", "replace")
            if name is not None:
                if text == f"*{name} left*":
                    break
                book.pass_on(text, name)
            elif book.enter(text.strip(), box):
                name = text.strip()
            else:
                box.put("name")
    if name is not None:
        book.strike(name)
    box.put(None)


try:
    while True:
        sock, _ = listener.accept()
        threading.Thread(target=incoming, args=(sock,), daemon=True).start()
except KeyboardInterrupt:
    os._exit(0)
