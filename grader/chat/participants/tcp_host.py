"""A scripted TCP server, for grading a student's client."""

from __future__ import annotations

import contextlib
import select
import socket

from grader.assignment.protocol import NAME_REQUEST, Framing
from grader.chat.participants.base import STARTING
from grader.chat.participants.host import Host
from grader.chat.participants.wire import Reader
from grader.fact import fact
from grader.result.check import SERVER
from grader.result.verdict import EventKind
from grader.sandbox.clock import TICK


class TcpHost(Host):
    """A scripted TCP server with one client."""

    kind = socket.SOCK_STREAM
    _guest: socket.socket | None = None

    def admit(self) -> str:
        """Accept, ask for the name, find out the client's dialect."""
        deadline = self.deadline(**STARTING)
        while self._guest is None:
            for door in self._doors:
                with contextlib.suppress(BlockingIOError):
                    self._guest = door.accept()[0]
                    self._came(door, EventKind.CONNECTS)
                    break
            else:
                if deadline.over():
                    raise self._nobody(deadline, "connection-to-port")
                select.select(self._doors, (), (), TICK / 5)
        self._guest.setblocking(True)
        self._guest.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._reader = Reader(self._guest, self.inbox, SERVER, self._transcript)
        self._transcript.step(fact("host-asks"))
        self.ask()
        return self._name()

    def ask(self) -> None:
        """Send the name request; without its newline only to a client that wants none."""
        waits = self._profile.client_waits is not False
        self.send_bytes((Framing.LINES if waits else Framing.RAW).encode(NAME_REQUEST))

    def _name(self) -> str:
        self.inbox.wait(lambda: bool(self.inbox.text()), self.deadline())
        if self.inbox.text() and "\n" not in self.inbox.text():
            self._settle(0.05)
        text = self.inbox.text()
        self.inbox.framing = Framing.LINES if "\n" in text else Framing.RAW
        return text.removesuffix("\n")

    def send(self, line: str) -> None:
        """Send a line, or bare text, well apart, to a client that knows no lines."""
        waits = self._profile.client_waits is not False
        framing = Framing.LINES if waits else Framing.RAW
        self.send_bytes(framing.encode(line))
        if framing is Framing.RAW:
            self._settle(0.02)

    def send_bytes(self, data: bytes) -> None:
        """Send bytes; they are lost if the client is gone."""
        assert self._guest is not None
        self._transcript.add(EventKind.SENDS, SERVER, data.decode(errors="backslashreplace"))
        with contextlib.suppress(OSError):
            self._guest.sendall(data)

    def hang_up(self) -> None:
        """Close the connection in order, as a server does that ends."""
        assert self._guest is not None
        self._transcript.step(fact("host-closes"))
        self.close()

    def close(self) -> None:
        """Close the connection and the listening sockets."""
        if self._reader is not None:
            self._reader.stop()
            self._reader = None
        for door in (self._guest, *self._doors):
            if door is not None:
                door.close()
