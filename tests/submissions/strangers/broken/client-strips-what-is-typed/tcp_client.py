from __future__ import annotations

import argparse
import contextlib
import os
import socket
import sys
import threading
from typing import Iterator, NoReturn


def gone() -> NoReturn:
    print("the server is gone", file=sys.stderr, flush=True)
    os._exit(1)


class Line:
    """A connection on which lines travel"""

    def __init__(self, host: str, port: int) -> None:
        self._socket = socket.create_connection((host, port))
        self._half = bytearray()
        self.over = False

    def send(self, text: str) -> None:
        with contextlib.suppress(OSError):
            self._socket.sendall(f"{text}\n".encode())

    def __iter__(self) -> Iterator[str]:
        while True:
            end = self._half.find(b"\n")
            if end >= 0:
                line = self._half[:end].decode(errors="replace")
                del self._half[: end + 1]
                yield line
                continue
            try:
                data = self._socket.recv(16384)
            except OSError:
                return
            if not data:
                return
            self._half.extend(data)


def ask(prompt: str = "") -> str:
    """What somebody types"""
    return input(prompt).strip()


def give_name(line: Line) -> str:
    name = ""
    for text in line:
        if text == "name":
            name = ask("What is your name? ")
            line.send(name)
        else:
            print(text, flush=True)
        if text == "You are connected!":
            return name
    gone()


def receive(line: Line) -> None:
    for text in line:
        print(text, flush=True)
    if not line.over:
        gone()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    args = parser.parse_args()
    line = Line(args.host, args.port)
    with contextlib.suppress(EOFError, KeyboardInterrupt):
        name = give_name(line)
        thread = threading.Thread(target=receive, args=(line,), daemon=True)
        thread.start()
        with contextlib.suppress(EOFError, KeyboardInterrupt):
            while (text := ask()) != "leave":
                if text:
                    line.send(f"{name}: {text}")
        line.over = True
        line.send(f"*{name} left*")
        thread.join(2)


if __name__ == "__main__":
    main()
