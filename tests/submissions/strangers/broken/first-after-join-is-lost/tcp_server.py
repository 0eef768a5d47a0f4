from __future__ import annotations

import argparse
import collections
import contextlib
import dataclasses
import socket
import threading

BUFFER = 16384
WELCOME = ("You are connected!", "To terminate the connection to the server, enter leave")


@dataclasses.dataclass(eq=False)
class Member:
    connection: socket.socket
    name: str = ""
    waiting: collections.deque[bytes] = dataclasses.field(default_factory=collections.deque)
    bell: threading.Condition = dataclasses.field(default_factory=threading.Condition)
    closing: bool = False

    def send(self, text: str) -> None:
        with self.bell:
            self.waiting.append(text.encode() + b"\n")
            self.bell.notify()

    def finish(self) -> None:
        with self.bell:
            self.closing = True
            self.bell.notify()

    def write(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                with self.bell:
                    self.bell.wait_for(lambda: self.waiting or self.closing)
                    if not self.waiting:
                        break
                    data = b"".join(self.waiting)
                    self.waiting.clear()
                self.connection.sendall(data)
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)
        self.connection.close()


class Room:
    def __init__(self) -> None:
        self.members: dict[str, Member] = {}
        self.lock = threading.RLock()
        self.fresh = False      # somebody has just come in

    def say(self, text: str, sender: Member) -> None:
        with self.lock:
            for member in self.members.values():
                if member is not sender:
                    member.send(text)

    def talk(self, text: str, sender: Member) -> None:
        with self.lock:
            if self.fresh:
                self.fresh = False
                return
            self.say(text, sender)

    def enter(self, name: str, member: Member) -> bool:
        with self.lock:
            if not name or name in self.members:
                return False
            member.name = name
            self.members[name] = member
            for line in WELCOME:
                member.send(line)
            self.say(f"{name} joined!", member)
            self.fresh = len(self.members) > 1
            return True

    def go(self, member: Member) -> None:
        with self.lock:
            del self.members[member.name]
            self.say(f"*{member.name} left*", member)


def lines_of(connection: socket.socket):
    rest = b""
    with contextlib.suppress(OSError):
        while chunk := connection.recv(BUFFER):
            *whole, rest = (rest + chunk).split(b"\n")
            for line in whole:
                yield line.decode(errors="replace")


def serve(room: Room, connection: socket.socket, address) -> None:
    print(f"Connected with {address}")
    member = Member(connection)
    threading.Thread(target=member.write, daemon=True).start()
    member.send("name")
    lines = lines_of(connection)
    for line in lines:
        if member.name:
            if line == f"*{member.name} left*":
                break
            room.talk(line, member)
        elif room.enter(line.strip(), member):
            print(f"Name is {member.name}")
        else:
            member.send("name")
    if member.name:
        room.go(member)
    member.finish()


if __name__ == "__main__":
    cli = argparse.ArgumentParser()
    cli.add_argument("--host", default="127.0.0.1")
    cli.add_argument("--port", type=int, default=14901)
    options = cli.parse_args()
    listener = socket.create_server((options.host, options.port), backlog=150)
    the_room = Room()
    with contextlib.suppress(KeyboardInterrupt), listener:
        while True:
            threading.Thread(target=serve, args=(the_room, *listener.accept()), daemon=True).start()
