"""What a forked child answers when it has done its piece of work."""

from __future__ import annotations

from msgspec import Struct

from grader.assignment.variants import Role
from grader.chat.dialect import Dialect
from grader.chat.played import Played
from grader.fact import Fact, fact
from grader.grading.looking import Found
from grader.result import codec
from grader.result.check import CheckResult
from grader.result.verdict import Reason


class Fault(Struct, tag=True, frozen=True):
    """The grader's own fault, or the machine's."""

    reason: Reason
    message: Fact


class Learnt(Struct, tag=True, frozen=True):
    """What the probe of a program has found out; for a client the server's may be played too."""

    dialect: Dialect
    roles: tuple[Role, ...]


class Scene(Struct, tag=True, frozen=True):
    """What playing a scenario has left behind."""

    played: Played
    found: Found | None
    remarks: tuple[Fact, ...]


class Judged(Struct, tag=True, frozen=True):
    """What became of a check with a world of its own."""

    result: CheckResult
    remarks: tuple[Fact, ...]


Answer = Learnt | Scene | Judged | Fault


def decoded(answer: bytes) -> Answer:
    """What a child has answered; its early end is a fault."""
    why = fact("said-nothing")  # where it ended early
    if answer:
        try:
            return codec.decode(answer, Answer)
        except ValueError as error:
            why = fact("verbatim", text=str(error))
    return Fault(Reason.WORKER, fact("worker-ended", reason=why))
