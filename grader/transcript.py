"""What happened in one check: ordered events from several threads, rendered as text."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass

MAX_EVENTS = 5000  # a flooding submission must not fill the grader's memory
MAX_TEXT = 300


@dataclass(frozen=True)
class Event:
    """One thing that happened.

    ``kind`` is ``step`` (what the check does, in words), ``sends``, ``gets``,
    ``prints`` or ``note``; ``fence`` marks traffic that only serves as a fence.
    """

    at: float  # seconds since the check began
    kind: str
    who: str
    text: str
    fence: bool = False

    def __str__(self) -> str:
        mark = " (fence)" if self.fence else ""
        who = f"{self.who} " if self.who else ""
        return f"{self.at * 1000:8.1f} ms  {who}{self.kind} {self.text}{mark}"


class Transcript:
    """The events of one check, in the order in which they were noticed."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        # Reader threads of all participants and the check itself add events.
        self._lock = threading.Lock()
        self._events: list[Event] = []

    def add(self, kind: str, who: str, text: str, *, fence: bool = False) -> None:
        """Note one event; texts are shortened, and past MAX_EVENTS nothing is kept."""
        at = time.monotonic() - self._start
        with self._lock:
            if len(self._events) < MAX_EVENTS:
                self._events.append(Event(at, kind, who, shorten(text), fence))

    def step(self, text: str) -> None:
        """Note what the check does next, in words for the student."""
        self.add("step", "", text)

    def events(self) -> tuple[Event, ...]:
        """All events so far."""
        with self._lock:
            return tuple(self._events)

    def steps(self) -> tuple[str, ...]:
        """The steps so far, in words."""
        return tuple(e.text for e in self.events() if e.kind == "step")

    def lines(self) -> tuple[str, ...]:
        """The whole transcript, a line each; a step stands out as ``-- … --``."""
        return tuple(
            f"{e.at * 1000:8.1f} ms  -- {e.text} --" if e.kind == "step" else str(e)
            for e in self.events()
        )


def shorten(text: str, limit: int = MAX_TEXT) -> str:
    """Cut a long text in the middle."""
    if len(text) <= limit:
        return text
    half = (limit - 1) // 2
    return f"{text[:half]}…{text[-half:]}"
