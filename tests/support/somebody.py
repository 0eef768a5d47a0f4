"""A participant without a connection: what it was sent is fed to it."""

from __future__ import annotations

from collections.abc import Callable

from grader.assignment.protocol import Framing
from grader.chat.dialect import Dialect
from grader.chat.participants.base import Participant
from grader.chat.transcript import Transcript
from grader.sandbox.clock import Deadline
from support import worlds


class Somebody(Participant):
    """A participant without a connection."""

    def __init__(
        self, framing: Framing = Framing.LINES, deadline: Callable[..., Deadline] = worlds.expired
    ):
        super().__init__("alice", Transcript(), deadline, Dialect(), framing)
        self.sent: list[str] = []

    def join(self) -> None:
        """Nothing to join."""

    def send(self, line: str, *, fence: bool = False) -> None:
        del fence
        self.sent.append(line)

    def leave(self) -> None:
        """Nothing to leave."""

    def vanish(self, how: str = "") -> None:
        """Nothing to vanish from."""

    def close(self) -> None:
        """Nothing to close."""
