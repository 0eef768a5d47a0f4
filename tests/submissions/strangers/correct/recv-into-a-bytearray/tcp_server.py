import argparse
import enum
import socket
import threading
from dataclasses import dataclass, field
from typing import ClassVar, Iterator

SIZE = 16384


class Text(str, enum.Enum):
    ASK = "name"
    WELCOME = "You are connected!"
    HINT = "To terminate the connection to the server, enter leave"


class LineBuffer:
    """Receives into one preallocated block and cuts lines out of it."""

    def __init__(self, sock: socket.socket) -> None:
        self._sock = sock
        self._block = bytearray(SIZE)
        self._view = memoryview(self._block)
        self._parts: list[bytes] = []

    def __iter__(self) -> Iterator[str]:
        while (n := self._fill()) > 0:
            start = 0
            while (end := self._block.find(b"\n", start, n)) >= 0:
                self._parts.append(bytes(self._view[start:end]))
                yield b"".join(self._parts).decode("utf-8", "replace")
                self._parts.clear()
                start = end + 1
            self._parts.append(bytes(self._view[start:n]))

    def _fill(self) -> int:
        try:
            return self._sock.recv_into(self._view, SIZE)
        except OSError:
            return 0


@dataclass(eq=False)
class Member:
    sock: socket.socket
    name: str = ""
    mutex: threading.Lock = field(default_factory=threading.Lock, repr=False)
    registry: ClassVar[dict[str, "Member"]] = {}
    registry_lock: ClassVar[threading.Lock] = threading.Lock()

    def write(self, text: str) -> None:
        with self.mutex:
            try:
                self.sock.sendall(text.encode() + b"\n")
            except OSError:
                pass

    def claim(self, name: str) -> bool:
        with self.registry_lock:
            if not name or name in self.registry:
                return False
            self.name = name
            self.write(Text.WELCOME.value)
            self.write(Text.HINT.value)
            self.registry[name] = self
            self._spread(f"{name} joined!")
        return True

    def _spread(self, text: str) -> None:
        for member in self.registry.values():
            if member is not self:
                member.write(text)

    def spread(self, text: str) -> None:
        with self.registry_lock:
            self._spread(text)

    def depart(self) -> None:
        with self.registry_lock:
            if self.registry.pop(self.name, None) is not None:
                self._spread(f"*{self.name} left*")
        self.sock.close()


def attend(sock: socket.socket, address: object) -> None:
    print(f"Connected with {address}", flush=True)
    sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, True)
    member = Member(sock)
    member.write(Text.ASK.value)
    try:
        for line in LineBuffer(sock):
            if not member.name:
                if member.claim(line.strip()):
                    print(f"Name is {member.name}", flush=True)
                else:
                    member.write(Text.ASK.value)
            elif line == f"*{member.name} left*":
                return
            else:
                member.spread(line)
    finally:
        member.depart()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=14901)
    ns = parser.parse_args()
    with socket.create_server((ns.host, ns.port), backlog=socket.SOMAXCONN) as server:
        try:
            while True:
                threading.Thread(target=attend, args=server.accept(), daemon=True).start()
        except KeyboardInterrupt:
            pass


if __name__ == "__main__":
    main()
