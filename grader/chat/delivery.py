"""One message, and who got it."""

from __future__ import annotations

from dataclasses import dataclass, field

from grader.chat.failure import Failure
from grader.chat.participants.base import Participant
from grader.fact import Fact, fact
from grader.result.check import Point
from grader.result.verdict import Difference, Evidence


def came_times(count: int) -> Fact:
    """How often something arrived that should have arrived once."""
    return fact("came-times", count=count)


def _got(name: str, count: int) -> Fact:
    return fact("got-times", name=name, count=count) if count else fact("got-nothing", name=name)


@dataclass
class Delivery:
    """One message, sent by one participant, and who got it."""

    line: str
    sender: Participant
    counts: dict[str, int] = field(default_factory=dict)  # by the receiver's name
    evidence: Evidence = Evidence.QUIET  # how a missing one is known to be missing
    altered: set[str] = field(default_factory=set)  # the receivers to whom it came as another text

    def expect_everywhere(self, why: Fact, *, exactly: bool = False) -> None:
        """Raise Failure unless everyone else got it (exactly once, if asked)."""
        for name, count in self.counts.items():
            if count == 0 or (exactly and count > 1):
                raise Failure(
                    why,
                    expected=fact("exactly-once" if exactly else "text", text=self.line),
                    got=_got(name, count),
                    evidence=[self.evidence if count == 0 else Evidence.SEEN],
                    point=Point(
                        Difference.DOUBLED if count else Difference.MISSING, name, self.line
                    ),
                    wrong=name in self.altered,
                )
