"""Everything that one participant was sent, kept whole, in order of arrival."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable

from grader.assignment.protocol import Framing
from grader.sandbox.clock import TICK, Deadline

# A flooding server must fill neither the grader's memory nor its time.
MAX_BYTES = 16 << 20
MAX_MESSAGES = 50_000


class Inbox:
    """Bytes in, messages out; filled by one thread, read by another.

    ``framing`` says what a message is; where there is none (``RAW``) it is found by looking for
    its (unguessable) text.
    """

    def __init__(self, framing: Framing = Framing.LINES) -> None:
        self.framing = framing
        # The reader thread feeds, the check's thread waits and looks. Both hold the lock, not the
        # condition: a condition's __exit__ is written in Python, and one that Ctrl+C interrupts
        # leaves it locked, so that the reader thread would wait forever.
        self._lock = threading.RLock()
        self._changed = threading.Condition(self._lock)
        self._data = bytearray()
        self._datagrams: list[bytes] = []
        self._messages: list[str] = []  # those taken out of the bytes so far
        self._counts: Counter[str] = Counter()  # the check storm asks thousands of times
        self._parsed = self._newlines = 0
        self._full = False
        self._heard: Callable[[bytes], None] | None = None
        self._over: Callable[[str], None] | None = None
        self.ended = ""  # how the stream ended: "closed", "reset", ...

    def report(self, heard: Callable[[bytes], None], over: Callable[[str], None]) -> None:
        """From now on tell of each piece that comes, and how the stream ended."""
        self._heard, self._over = heard, over

    def feed(self, data: bytes) -> None:
        """Add what has arrived, as long as there is room."""
        with self._lock:
            if self._heard:  # under the lock: who finds a message finds it in the journal as well
                self._heard(data)
            self._newlines += data.count(b"\n")
            many = self._newlines > MAX_MESSAGES or len(self._datagrams) >= MAX_MESSAGES
            # Keep no gap: two pieces side by side that were not sent so would read as one message.
            self._full = self._full or many or len(self._data) + len(data) > MAX_BYTES
            if not self._full:
                self._data += data
                self._datagrams.append(data)
                self._changed.notify_all()

    @property
    def is_full(self) -> bool:
        """Whether more came than is kept."""
        with self._lock:
            return self._full

    @property
    def size(self) -> int:
        """How many bytes have come."""
        with self._lock:
            return len(self._data)

    def end(self, how: str) -> None:
        """Nothing more will come."""
        with self._lock:
            if self._over and not self.ended:
                self._over(how)
            self.ended = self.ended or how
            self._changed.notify_all()

    def messages(self) -> list[str]:
        """All messages so far; in ``RAW`` framing the pieces as they came."""
        with self._lock:
            self._parse()
            return list(self._messages)

    def tail(self) -> str:
        """What has come since the last newline."""
        with self._lock:
            return _text(self._data[self._data.rfind(b"\n") + 1 :])

    def text(self) -> str:
        """Everything so far as one text."""
        with self._lock:
            return _text(self._data)

    def count(self, message: str) -> int:
        """How often this message has arrived."""
        with self._lock:
            if self.framing is Framing.RAW:
                return self._data.count(message.encode())
            self._parse()
            if self.framing is Framing.DATAGRAMS:
                # One newline too many on UDP costs the handshake, not every check.
                return self._counts[message] + self._counts[f"{message}\n"]
            return self._counts[message]

    def contains(self, text: str) -> bool:
        """Whether this text has arrived, with anything around it."""
        with self._lock:
            return self._data.rfind(text.encode()) >= 0

    def contains_since(self, text: str, start: int) -> bool:
        """Whether this text has arrived behind so many bytes, with anything around it."""
        with self._lock:
            return self._data.find(text.encode(), start) >= 0

    def wait(self, ready: Callable[[], bool], deadline: Deadline) -> bool:
        """Wait until ``ready()``; False when the deadline or the end of the stream came first.

        An inbox that is full takes in nothing more: that is an end as well.
        """
        looked = time.monotonic()
        while True:
            with self._lock:  # held from the look to the wait: no arrival is missed
                if ready() or self.ended or self._full:
                    return ready()
                self._changed.wait(TICK)
            if time.monotonic() - looked < TICK:
                continue
            # Also while more and more arrives: some programs never stop sending.
            looked = time.monotonic()
            if deadline.over():
                if deadline.reason == "ended":
                    self._drain()
                return ready()

    def _drain(self) -> None:
        """The process is gone; what it has written may still be on its way to the reader."""
        with self._lock:
            self._changed.wait_for(lambda: bool(self.ended), timeout=0.5)

    def _parse(self) -> None:
        if self.framing is Framing.LINES:
            end = self._data.rfind(b"\n") + 1
            new: list[bytearray] | list[bytes] = self._data[self._parsed : end].split(b"\n")[:-1]
            self._parsed = max(end, self._parsed)
        else:
            new = self._datagrams[len(self._messages) :]
        texts = [_text(piece) for piece in new]
        self._messages += texts
        self._counts.update(texts)


def _text(data: bytes | bytearray) -> str:
    return bytes(data).decode("utf-8", errors="backslashreplace")
