"""What a grading found, as plain data: everything a report needs and nothing that runs.

A :class:`GradeResult` holds a :class:`VariantResult` for each variant, and that one a
:class:`CheckResult` for each check. All of it is frozen and turns into JSON with
:func:`dataclasses.asdict`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

SCHEMA_VERSION = 2  # of the JSON; docs/result.schema.json says when it changes


class Verdict(str, Enum):
    """What is known of one check after a run."""

    PASS = "PASS"
    FAIL = "FAIL"
    TODO = "TODO"  # the skeleton's NotImplementedError was reached: not written yet
    SKIP = "SKIP"  # a check that this one needs did not pass, or a file is missing
    ERROR = "ERROR"  # the grader's own fault; never the student's


class Evidence(str, Enum):
    """How a verdict is known."""

    SEEN = "seen"  # it arrived
    FENCED = "fenced"  # something sent later arrived, this did not
    END_OF_STREAM = "end-of-stream"  # the connection or process ended without it
    QUIET = "quiet"  # the submission was idle for a while without sending it
    STATIC = "static"  # read in the source


@dataclass(frozen=True)
class Event:
    """One thing that happened in a check.

    ``kind`` is ``step`` (what the check does, in words), what somebody does or finds
    (``starts``, ``connects``, ``comes``, ``sends``, ``gets``, ``sees``, ``vanishes``,
    ``types``, ``prints``, ``complains``) or ``omitted``; ``fence`` marks traffic that only
    serves as a fence.
    """

    at: float  # seconds since the check began
    kind: str
    who: str
    text: str  # of what is sent, received, typed or printed: itself, shortened in the middle
    fence: bool = False


@dataclass(frozen=True)
class Point:
    """The message that a failure is about, and what is wrong with it."""

    kind: str  # "missing", "unwanted" or "doubled"
    who: str  # the participant who should have got it, or should not
    text: str


@dataclass(frozen=True)
class Place:
    """A line of a file of the submission."""

    file: str  # "tcp_server.py"
    line: int  # from 1


@dataclass(frozen=True)
class CheckResult:
    """One check of one variant."""

    id: str  # "tcp.join-notice"
    title: str
    task: int  # the task in tasks.md to read again
    verdict: Verdict
    points: float
    max_points: float  # 0 for a star
    star: bool
    mandatory: bool
    message: str = ""  # one sentence; empty on PASS
    steps: tuple[str, ...] = ()  # what was done, up to the step that broke
    expected: str = ""
    got: str = ""
    hint: str = ""
    evidence: tuple[Evidence, ...] = ()
    duration_s: float = 0.0
    transcript: tuple[Event, ...] = ()  # in order of time
    point: Point | None = None  # of a failure that is about one message
    place: Place | None = None  # where the submission's code broke, as far as it says so
    mistake: str = ""  # the classic mistake that shows: a name from grader/result/mistakes.py


@dataclass(frozen=True)
class VariantResult:
    """All checks of one variant, with their sums."""

    name: str  # "tcp" or "udp"
    weight: float  # 1.0 or 0.8
    points: float
    max_points: float
    mark: float | None  # None while not every core check has run
    stars: int
    max_stars: int
    mandatory_failed: tuple[str, ...]  # ids of mandatory checks that have not passed
    checks: tuple[CheckResult, ...]


@dataclass(frozen=True)
class SandboxInfo:
    """What kept the submission apart, and what was missing for more."""

    level: str  # "namespaces", "user" or "limits"
    network: str  # "namespace" or "free-port"
    clock: str  # "idle-aware" or "wall"
    files: str  # what closes files: "private" (a mount namespace), "landlock" or "open" (nothing)
    note: str = ""  # one line for people: what was missing and how to get it


@dataclass(frozen=True)
class GradeResult:
    """The whole grading of one submission."""

    schema_version: int
    submission: str  # as the user gave it
    seed: int
    duration_s: float
    sandbox: SandboxInfo
    mark: float | None  # the best of the variants; None for a partial run
    variants: tuple[VariantResult, ...]
    notes: tuple[str, ...] = ()  # missing files and the like, one line each
    interrupted: bool = False

    @property
    def has_error(self) -> bool:
        """Whether any check ended by the grader's own fault."""
        return any(c.verdict is Verdict.ERROR for v in self.variants for c in v.checks)
