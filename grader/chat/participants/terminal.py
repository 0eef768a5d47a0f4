"""A student's client, driven through a terminal: its keyboard and its screen."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from grader.assignment import protocol
from grader.assignment.protocol import Framing
from grader.chat.dialect import Dialect
from grader.chat.failure import Failure
from grader.chat.participants.base import PARTING, Participant
from grader.chat.program import Program
from grader.chat.screen import Screen, readable
from grader.chat.transcript import Transcript
from grader.fact import Fact, fact, quoted
from grader.result.verdict import EventKind, Evidence
from grader.sandbox import clock
from grader.sandbox.box import Site
from grader.sandbox.clock import Deadline


class EndFailures(NamedTuple):
    """The codes of the failures of a client that does not end, or ends badly."""

    stays: str
    badly: str


END_OF_FILE = EndFailures("stays-after-end-of-file", "ends-badly-after-end-of-file")
END_FOR_NAME = EndFailures("stays-without-name", "ends-badly-without-name")
AGAIN = 3  # times that Ctrl+D is pressed for a client that goes on
RAISED = re.compile(r"\s|[\w.]+(?:Error|Exception)\b")  # how a line of a traceback begins
READS = 0.01  # seconds without anything done, after which a client waits for typing


class Terminal(Participant):
    """Somebody who sits at a terminal in which the student's client runs.

    What counts as a message here is its unguessable text anywhere in the output, without
    colours and controls. Where there are no terminals, pipes take its place.
    """

    def __init__(
        self,
        name: str,
        script: Path,
        arguments: list[str],
        site: Site,
        transcript: Transcript,
        deadline: Callable[..., Deadline],
        dialect: Dialect,
    ) -> None:
        super().__init__(name, transcript, deadline, dialect, Framing.RAW)
        transcript.step(fact("client-starts", name=name))
        transcript.add(EventKind.STARTS, name)
        self._screen = Screen()
        self._input_ends = False
        self._aside: set[str] = set()  # messages that came on standard error
        self._has_counted_in = False
        self.process = Program(
            script,
            arguments,
            site,
            who=name,
            transcript=transcript,
            heard=self._shown,
            ended=lambda: self.inbox.end("ended"),
            terminal=True,
        )

    def _shown(self, data: bytes) -> None:
        readable = self._screen.write(data)
        if readable:
            self.inbox.feed(readable)

    def join(self) -> None:
        """Type the name."""
        self.transcript.step(fact("types-name", name=self.name))
        self.send(protocol.name_reply(self.name))

    def say(self, text: str, *, fence: bool = False) -> str:
        """Type a text; returns the message that the others should get."""
        if not fence:
            step = fact("types", name=self.name, text=text)
            self.transcript.step(step)
        self.send(text, fence=fence)
        return protocol.message(self.name, text)

    def send(self, line: str, *, fence: bool = False) -> None:
        """Type one line."""
        self.transcript.add(EventKind.TYPES, self.name, line, fence=fence)
        self.process.type(line)

    def leave(self) -> None:
        """Type ``leave``."""
        self.transcript.step(fact("types-leave", name=self.name))
        self.send("leave")

    def end_input(self) -> None:
        """End the input, as Ctrl+D does."""
        self.transcript.step(fact("ends-input", name=self.name))
        self._input_ends = True
        self._settle()
        self.process.end_input()

    def _press_again(self) -> None:
        """Press Ctrl+D for each time that the client may read: a pipe would end every time.

        And with ``readline`` a client finds it only while it waits for a line.
        """
        for _time in range(AGAIN):
            self._settle()
            if not self.process.alive:
                return
            self.process.end_input()

    def _settle(self) -> None:
        clock.wait_still(self.process.sample, READS, cap=1.0, patience=self.dialect.patience)

    def vanish(self, how: str = "") -> None:
        """Kill the client."""
        self.transcript.step(fact("client-killed", name=self.name))
        self.process.kill()

    def count(self, message: str) -> int:
        """How often a message is on the screen, where standard error counts as well."""
        return max(super().count(message), self._count_aside(message))

    def shows_aside(self, message: str) -> bool:
        """Whether a message ends a line of standard error."""
        return self._count_aside(message) > 0

    def count_in(self, message: str) -> None:
        """Take a message that is shown aside, and nowhere else, as one that is on the screen."""
        if self.shows_aside(message) and not self.inbox.contains(message):
            self._aside.clear()
            self._has_counted_in = True
            self.inbox.feed(f"{message}\n".encode())

    @property
    def speaks_aside(self) -> bool:
        """Whether it has shown a message on standard error alone."""
        return self._has_counted_in or not all(map(self.inbox.contains, self._aside))

    def _count_aside(self, message: str) -> int:
        complaints, wanted = self.process.complaints(), message.strip()
        lines = readable(complaints.encode()).decode().split("\n") if complaints else ()
        count = sum(line.rstrip().endswith(wanted) and not RAISED.match(line) for line in lines)
        if count:
            self._aside.add(wanted)
        return count

    def got(self, message: str) -> Fact:
        """The last lines of the output, however they came; or that the message came beside it."""
        if self.inbox.ended:  # what it has complained of may still be on its way
            self.process.wait(self.deadline())
            self.process.hear_out()
        if not self.has(message) and message in self.process.complaints():
            return fact("on-standard-error", text=message)
        return quoted(*self.inbox.text().splitlines()[-3:])

    def await_end(self, failures: EndFailures) -> None:
        """Wait for the client to end with status 0. Raises Failure."""
        if self._input_ends:
            self._press_again()
        deadline = self.deadline(quiet=PARTING)
        status = self.process.wait(deadline)
        if status is None:
            raise Failure(
                fact(failures.stays),
                expected=fact("ends-by-itself"),
                got=fact("still-runs"),
                evidence=[Evidence.QUIET],
            )
        if status != 0:
            raise Failure(
                fact(failures.badly),
                expected=fact("exit-status-0"),
                got=self.process.how_it_ended(),
                evidence=[Evidence.END_OF_STREAM],
            )
        self.evidence.add(Evidence.END_OF_STREAM)

    def close(self) -> None:
        """End the process."""
        self.process.stop()
