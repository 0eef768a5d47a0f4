"""What a grading found, as plain data: everything a report needs and nothing that runs.

A :class:`GradeResult` holds a :class:`VariantResult` for each variant, and that one a
:class:`CheckResult` for each check. All of it is frozen and turns into JSON with
:func:`dataclasses.asdict`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


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
    transcript: tuple[str, ...] = ()  # rendered lines, in order of time


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
