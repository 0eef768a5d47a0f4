from __future__ import annotations

import argparse
import logging
import re
import socket
from dataclasses import dataclass, field
from typing import Iterator, Optional, Tuple

Address = Tuple[str, int]
LEAVING = re.compile(r"\*(?P<who>.*) left\*", re.DOTALL)


@dataclass(frozen=True)
class User:
    address: Address
    name: str


@dataclass
class Room:
    sock: socket.socket
    users: list[User] = field(default_factory=list)

    def find(self, address: Address) -> Optional[User]:
        return next((u for u in self.users if u.address == address), None)

    def without(self, address: Address) -> Iterator[User]:
        return (u for u in self.users if u.address != address)

    def send(self, text: str, *users: User) -> None:
        for user in users:
            logging.debug("%s <- %r", user.name, text)
            try:
                self.sock.sendto(text.encode("utf-8"), user.address)
            except OSError as error:
                logging.warning("%s: %s", user, error)

    def datagram(self, text: str, address: Address) -> None:
        user = self.find(address)
        match user, LEAVING.fullmatch(text):
            case None, _:
                self.newcomer(User(address, text.strip()))
            case User(name=name), re.Match() as m if m["who"] == name:
                self.users.remove(user)
                self.send(text, *self.users)
            case _:
                self.send(text, *self.without(address))

    def newcomer(self, user: User) -> None:
        if not user.name or user.name in {u.name for u in self.users}:
            self.send("name", user)
            return
        logging.info("Connected with %s", user.address)
        logging.info("Name is %s", user.name)
        self.send("You are connected!", user)
        self.send("To terminate the connection to the server, enter leave", user)
        self.send(f"{user.name} joined!", *self.users)
        self.users.append(user)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    options = parser.parse_args()
    logging.basicConfig(level=logging.DEBUG)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock:
        sock.bind((options.host, options.port))
        room = Room(sock)
        while True:
            data, address = sock.recvfrom(16384)
            room.datagram(data.decode("utf-8", errors="replace"), address)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        logging.shutdown()
