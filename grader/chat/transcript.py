"""What happened in one check: ordered events from several threads."""

from __future__ import annotations

import threading
import time
from collections import deque

from grader.result.check import Event

# A flooding submission must not fill the grader's memory: the first and the last are kept.
MAX_EVENTS = 600  # of each
MAX_TEXT = 300


class Transcript:
    """The events of one check, in the order in which they were noticed."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        # Reader threads of all participants and the check itself add events.
        self._lock = threading.Lock()
        self._first: list[Event] = []
        self._last: deque[Event] = deque(maxlen=MAX_EVENTS)
        self._omitted = 0

    def add(self, kind: str, who: str, text: str, *, fence: bool = False) -> None:
        """Note one event; texts are shortened, and of very many events the middle is dropped."""
        at = round(time.monotonic() - self._start, 4)
        with self._lock:
            event = Event(at, kind, who, shorten(text), fence)
            if len(self._first) < MAX_EVENTS:
                self._first.append(event)
            else:
                self._omitted += len(self._last) == MAX_EVENTS
                self._last.append(event)

    def step(self, text: str) -> None:
        """Note what the check does next, in words for the student."""
        self.add("step", "", text)

    def events(self) -> tuple[Event, ...]:
        """All events so far; in place of those that were dropped, one that says how many."""
        with self._lock:
            if not self._omitted:
                return (*self._first, *self._last)
            gap = Event(self._last[0].at, "omitted", "", str(self._omitted))
            return (*self._first, gap, *self._last)

    def steps(self) -> tuple[str, ...]:
        """The steps so far, in words."""
        return tuple(e.text for e in self.events() if e.kind == "step")


def shorten(text: str, limit: int = MAX_TEXT) -> str:
    """Cut a long text in the middle."""
    if len(text) <= limit:
        return text
    half = (limit - 1) // 2
    return f"{text[:half]}…{text[-half:]}"
