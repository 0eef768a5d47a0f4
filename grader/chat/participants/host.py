"""Scripted servers, for grading a student's client: each admits one client and talks to it."""

from __future__ import annotations

import contextlib
import os
import select
import socket
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable

from grader.assignment.protocol import NAME_REQUEST, WELCOME, Framing
from grader.chat.dialect import Profile
from grader.chat.failure import Failure
from grader.chat.inbox import Inbox
from grader.chat.participants.base import STARTING
from grader.chat.participants.wire import DATAGRAM_WAIT, DatagramReader, Reader
from grader.chat.transcript import Transcript
from grader.language import _
from grader.result.verdict import Evidence, Point
from grader.sandbox.clock import TICK, Deadline, Looker

IMPATIENCE = 0.1  # seconds of stillness after which the client waits for the newline


class Host(ABC):
    """What both scripted servers have in common."""

    kind: socket.SocketKind

    def __init__(
        self,
        address: str,
        ports: Iterable[int],
        profile: Profile,
        transcript: Transcript,
        look: Looker,
        settle: Callable[[float], bool],
    ) -> None:
        self.inbox = Inbox()
        self._profile, self._transcript = profile, transcript
        self._look, self._settle = look, settle
        self._doors: list[socket.socket] = []
        self.ports: list[int] = []
        for port in ports:
            self._open(address, port)
        if not self.ports:
            free = _("no port of {ports} is free for the scripted server")
            raise OSError(free.format(ports=list(ports)))

    def _open(self, address: str, port: int) -> None:
        door = socket.socket(socket.AF_INET, self.kind)
        try:
            if self.kind is socket.SOCK_STREAM and os.name != "nt":
                # An earlier scripted server may have left the port in TIME_WAIT.
                door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            door.bind((address, port))
            if self.kind is socket.SOCK_STREAM:
                door.listen()
        except OSError:
            door.close()
            return
        door.setblocking(False)
        self._doors.append(door)
        self.ports.append(door.getsockname()[1])

    def deadline(self, **limits: float) -> Deadline:
        """A deadline that runs while the client could have answered."""
        return Deadline(self._look, patience=self._profile.patience, **limits)

    @abstractmethod
    def admit(self) -> str:
        """Wait for the client and its name; returns the name as it was sent. Raises Failure."""

    @abstractmethod
    def send_bytes(self, data: bytes) -> None:
        """Send bytes as they are."""

    @abstractmethod
    def send(self, line: str) -> None:
        """Send one message, in the client's dialect."""

    def welcome(self) -> None:
        """Send the welcome."""
        for line in WELCOME:
            self.send(line)

    def expect(self, line: str, *, why: str, hint: str = "") -> None:
        """Wait for a message of the client's. Raises Failure when it does not come."""
        deadline = self.deadline()
        if not self.inbox.wait(lambda: self.inbox.count(line) > 0, deadline):
            pieces = [repr(piece) for piece in self.inbox.messages()[1:][-3:]]
            tail = self.inbox.tail() if self.inbox.framing is Framing.LINES else ""
            got = ", ".join(pieces) or _("nothing")
            if tail:
                got = _("{text} (without a newline)").format(text=repr(tail))
            raise Failure(
                why,
                expected=repr(line),
                got=got,
                hint=hint,
                evidence=[Evidence.END_OF_STREAM if self.inbox.ended else Evidence.QUIET],
                point=Point("missing", "server", line),
            )

    def _came(self, door: socket.socket, who: str) -> None:
        port = _("to port {port}").format(port=door.getsockname()[1])
        self._transcript.add(who, "the client", port)

    def _nobody(self, deadline: Deadline, expected: str) -> Failure:
        return Failure(
            _("the client did not come"),
            expected=expected.format(port=self.ports[0]),
            got=_("the client ended before") if deadline.reason == "ended" else _("nothing"),
            evidence=[Evidence.END_OF_STREAM if deadline.reason == "ended" else Evidence.QUIET],
        )

    def hang_up(self) -> None:
        """Close the connection in order, as a server does that ends; over UDP there is none."""

    @abstractmethod
    def close(self) -> None:
        """Close all sockets."""


