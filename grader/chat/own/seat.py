"""A program at a terminal, and everything that has stood on its screen."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from grader.assignment.protocol import Framing
from grader.chat.failure import Failure
from grader.chat.journal import Act
from grader.chat.program import Program
from grader.chat.recorder import Recorder
from grader.chat.screen import Screen
from grader.chat.transcript import Transcript
from grader.result.verdict import EventKind
from grader.sandbox import waiting
from grader.sandbox.box import Site

CLEARING = (b"\x1b[2J", b"\x1b[3J", b"\x1bc", b"\x1b[H")


class Seat:
    """Somebody in front of a running program: types, and reads what is on the screen."""

    def __init__(
        self,
        who: str,
        script: Path,
        arguments: list[str],
        site: Site,
        transcript: Transcript,
        recorder: Recorder,
    ) -> None:
        self.who = who
        self._text = ""
        self._typed_at = 0  # where the screen ended when something was typed last
        self._lock = threading.Lock()  # the reader's thread adds, the story reads
        self._screen = Screen()
        self.redraws = False
        self.ended = threading.Event()
        self._note: Callable[[bytes], None] = recorder.listener(who, Framing.RAW, Act.SHOWS)
        self._transcript, self._recorder = transcript, recorder
        self.program = Program(
            script,
            arguments,
            site,
            who=who,
            transcript=transcript,
            heard=self._shown,
            ended=self.ended.set,
            terminal=True,
        )

    def _shown(self, data: bytes) -> None:
        self.redraws = self.redraws or any(code in data for code in CLEARING)
        readable = self._screen.write(data)
        if readable:
            with self._lock:
                self._text += readable.decode("utf-8", "backslashreplace")
            self._note(readable)

    @property
    def text(self) -> str:
        """All that was shown so far."""
        with self._lock:
            return self._text

    def unread(self) -> str:
        """What was shown since something was typed last."""
        return self.text[self._typed_at :]

    def has(self, word: str, since: int = 0) -> bool:
        """Whether a word stands on the screen, from a place on."""
        return word in self.text[since:]

    def type(self, line: str) -> None:
        """Type a line."""
        self._typed_at = len(self.text)
        self._transcript.add(EventKind.TYPES, self.who, line)
        self.program.type(line)

    def reads(self) -> bool:
        """Whether one of its threads waits for what is typed, or nobody can tell."""
        keyboard, processes = self.program.keyboard, self.program.processes()
        if not waiting.tells(self.program.top):
            return True
        return any(keyboard in waiter.files for waiter in waiting.waiters(processes))

    def is_set_up(self) -> bool:
        """Whether it has more than one thread: one to receive, as a rule."""
        try:
            return self.program.thread_count() > 1
        except Failure:
            return False

    @property
    def alive(self) -> bool:
        """Whether its program runs."""
        return self.program.alive
