"""What happened in one check: ordered events from several threads."""

from __future__ import annotations

import threading
import time
from collections import deque

from grader.fact import Fact, fact, writable
from grader.result.check import Event
from grader.result.verdict import EventKind

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

    def add(
        self,
        kind: EventKind,
        who: str,
        text: str = "",
        *,
        fact: Fact | None = None,
        fence: bool = False,
    ) -> None:
        """Note one event; texts are shortened, and of very many events the middle is dropped."""
        at = round(time.monotonic() - self._start, 4)
        with self._lock:
            event = Event(at, kind, who, writable(shorten(text)), fact, fence)
            if len(self._first) < MAX_EVENTS:
                self._first.append(event)
            else:
                self._omitted += len(self._last) == MAX_EVENTS
                self._last.append(event)

    def since(self, when: float) -> float:
        """A time by time.monotonic() as events have it: seconds since the check began."""
        return round(max(when - self._start, 0.0), 4)

    def step(self, step: Fact) -> None:
        """Note what the check does next."""
        self.add(EventKind.STEP, "", fact=step)

    def events(self) -> tuple[Event, ...]:
        """All events so far; in place of those that were dropped, one that says how many."""
        with self._lock:
            if not self._omitted:
                return (*self._first, *self._last)
            how_many = fact("events-omitted", count=self._omitted)
            gap = Event(self._last[0].at, EventKind.OMITTED, "", "", how_many, False)
            return (*self._first, gap, *self._last)


def shorten(text: str, limit: int = MAX_TEXT) -> str:
    """Cut a long text in the middle."""
    if len(text) <= limit:
        return text
    half = (limit - 1) // 2
    return f"{text[:half]}…{text[-half:]}"
