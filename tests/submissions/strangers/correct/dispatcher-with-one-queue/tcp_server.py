"""Chat server.  Readers only post events; one dispatcher owns the room and does all the sending."""
from __future__ import annotations

import argparse
import queue
import socket
import threading
from typing import NamedTuple, Optional


class Event(NamedTuple):
    kind: str                       # "hello", "line" or "gone"
    sock: socket.socket
    text: Optional[str] = None
    reply: Optional[queue.Queue] = None


events: "queue.Queue[Event]" = queue.Queue()


def put(sock: socket.socket, *texts: str) -> None:
    try:
        sock.sendall("".join(t + "\n" for t in texts).encode())
    except OSError:
        pass


def dispatch() -> None:
    room: dict[socket.socket, str] = {}

    def everyone_but(sock: socket.socket, text: str) -> None:
        for other in room:
            if other is not sock:
                put(other, text)

    while True:
        event = events.get()
        if event.kind == "hello":
            good = bool(event.text) and event.text not in room.values()
            if good:
                room[event.sock] = event.text
                print(f"Name is {event.text}", flush=True)
                put(event.sock, "You are connected!", "To terminate the connection to the server, enter leave")
                everyone_but(event.sock, f"{event.text} joined!")
            event.reply.put(good)
        elif event.kind == "line":
            everyone_but(event.sock, event.text)
        elif event.kind == "gone":
            name = room.pop(event.sock, None)
            if name is not None:
                everyone_but(event.sock, f"*{name} left*")
            event.sock.close()


def lines_of(sock: socket.socket):
    rest = bytearray()
    while True:
        try:
            data = sock.recv(16384)
        except OSError:
            return
        if not data:
            return
        rest += data
        while (end := rest.find(b"\n")) >= 0:
            yield rest[:end].decode(errors="replace")
            del rest[: end + 1]


def read_from(sock: socket.socket, address) -> None:
    print("Connected with", address, flush=True)
    answer: queue.Queue = queue.Queue()
    name = None
    put(sock, "name")
    for line in lines_of(sock):
        if name is None:
            events.put(Event("hello", sock, line.strip(), answer))
            if answer.get():
                name = line.strip()
            else:
                put(sock, "name")
        elif line == f"*{name} left*":
            break
        else:
            events.put(Event("line", sock, line))
    events.put(Event("gone", sock))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    options = parser.parse_args()
    with socket.create_server((options.host, options.port), backlog=100) as listener:
        threading.Thread(target=dispatch, name="dispatcher", daemon=True).start()
        while True:
            sock, address = listener.accept()
            threading.Thread(target=read_from, args=(sock, address), daemon=True).start()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        pass
