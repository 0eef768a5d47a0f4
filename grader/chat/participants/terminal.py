"""A student's client, driven through its standard input and output."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from grader.assignment import protocol
from grader.assignment.protocol import Framing
from grader.chat.dialect import Profile
from grader.chat.failure import Failure
from grader.chat.participants.base import Participant
from grader.chat.program import Program
from grader.chat.transcript import Transcript
from grader.language import N_, _
from grader.result.verdict import Evidence
from grader.sandbox.box import Site
from grader.sandbox.clock import Deadline


class Ending(NamedTuple):
    """What a client is to end after, and what a failure says if it does not, or ends badly."""

    stays: str
    badly: str


LEAVE = Ending(
    N_("the client did not end after `leave`"), N_("the client ended badly after `leave`")
)
END_OF_FILE = Ending(
    N_("the client did not end after end-of-file"), N_("the client ended badly after end-of-file")
)
END_FOR_NAME = Ending(
    N_("the client did not end after end-of-file in place of a name"),
    N_("the client ended badly after end-of-file in place of a name"),
)


class Terminal(Participant):
    """Somebody who sits at a terminal in which the student's client runs.

    What counts as a message here is its unguessable text anywhere in the output.
    """

    def __init__(
        self,
        name: str,
        script: Path,
        arguments: list[str],
        site: Site,
        transcript: Transcript,
        deadline: Callable[..., Deadline],
        profile: Profile,
    ) -> None:
        super().__init__(name, transcript, deadline, profile, Framing.RAW)
        transcript.step(_("{name} starts the client").format(name=name))
        transcript.add("starts", name, _("the client"))
        self.process = Program(
            script,
            arguments,
            site,
            who=f"{name}'s client",
            transcript=transcript,
            heard=self.inbox.feed,
            ended=lambda: self.inbox.end("ended"),
        )

    def join(self) -> None:
        """Type the name."""
        self.transcript.step(_("{name} types their name").format(name=self.name))
        self.send(protocol.name_reply(self.name))

    def say(self, text: str, *, fence: bool = False) -> str:
        """Type a text; returns the message that the others should get."""
        if not fence:
            step = _("{name} types {text}").format(name=self.name, text=repr(text))
            self.transcript.step(step)
        self.send(text, fence=fence)
        return protocol.message(self.name, text)

    def send(self, line: str, *, fence: bool = False) -> None:
        """Type one line."""
        self.transcript.add("types", self.name, line, fence=fence)
        self.process.type(line)

    def leave(self) -> None:
        """Type ``leave``."""
        self.transcript.step(_("{name} types 'leave'").format(name=self.name))
        self.send("leave")

    def end_input(self) -> None:
        """End the input, as Ctrl+D does."""
        self.transcript.step(_("{name} ends the input (end-of-file)").format(name=self.name))
        self.process.end_input()

    def vanish(self, how: str = "") -> None:
        """Kill the client."""
        self.transcript.step(_("{name}'s client is killed").format(name=self.name))
        self.process.kill()

    def got(self, message: str) -> str:
        """The last lines of the output, however they came."""
        del message
        shown = [repr(line) for line in self.inbox.text().splitlines()[-3:]]
        return ", ".join(shown) or _("nothing")

    def await_end(self, ending: Ending) -> None:
        """Wait for the client to end with status 0. Raises Failure."""
        deadline = self.deadline()
        status = self.process.wait(deadline)
        if status is None:
            raise Failure(
                _(ending.stays),
                expected=_("the process ends by itself, with status 0"),
                got=_("it still runs"),
                hint=_(
                    "closing a socket does not wake a thread that is blocked in recv: "
                    "shut the socket down first, or make that thread a daemon"
                ),
                evidence=[Evidence.QUIET],
            )
        if status != 0:
            raise Failure(
                _(ending.badly),
                expected=_("exit status 0"),
                got=self.process.how_it_ended(),
                evidence=[Evidence.END_OF_STREAM],
            )
        self.evidence.add(Evidence.END_OF_STREAM)

    def close(self) -> None:
        """End the process."""
        self.process.stop()
