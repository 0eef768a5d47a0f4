"""Thread pool chat server (concurrent.futures makes the threads)."""
from __future__ import annotations

import argparse
import os
import socket
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import RLock


class Room:
    def __init__(self) -> None:
        self._lock = RLock()
        self._people: dict[str, socket.socket] = {}

    def enter(self, name: str, sock: socket.socket) -> bool:
        with self._lock:
            if not name or name in self._people:
                return False
            self._people[name] = sock
            sock.sendall(b"You are connected!\n")
            sock.sendall(b"To terminate the connection to the server, enter leave\n")
            self.publish(f"{name} joined!", name)
            return True

    def exit(self, name: str) -> None:
        with self._lock:
            self._people.pop(name)
            self.publish(f"*{name} left*", name)

    def publish(self, text: str, author: str) -> None:
        with self._lock:
            for name, sock in self._people.items():
                if name != author:
                    with suppress(OSError):
                        sock.sendall(f"{text}\n".encode())


def lines(sock: socket.socket):
    rest = b""
    with suppress(OSError):
        while chunk := sock.recv(16384):
            *whole, rest = (rest + chunk).split(b"\n")
            for line in whole:
                yield line.decode(errors="replace")


def session(sock: socket.socket, room: Room) -> None:
    with sock:
        incoming = lines(sock)
        with suppress(OSError):
            sock.sendall(b"name\n")
            for line in incoming:
                if room.enter(name := line.strip(), sock):
                    break
                sock.sendall(b"name\n")
            else:
                return
            print(f"Name is {name}", flush=True)
            try:
                for line in incoming:
                    if line == f"*{name} left*":
                        break
                    room.publish(line, name)
            finally:
                room.exit(name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    arguments = parser.parse_args()
    room = Room()
    pool = ThreadPoolExecutor(max_workers=8)
    try:
        with socket.create_server((arguments.host, arguments.port), backlog=128) as server:
            while True:
                sock, address = server.accept()
                print("Connected with", address, flush=True)
                pool.submit(session, sock, room)
    except KeyboardInterrupt:
        os._exit(0)


if __name__ == "__main__":
    main()
