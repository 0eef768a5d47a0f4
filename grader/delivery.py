"""One message, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from grader.failure import Failure
from grader.participants.base import Participant
from grader.verdict import Evidence, Point


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
                raise Failure(
                    f"{why} ({name})",
                    expected=repr(self.line) + (" exactly once" if exactly else ""),
                    got="nothing" if count == 0 else f"it came {count} times",
                    hint=hint,
                    evidence=[self.evidence if count == 0 else Evidence.SEEN],
                    point=Point("missing" if count == 0 else "doubled", name, self.line),
                )
