"""One message, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from grader.chat.failure import Failure
from grader.chat.participants.base import Participant
from grader.language import _, ngettext
from grader.result.check import Point
from grader.result.verdict import Evidence


def came_times(count: int) -> str:
    """How often something has come that should have come once."""
    return ngettext("it came {count} time", "it came {count} times", count).format(count=count)


@dataclass
class Delivery:
    """One message, sent by one participant, and what became of it."""

    line: str
    sender: Participant
    counts: dict[str, int] = field(default_factory=dict)  # by the receiver's name
    evidence: Evidence = Evidence.QUIET  # how a missing one is known to be missing

    def expect_everywhere(self, why: str, *, hint: str = "", exactly: bool = False) -> None:
        """Raise Failure unless everyone else got it (exactly once, if asked)."""
        for name, count in self.counts.items():
            if count == 0 or (exactly and count > 1):
                line = repr(self.line)
                raise Failure(
                    f"{why} ({name})",
                    expected=_("{text} exactly once").format(text=line) if exactly else line,
                    got=_("nothing") if count == 0 else came_times(count),
                    hint=hint,
                    evidence=[self.evidence if count == 0 else Evidence.SEEN],
                    point=Point("missing" if count == 0 else "doubled", name, self.line),
                )
