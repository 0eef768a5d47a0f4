"""What became of one check: its verdict, what was done, expected and got."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from grader.assignment.check_ids import check_id
from grader.fact import Fact
from grader.result.verdict import Difference, EventKind, Evidence, Reason, Verdict

# It stands in ids, in commands and in file names.
Name = Annotated[str, Meta(pattern="^[a-z0-9]+(-[a-z0-9]+)*$")]

# In a transcript: the server, and the client in front of a scripted server. Names are drawn, and
# never one of these.
SERVER, CLIENT = "server", "client"


class Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that happened in a check."""

    at: Annotated[float, Meta(description="seconds since the check began", ge=0)]
    kind: EventKind
    who: Annotated[
        str,
        Meta(description='a participant, "server" or "client"; empty for an event of nobody'),
    ]
    text: Annotated[
        str,
        Meta(
            description="what was sent, received, typed or printed, shortened in the middle; "
            "empty for everything else"
        ),
    ]
    fact: Annotated[Fact | None, Meta(description="what happened, for all other events")]
    fence: Annotated[bool, Meta(description="whether this belongs to a fence")]


class Point(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The message that a failure is about, and what is wrong with it."""

    kind: Difference
    who: Annotated[str, Meta(description="the participant who should have got it, or should not")]
    text: Annotated[str, Meta(description="the message")]


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A line of a file of the submission."""

    file: Annotated[str, Meta(description='its name, such as "tcp_server.py"')]
    line: Annotated[int, Meta(description="its number, from 1", ge=1)]


class Raised(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An exception that has ended a thread of the submission, as its output says."""

    place: Annotated[
        Place | None,
        Meta(description="the line of the submission's that raised it, or called what did"),
    ]
    code: Annotated[str, Meta(description="that line, shortened; empty without a place")]
    error: Annotated[str, Meta(description='its type, such as "NameError"')]
    text: Annotated[str, Meta(description="its message, the first line of it, shortened")]
    thread: Annotated[str, Meta(description="the thread that it ended; empty for the first one")]
    traceback: Annotated[str, Meta(description="all that was said of it, shortened")]


class Standing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where a thread of the submission stood when something was missing."""

    thread: Annotated[str, Meta(description='its name; "MainThread" for the first one')]
    place: Annotated[Place, Meta(description="the innermost line of the submission's own")]
    code: Annotated[str, Meta(description="that line, shortened")]


class CheckResult(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One check of one variant: its id is the variant, a dot and the name."""

    variant: Annotated[Name, Meta(description='"tcp" or "udp"')]
    name: Annotated[Name, Meta(description='what the rubric calls it, such as "join-notice"')]
    title: Annotated[str, Meta(description="what the check shows, in English")]
    task: Annotated[int, Meta(description="the task in tasks.md to read; 0 for none", ge=0)]
    roles: Annotated[
        tuple[str, ...],
        Meta(description='the programs that it runs: "server", "client"', min_length=1),
    ]
    verdict: Verdict
    points: Annotated[float, Meta(description="what it earned", ge=0)]
    max_points: Annotated[float, Meta(description="what it can earn; 0 for a star", ge=0)]
    star: Annotated[bool, Meta(description="whether it earns a star and no points")]
    mandatory: Annotated[bool, Meta(description="whether the mark is 0 until it has passed")]
    message: Annotated[Fact | None, Meta(description="why it did not pass")]
    expected: Annotated[Fact | None, Meta(description="what the check expected")]
    got: Annotated[Fact | None, Meta(description="what it got instead")]
    reason: Annotated[Reason | None, Meta(description="the reason of an ERROR")]
    evidence: Annotated[tuple[Evidence, ...], Meta(description="how the verdict is known")]
    duration_s: Annotated[float, Meta(description="how long it took, in seconds", ge=0)]
    transcript: Annotated[tuple[Event, ...], Meta(description="all events, in order of time")]
    point: Annotated[
        Point | None, Meta(description="the message that the failure is about, if it is one")
    ]
    place: Annotated[
        Place | None,
        Meta(description="the line of the submission to look at, if one is known"),
    ]
    raised: Annotated[
        tuple[Raised, ...],
        Meta(description="what has ended threads of it, what is likely to have begun it first"),
    ]
    standing: Annotated[
        tuple[Standing, ...],
        Meta(description="where its threads stood, if something was missing and it still ran"),
    ]
    cause: Annotated[
        Fact | None,
        Meta(description="the cause, where the source and the threads show it beyond doubt"),
    ]
    mistake: Annotated[
        str, Meta(description="the name of the classic mistake that the failure shows; or empty")
    ]

    @property
    def id(self) -> str:
        """``tcp.join-notice``."""
        return check_id(self.variant, self.name)

    @property
    def steps(self) -> tuple[Fact, ...]:
        """What was done, up to the step that broke."""
        return tuple(e.fact for e in self.transcript if e.kind is EventKind.STEP and e.fact)
