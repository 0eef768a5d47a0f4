from __future__ import annotations

import argparse
import logging
import queue
import socket
import threading
from abc import ABC, abstractmethod
from typing import NamedTuple

log = logging.getLogger("chat")


class Event(ABC):
    @abstractmethod
    def text(self) -> str: ...


class Joined(NamedTuple):
    who: str

    def text(self) -> str:
        return f"{self.who} joined!"


class Left(NamedTuple):
    who: str

    def text(self) -> str:
        return f"*{self.who} left*"


class Said(NamedTuple):
    who: str
    line: str

    def text(self) -> str:
        return self.line


class Command:
    """Recognizes that a user wants to leave."""

    def __init__(self, name: str) -> None:
        self.notice = f"*{name} left*"
        self.prefix = f"{name}: "

    def is_leave(self, line: str) -> bool:
        return line == self.notice or line.removeprefix(self.prefix) == "leave"


class Registry:
    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._users: dict[str, queue.Queue[str | None]] = {}

    def publish(self, event) -> None:
        with self._lock:
            for name, box in self._users.items():
                if name != event.who:
                    box.put(event.text())

    def add(self, name: str, box: queue.Queue[str | None]) -> bool:
        with self._lock:
            if not name or name in self._users:
                return False
            self._users[name] = box
            box.put("You are connected!")
            box.put("To terminate the connection to the server, enter leave")
            self.publish(Joined(name))
            return True

    def remove(self, name: str) -> None:
        with self._lock:
            self._users.pop(name, None)
            self.publish(Left(name))


class Connection:
    def __init__(self, registry: Registry, sock: socket.socket, peer) -> None:
        self.registry, self.sock, self.peer = registry, sock, peer
        self.box: queue.Queue[str | None] = queue.Queue()

    def start(self) -> None:
        log.info("Connected with %s", self.peer)
        for work in (self.write, self.read):
            threading.Thread(target=work, daemon=True).start()

    def write(self) -> None:
        try:
            for text in iter(self.box.get, None):
                self.sock.sendall(f"{text}\n".encode())
            self.sock.shutdown(socket.SHUT_RDWR)
        except OSError as why:
            log.debug("lost %s: %s", self.peer, why)
        self.sock.close()

    def lines(self):
        rest = b""
        while True:
            try:
                data = self.sock.recv(16384)
            except OSError:
                return
            if not data:
                return
            *lines, rest = (rest + data).split(b"\n")
            for line in lines:
                yield line.decode(errors="replace")

    def read(self) -> None:
        lines = self.lines()
        self.box.put("name")
        for answer in lines:
            name = answer.strip()
            if not self.registry.add(name, self.box):
                self.box.put("name")
                continue
            log.info("Name is %s", name)
            command = Command(name)
            for line in lines:
                if command.is_leave(line):
                    break
                self.registry.publish(Said(name, line))
            self.registry.remove(name)
            break
        self.box.put(None)


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    options = parser.parse_args()
    registry = Registry()
    with socket.create_server((options.host, options.port), backlog=128) as door:
        try:
            while True:
                Connection(registry, *door.accept()).start()
        except KeyboardInterrupt:
            log.info("end")


if __name__ == "__main__":
    main()
