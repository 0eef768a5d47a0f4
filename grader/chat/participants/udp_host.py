"""A scripted UDP server, for grading a student's client."""

from __future__ import annotations

import contextlib
import select
import socket

from grader.assignment.protocol import Framing
from grader.chat.participants.base import STARTING
from grader.chat.participants.host import Host
from grader.chat.participants.wire import DATAGRAM_WAIT, DatagramReader
from grader.result.check import SERVER
from grader.result.verdict import EventKind
from grader.sandbox.clock import TICK


class UdpHost(Host):
    """A scripted UDP server with one client."""

    kind = socket.SOCK_DGRAM
    _door: socket.socket | None = None
    _guest: tuple[str, int] | None = None

    def admit(self) -> str:
        """Take the first datagram as the name; all that follows goes to the inbox."""
        deadline = self.deadline(**STARTING)
        self.inbox.framing = Framing.DATAGRAMS
        while self._guest is None:
            for door in self._doors:
                with contextlib.suppress(BlockingIOError):
                    data, self._guest = door.recvfrom(65536)
                    self._door = door
                    break
            else:
                if deadline.over():
                    raise self._nobody(deadline, "name-to-port")
                select.select(self._doors, (), (), TICK / 5)
        assert self._door is not None
        self._came(self._door, EventKind.COMES)
        self.inbox.feed(data)
        # From here on only this client's datagrams come in.
        self._door.connect(self._guest)
        self._door.settimeout(DATAGRAM_WAIT)
        self._reader = DatagramReader(self._door, self.inbox, SERVER, self._transcript)
        return data.decode(errors="backslashreplace")

    def send(self, line: str) -> None:
        """Send one datagram."""
        self.send_bytes(Framing.DATAGRAMS.encode(line))

    def send_bytes(self, data: bytes) -> None:
        """Send bytes as one datagram."""
        assert self._door is not None
        self._transcript.add(EventKind.SENDS, SERVER, data.decode(errors="backslashreplace"))
        with contextlib.suppress(OSError):
            self._door.send(data)

    def close(self) -> None:
        """Close all sockets."""
        if self._reader is not None:
            self._reader.stop()
            self._reader = None
        for door in self._doors:
            door.close()
