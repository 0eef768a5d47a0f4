"""The interface that all participants of a chat share."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

from grader.assignment import protocol
from grader.assignment.protocol import WELCOME, Framing
from grader.chat.dialect import Dialect
from grader.chat.failure import Failure
from grader.chat.inbox import Inbox
from grader.chat.transcript import Transcript
from grader.chat.unwritten import is_altered
from grader.fact import Fact, fact, quoted
from grader.result.check import Point
from grader.result.verdict import Difference, Evidence
from grader.sandbox.clock import Deadline

# Seconds: a program that has just been started may sleep before it does anything.
STARTING = {"quiet": 1.5, "wall": 10.0}
PARTING = 3.0  # seconds: a client may wait for two of them for the server to close
CLOSING = {"quiet": 0.3, "budget": 1.0}  # seconds: how long to wait for a server to close


# How a stream ends, as its inbox says it.
THEN_ENDED = {
    "closed": "then-closed",
    "reset": "then-reset",
    "ended": "then-ended",
}


class Participant(ABC):
    """Somebody in a chat, under an unguessable name."""

    def __init__(
        self,
        name: str,
        transcript: Transcript,
        deadline: Callable[..., Deadline],
        dialect: Dialect,
        framing: Framing = Framing.LINES,
    ) -> None:
        self.name = name
        self.dialect = dialect
        self.inbox = Inbox(framing)
        self.transcript = transcript
        self.deadline = deadline
        self.evidence: set[Evidence] = set()
        self._nevers: list[str] = []

    # What a participant does.

    @abstractmethod
    def join(self) -> None:
        """Join under this name. Raises Failure when that is not possible."""

    def await_welcome(self) -> bool:
        """Wait for the whole welcome, unless this server is known not to send it."""
        if self.dialect.welcomes is False:
            return False
        came = self.inbox.wait(lambda: all(self.has(w) for w in WELCOME), self.deadline())
        if self.dialect.welcomes is None:
            self.dialect.welcomes = came
        return came

    def be_welcomed(self) -> None:
        """Wait for the welcome. Raises Failure when others of this submission have had one."""
        usual = self.dialect.welcomes
        if not self.await_welcome() and usual:
            raise self.not_let_in(WELCOME[0])

    def not_let_in(self, expected: str) -> Failure:
        """The failure when others were let in and this one is not."""
        return Failure(
            fact("not-let-in", name=self.name),
            expected=fact("text", text=expected),
            got=self.got(expected),
            evidence=[Evidence.END_OF_STREAM if self.inbox.ended else Evidence.QUIET],
            wrong=is_altered(expected, self.inbox.messages()),
        )

    @abstractmethod
    def send(self, line: str, *, fence: bool = False) -> None:
        """Send one message as it stands."""

    def say(self, text: str, *, fence: bool = False) -> str:
        """Say something; returns the message that the others should get."""
        line = protocol.message(self.name, text)
        if not fence:
            step = fact("says", name=self.name, text=text)
            self.transcript.step(step)
        self.send(line, fence=fence)
        return line

    @property
    def goodbye(self) -> str:
        """The leave notice of this participant."""
        return protocol.left(self.name)

    @abstractmethod
    def leave(self) -> None:
        """Leave with a leave notice."""

    @abstractmethod
    def vanish(self, how: str = "") -> None:
        """Vanish without a leave notice."""

    @abstractmethod
    def close(self) -> None:
        """Give back sockets, threads and processes."""

    def send_no_more(self) -> None:
        """Tell the other side that nothing more will come, as far as that is possible."""

    def read_to_end(self, deadline: Deadline) -> None:
        """Read on until nothing can come any more, as far as that is possible."""

    # What a participant was sent.

    def count(self, message: str) -> int:
        """How often this message has arrived."""
        return self.inbox.count(message)

    def has(self, message: str) -> bool:
        """Whether this message has arrived."""
        return self.count(message) > 0

    def await_message(self, message: str, deadline: Deadline) -> bool:
        """Wait for a message; False when it did not come in time."""
        return self.inbox.wait(lambda: self.has(message), deadline)

    def expect(
        self, message: str, *, why: Fact | None = None, within: Deadline | None = None
    ) -> None:
        """Wait for a message. Raises Failure when it does not come."""
        deadline = within or self.deadline()
        if self.await_message(message, deadline):
            self.evidence.add(Evidence.SEEN)
            return
        raise Failure(
            why or fact("message-missing", name=self.name),
            expected=fact("text", text=message),
            got=self.got(message),
            evidence=[self.absence(deadline)],
            point=Point(Difference.MISSING, self.name, message),
            wrong=is_altered(message, self.inbox.messages()),
        )

    def never_got(self, message: str, *, why: Fact | None = None) -> None:
        """Assert that a message has not arrived. The check looks again after the last byte."""
        self._nevers.append(message)
        if self.has(message):
            raise Failure(
                why or fact("message-unwanted", name=self.name),
                expected=fact("nothing-like", text=message, name=self.name),
                got=fact("text", text=message),
                evidence=[Evidence.SEEN],
                point=Point(Difference.UNWANTED, self.name, message),
            )
        self.evidence.add(Evidence.FENCED)

    @property
    def watches(self) -> bool:
        """Whether there is anything that must never come."""
        return bool(self._nevers)

    def look_again(self) -> None:
        """After the last byte, check again that what must not arrive has not arrived."""
        for message in tuple(dict.fromkeys(self._nevers)):
            self.never_got(message, why=fact("message-late", name=self.name))

    def got(self, message: str) -> Fact:
        """What arrived instead of a message: the nearest ones, else the last few."""
        received = self.inbox.messages()
        wanted = message.strip()
        tail = self.inbox.tail() if self.inbox.framing is Framing.LINES else ""
        shown = [m for m in received if wanted and wanted in m]
        with_tail = bool(wanted) and wanted in tail
        if not shown and not with_tail:
            shown, with_tail = received, bool(tail)
        came = _with_tail(shown[-2:], tail) if with_tail else quoted(*shown[-3:])
        return fact(THEN_ENDED[self.inbox.ended], came=came) if self.inbox.ended else came

    def absence(self, deadline: Deadline) -> Evidence:
        """The evidence that nothing arrived."""
        over = self.inbox.ended or deadline.reason == "ended"
        return Evidence.END_OF_STREAM if over else Evidence.QUIET


def _with_tail(texts: list[str], tail: str) -> Fact:
    if not texts:
        return fact("without-newline", text=tail)
    return fact("texts-without-newline", texts=tuple(texts), text=tail)
