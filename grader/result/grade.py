"""The whole of a grading, as plain data: everything that a report needs and nothing that runs."""

from __future__ import annotations

import msgspec

from grader.fact import Fact
from grader.result.check import CheckResult
from grader.result.verdict import Verdict

SCHEMA_VERSION = 3  # of the JSON; docs/result.schema.json is made from these classes


class VariantResult(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All checks of one variant, with their sums."""

    name: str  # "tcp" or "udp"
    weight: float  # 1.0 or 0.8
    points: float
    max_points: float
    mark: float | None  # None while not every core check has run
    stars: int
    max_stars: int
    mandatory_failed: tuple[str, ...]  # names of mandatory checks that have not passed
    checks: tuple[CheckResult, ...]

    @property
    def is_begun(self) -> bool:
        """Whether there is something of it that could be graded."""
        return any(c.verdict not in (Verdict.TODO, Verdict.SKIP) for c in self.checks)


class SandboxInfo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What kept the submission apart, and what was missing for more."""

    level: str  # "namespaces", "user" or "limits"
    network: str  # "namespace" or "free-port"
    clock: str  # "idle-aware" or "wall"
    files: str  # what closes files: "private" (a mount namespace), "landlock" or "open" (nothing)
    notes: tuple[Fact, ...]  # what was missing, and how to get it


class GradeResult(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole grading of one submission."""

    schema_version: int
    submission: str  # as the user gave it
    seed: int
    duration_s: float
    sandbox: SandboxInfo
    mark: float | None  # the best of the variants; None for a partial run
    full_mark: float  # the highest mark that the rubric has
    variants: tuple[VariantResult, ...]
    notes: tuple[Fact, ...]  # missing files and the like
    interrupted: bool

    @property
    def checks(self) -> tuple[CheckResult, ...]:
        """The checks of all variants."""
        return tuple(check for variant in self.variants for check in variant.checks)

    @property
    def has_error(self) -> bool:
        """Whether any check ended by the grader's own fault, or the machine's."""
        return any(check.verdict is Verdict.ERROR for check in self.checks)
