"""What scripted servers have in common: each admits one client and talks to it."""

from __future__ import annotations

import os
import socket
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable

from grader.assignment.protocol import WELCOME, Framing
from grader.chat.dialect import Dialect
from grader.chat.failure import Failure
from grader.chat.inbox import Inbox
from grader.chat.participants.wire import Reader
from grader.chat.transcript import Transcript
from grader.chat.unwritten import is_altered
from grader.fact import Fact, MachineError, fact, quoted
from grader.result.check import CLIENT, SERVER, Point
from grader.result.verdict import Difference, EventKind, Evidence
from grader.sandbox.clock import Deadline, Sampler
from grader.sandbox.network import Network


class Host(ABC):
    """A scripted server, for grading a student's client."""

    kind: socket.SocketKind
    _reader: Reader | None = None

    def __init__(
        self,
        address: str,
        ports: Iterable[int],
        network: Network,
        dialect: Dialect,
        transcript: Transcript,
        sample: Sampler,
        settle: Callable[[float], bool],
    ) -> None:
        self.inbox = Inbox()
        self._profile, self._transcript = dialect, transcript
        self._sample, self._settle = sample, settle
        self._network = network
        self._doors: list[socket.socket] = []
        self.ports: list[int] = []
        for port in ports:
            self._open(address, port)
        if not self.ports:
            raise MachineError(fact("no-free-port", ports=tuple(map(str, ports))))

    def _open(self, address: str, port: int) -> None:
        door = self._network.socket(socket.AF_INET, self.kind)
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
        return Deadline(self._sample, patience=self._profile.patience, **limits)

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

    def expect(self, line: str, *, why: Fact) -> None:
        """Wait for a message of the client's. Raises Failure when it does not come."""
        deadline = self.deadline()
        if not self.inbox.wait(lambda: self.inbox.count(line) > 0, deadline):
            tail = self.inbox.tail() if self.inbox.framing is Framing.LINES else ""
            got = quoted(*self.inbox.messages()[1:][-3:])
            if tail:
                got = fact("without-newline", text=tail)
            raise Failure(
                why,
                expected=fact("text", text=line),
                got=got,
                evidence=[Evidence.END_OF_STREAM if self.inbox.ended else Evidence.QUIET],
                point=Point(Difference.MISSING, SERVER, line),
                wrong=is_altered(line, self.inbox.messages()),
            )

    def _came(self, door: socket.socket, how: EventKind) -> None:
        port = fact("to-port", port=door.getsockname()[1])
        self._transcript.add(how, CLIENT, fact=port)

    def _nobody(self, deadline: Deadline, expected: str) -> Failure:
        return Failure(
            fact("client-not-come"),
            expected=fact(expected, port=self.ports[0]),
            got=fact("client-ended-before") if deadline.reason == "ended" else fact("nothing"),
            evidence=[Evidence.END_OF_STREAM if deadline.reason == "ended" else Evidence.QUIET],
        )

    def drain(self) -> None:
        """Take in all that has been sent so far."""
        if self._reader is not None:
            self._reader.drain()

    def hang_up(self) -> None:
        """Close the connection in order, as a server does that ends; over UDP there is none."""

    @abstractmethod
    def close(self) -> None:
        """Close all sockets."""
