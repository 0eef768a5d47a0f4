"""Writes a journal while a scenario is played: what participants do, and what comes to them."""

from __future__ import annotations

import codecs
import threading
import time
from collections.abc import Callable

from grader.assignment.protocol import Framing
from grader.chat.journal import Act, Entry, Journal, Manners

# All that comes to all participants of one scenario together, in bytes and in pieces.
MAX_BYTES = 1 << 20
MAX_PIECES = 50_000


class Recorder:
    """The entries of one scenario in order; more than anybody can be owed ends in a flood."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._start = clock, clock()
        # Reader threads of all participants and the scenario itself add entries.
        self._lock = threading.Lock()
        self._entries: list[Entry] = []
        self._bytes, self._pieces, self._closed = MAX_BYTES, MAX_PIECES, False
        self.is_flooded = False  # whether more came than is kept

    def add(self, act: Act, who: str = "", text: str = "") -> None:
        """Note one thing that happened."""
        at = round(self._clock() - self._start, 4)
        with self._lock:
            if not self._closed:
                self._entries.append(Entry(act, who, text, at))

    def listener(self, who: str, framing: Framing) -> Callable[[bytes], None]:
        """What is to be called with each piece that comes to somebody."""
        # Over TCP a piece may end within a character, whose other half comes with the next one.
        whole = codecs.getincrementaldecoder("utf-8")("backslashreplace")

        def heard(data: bytes) -> None:
            if framing is Framing.DATAGRAMS:
                self._got(who, len(data), data.decode("utf-8", "backslashreplace"))
            else:
                self._got(who, len(data), whole.decode(data))

        return heard

    def _got(self, who: str, size: int, text: str) -> None:
        self._bytes, self._pieces = self._bytes - size, self._pieces - 1
        if self._bytes >= 0 and self._pieces >= 0:
            self.add(Act.GETS, who, text)
        elif not self.is_flooded:
            self.is_flooded = True
            self.add(Act.FLOODS, who)

    def journal(self, manners: Manners) -> Journal:
        """All so far; nothing is added any more."""
        with self._lock:
            self._closed = True
            return Journal(manners, tuple(self._entries))