class TcpHost(Host):
    """A scripted TCP server with one client."""

    kind = socket.SOCK_STREAM
    _guest: socket.socket | None = None
    _reader: Reader | None = None

    def admit(self) -> str:
        """Accept, ask for the name, find out the client's dialect."""
        deadline = self.deadline(**STARTING)
        while self._guest is None:
            for door in self._doors:
                with contextlib.suppress(BlockingIOError):
                    self._guest = door.accept()[0]
                    self._came(door, "connects")
                    break
            else:
                if deadline.over():
                    raise self._nobody(deadline, _("a connection to port {port}"))
                select.select(self._doors, (), (), TICK / 5)
        self._guest.setblocking(True)
        self._guest.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._reader = Reader(self._guest, self.inbox, "server", self._transcript)
        self._transcript.step(_("the server sends 'name'"))
        self.ask()
        return self._name()

    def ask(self) -> None:
        """Send the name request; its newline only to a client that waits for it."""
        waits = self._profile.client_waits
        self.send_bytes((Framing.LINES if waits else Framing.RAW).encode(NAME_REQUEST))
        if waits is None:
            patience = self.deadline(quiet=IMPATIENCE, wall=1.0)
            answered = self.inbox.wait(lambda: bool(self.inbox.text()), patience)
            self._profile.client_waits = not answered
            if not answered:
                self.send_bytes(Framing.LINES.end)

    def _name(self) -> str:
        self.inbox.wait(lambda: bool(self.inbox.text()), self.deadline())
        if self.inbox.text() and "\n" not in self.inbox.text():
            self._settle(0.05)
        text = self.inbox.text()
        self.inbox.framing = Framing.LINES if "\n" in text else Framing.RAW
        return text.removesuffix("\n")

    def send(self, line: str) -> None:
        """Send a line, or bare text, well apart, to a client that knows no lines."""
        framing = Framing.LINES if self._profile.client_waits else Framing.RAW
        self.send_bytes(framing.encode(line))
        if framing is Framing.RAW:
            self._settle(0.02)

    def send_bytes(self, data: bytes) -> None:
        """Send bytes; a client that is gone takes them to nowhere."""
        assert self._guest is not None
        self._transcript.add("sends", "server", data.decode(errors="backslashreplace"))
        with contextlib.suppress(OSError):
            self._guest.sendall(data)

    def hang_up(self) -> None:
        """Close the connection in order, as a server does that ends."""
        assert self._guest is not None
        self._transcript.step(_("the server closes the connection"))
        self.close()

    def close(self) -> None:
        """Close the connection and the listening sockets."""
        if self._reader is not None:
            self._reader.stop()
            self._reader = None
        for door in (self._guest, *self._doors):
            if door is not None:
                door.close()


class UdpHost(Host):
    """A scripted UDP server with one client."""

    kind = socket.SOCK_DGRAM
    _door: socket.socket | None = None
    _guest: tuple[str, int] | None = None
    _reader: Reader | None = None

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
                    raise self._nobody(deadline, _("a datagram with the name to port {port}"))
                select.select(self._doors, (), (), TICK / 5)
        assert self._door is not None
        self._came(self._door, "comes")
        self.inbox.feed(data)
        # From here on only this client's datagrams come in.
        self._door.connect(self._guest)
        self._door.settimeout(DATAGRAM_WAIT)
        self._reader = DatagramReader(self._door, self.inbox, "server", self._transcript)
        return data.decode(errors="backslashreplace")

    def send(self, line: str) -> None:
        """Send one datagram."""
        self.send_bytes(Framing.DATAGRAMS.encode(line))

    def send_bytes(self, data: bytes) -> None:
        """Send bytes as one datagram."""
        assert self._door is not None
        self._transcript.add("sends", "server", data.decode(errors="backslashreplace"))
        with contextlib.suppress(OSError):
            self._door.send(data)

    def close(self) -> None:
        """Close all sockets."""
        if self._reader is not None:
            self._reader.stop()
            self._reader = None
        for door in self._doors:
            door.close()
