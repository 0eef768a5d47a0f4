"""Writes a journal while a scenario is played: what participants do, and what comes to them."""

from __future__ import annotations

import codecs
import threading
import time
from collections.abc import Callable

from grader.assignment.protocol import Framing
from grader.chat.journal import Act, Entry, Journal, Manners
from grader.chat.output import MAX_OUTPUT

# All that comes to all participants of one scenario together: far more than can be owed to them.
MAX_BYTES = 1 << 20
MAX_MESSAGES = 1_000
MAX_PIECES = 20_000  # over TCP a server may send byte by byte
MAX_SHOWN = MAX_OUTPUT // 2  # in bytes, by a client: before its output is no longer kept


class Recorder:
    """The entries of one scenario in order; more than anybody can be owed ends in a flood."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, start: float | None = None
    ) -> None:
        self._clock, self.start = clock, clock() if start is None else start
        # Reader threads of all participants and the scenario itself add entries.
        self._lock = threading.Lock()
        self._entries: list[Entry] = []
        self._bytes, self._messages, self._pieces = MAX_BYTES, MAX_MESSAGES, MAX_PIECES
        self._shown, self._closed = MAX_SHOWN, False
        self.is_flooded = False  # whether more came than is kept

    def add(self, act: Act, who: str = "", text: str = "") -> None:
        """Note one thing that happened."""
        with self._lock:
            self._add(act, who, text)

    def _add(self, act: Act, who: str, text: str) -> None:
        if not self._closed:
            at = round(self._clock() - self.start, 4)
            self._entries.append(Entry(act, who, text, at))

    def listener(self, who: str, framing: Framing, act: Act = Act.GETS) -> Callable[[bytes], None]:
        """What is to be called with each piece that comes to somebody, or is shown by a client."""
        # Over TCP a piece may end within a character, whose other half comes with the next one.
        whole = codecs.getincrementaldecoder("utf-8")("backslashreplace")

        def heard(data: bytes) -> None:
            if framing is Framing.DATAGRAMS:
                text, messages = data.decode("utf-8", "backslashreplace"), 1
            else:
                text, messages = whole.decode(data), data.count(b"\n")
            with self._lock:
                self._pieces -= 1
                if act is Act.SHOWS:  # a client may paint its whole screen anew for each message
                    self._shown -= len(data)
                else:
                    self._bytes -= len(data)
                    self._messages -= messages
                if min(self._bytes, self._messages, self._pieces, self._shown) >= 0:
                    self._add(act, who, text)
                elif not self.is_flooded:
                    self.is_flooded = True
                    self._add(Act.FLOODS, who, "")

        return heard

    def journal(self, manners: Manners) -> Journal:
        """All so far; nothing is added any more."""
        with self._lock:
            self._closed = True
            return Journal(manners, tuple(self._entries))
