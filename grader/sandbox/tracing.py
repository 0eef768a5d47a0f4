"""Orders to a program that is traced (tracer.py): note the lines, hold one thread, let it go.

The program can forge all that it answers, like all that a process says of itself. All that it can
win by that is a star (docs/security.md).
"""

from __future__ import annotations

import functools
import selectors
import socket
import time
from dataclasses import dataclass
from pathlib import Path

PATIENCE = 5.0  # seconds for an answer that needs no thread of the program's but the tracer's
MOST = 8 << 20  # bytes of one answer
NOBODY = -1
FIELDS = 3  # of a frame: file, line, function


@dataclass(frozen=True)
class Ran:
    """A line that a thread has run, or was about to run.

    ``thread`` counts the threads by the order in which they ran a first line, ``number`` the
    lines of each from 1. ``stack`` has the submission's frames, the innermost first; ``when`` is
    by time.monotonic().
    """

    thread: int
    number: int
    when: float
    stack: tuple[tuple[str, int, str], ...]  # file, line, function
    born: bool = False  # whether the thread has begun since the lines are noted

    @property
    def at(self) -> tuple[str, int]:
        """Its file and line."""
        return self.stack[0][:2]


@dataclass(frozen=True)
class Lines:
    """All lines, in order: ``held`` ran while a thread was held at the last line ``before``."""

    before: tuple[Ran, ...]
    held: tuple[Ran, ...] = ()
    after: tuple[Ran, ...] = ()


NONE = Lines(())


class Tracing:
    """One end of the socket to the tracer."""

    def __init__(self, ours: socket.socket) -> None:
        self._socket = ours
        self._rest = b""
        self.works = True  # until it does not answer

    def arm(self, thread: int = NOBODY, number: int = 0) -> bool:
        """Note lines from now on, and hold a thread before its line of this number."""
        self._take(0)
        self._rest = b""
        self._send(f"arm {thread} {number}")
        armed = self._answered(b"armed\n")
        self._rest = b""
        return armed

    def is_held(self, seconds: float) -> bool:
        """Whether somebody is held, within so many seconds."""
        if b"held\n" not in self._rest:
            self._take(seconds)
        return b"held\n" in self._rest

    def go(self) -> None:
        """Let it go on."""
        self._send("go")

    def lines(self) -> Lines:
        """The lines since :meth:`arm`; no more are noted."""
        self._send("lines")
        if not self._answered(b"end\n"):
            return NONE
        text = self._rest.decode("utf-8", "replace").rpartition("end\n")[0].removeprefix("held\n")
        parts: list[list[Ran]] = [[], [], []]
        part = 0
        for line in text.splitlines():
            if line in ("held", "went"):
                part = min(part + 1, 2)
            elif (ran := _ran(line)) is not None:
                parts[part].append(ran)
        self._rest = b""
        before, held, after = map(tuple, parts)
        return Lines(before, held, after)

    def close(self) -> None:
        """Whoever is held goes on."""
        self._socket.close()

    def _send(self, order: str) -> None:
        try:
            self._socket.sendall(f"{order}\n".encode())
        except OSError:
            self.works = False

    def _answered(self, end: bytes) -> bool:
        until = time.monotonic() + PATIENCE
        while self.works and not self._rest.endswith(end):
            self.works = time.monotonic() < until and self._take(PATIENCE)
        return self.works

    def _take(self, seconds: float) -> bool:
        """Take in what comes; False at the end of the stream, or where there is far too much."""
        with selectors.DefaultSelector() as selector:
            selector.register(self._socket, selectors.EVENT_READ)
            if not selector.select(seconds):
                return True
        try:
            data = self._socket.recv(65536)
        except OSError:
            return False
        self._rest += data
        return bool(data) and len(self._rest) < MOST


def _ran(text: str) -> Ran | None:
    """A line as the tracer writes it; None for what it has not written."""
    try:
        thread, number, born, when, *frames = text.split("\t")
        parts = [frames[n : n + FIELDS] for n in range(0, len(frames), FIELDS)]
        stack = tuple((file, int(line), function) for file, line, function in parts)
        return Ran(int(thread), int(number), float(when), stack, bool(int(born))) if stack else None
    except ValueError:
        return None


def channel() -> tuple[Tracing, int]:
    """The grader's end and the program's, a descriptor to be closed once it has started."""
    ours, theirs = socket.socketpair()
    return Tracing(ours), theirs.detach()


@functools.cache
def text(name: str) -> str:
    """What boot.py runs before a program: tracer.py or resting.py."""
    return Path(__file__).with_name(f"{name}.py").read_text(encoding="utf-8")
