"""What became of one check: its verdict, what was done, expected and got."""

from __future__ import annotations

import msgspec

from grader.assignment.check_ids import check_id
from grader.fact import Fact
from grader.result.verdict import Difference, EventKind, Evidence, Reason, Verdict

# In a transcript: the server, and the client in front of a scripted server. Names are drawn, and
# never one of these.
SERVER, CLIENT = "server", "client"


class Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that happened in a check; ``fence`` marks traffic that only serves as a fence."""

    at: float  # seconds since the check began
    kind: EventKind
    who: str  # a participant's name, SERVER or CLIENT; empty for a step
    text: str  # of what is sent, received, typed or printed: itself, shortened in the middle
    fact: Fact | None  # of everything else: what there is to say about it
    fence: bool


class Point(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The message that a failure is about, and what is wrong with it."""

    kind: Difference
    who: str  # the participant who should have got it, or should not
    text: str


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of a file of the submission."""

    file: str  # "tcp_server.py"
    line: int  # from 1


class CheckResult(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One check of one variant."""

    variant: str  # "tcp" or "udp"
    name: str  # "join-notice"
    title: str  # what the check shows, in English
    task: int  # the task in tasks.md to read again
    roles: tuple[str, ...]  # which files of the submission it runs: "server", "client"
    verdict: Verdict
    points: float
    max_points: float  # 0 for a star
    star: bool
    mandatory: bool
    message: Fact | None  # why it did not pass
    expected: Fact | None
    got: Fact | None
    reason: Reason | None  # of an ERROR
    evidence: tuple[Evidence, ...]
    duration_s: float
    transcript: tuple[Event, ...]  # in order of time
    point: Point | None  # of a failure that is about one message
    place: Place | None  # where the submission's code broke, as far as it says so
    mistake: str  # the classic mistake that shows, by its name; or empty

    @property
    def id(self) -> str:
        """``tcp.join-notice``."""
        return check_id(self.variant, self.name)

    @property
    def steps(self) -> tuple[Fact, ...]:
        """What was done, up to the step that broke."""
        return tuple(e.fact for e in self.transcript if e.kind is EventKind.STEP and e.fact)
