"""The whole of a grading, as plain data: everything that a report needs and nothing that runs."""

from __future__ import annotations

from typing import Annotated, Final, Literal

import msgspec
from msgspec import Meta

from grader.fact import Fact
from grader.result.check import CheckResult, Name
from grader.result.own import OwnProtocol
from grader.result.verdict import Verdict

# It changes when a field changes its meaning or goes away; docs/result.schema.json is made from
# these classes.
SCHEMA_VERSION: Final = 3


class VariantResult(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All checks of one variant, with their sums."""

    name: Annotated[Name, Meta(description='"tcp" or "udp"')]
    weight: Annotated[float, Meta(description="the mark is the points times this", ge=0)]
    points: Annotated[
        float, Meta(description="points earned, even if a mandatory check has not passed", ge=0)
    ]
    max_points: Annotated[float, Meta(description="points of all core checks of the rubric", ge=0)]
    mark: Annotated[
        float | None,
        Meta(
            description="points times weight, 0 while a mandatory check has not passed; "
            "null while not every core check has its verdict"
        ),
    ]
    stars: Annotated[int, Meta(description="number of stars that have passed", ge=0)]
    max_stars: Annotated[int, Meta(description="number of stars in the rubric", ge=0)]
    mandatory_failed: Annotated[
        tuple[Name, ...], Meta(description="names of mandatory checks that have not passed")
    ]
    checks: Annotated[
        tuple[CheckResult, ...],
        Meta(description="the checks that were asked for and have ended"),
    ]
    own: Annotated[
        OwnProtocol | None,
        Meta(description="how it was graded if it is a chat of its own protocol"),
    ]

    @property
    def is_begun(self) -> bool:
        """Whether there is something of it that could be graded."""
        return any(c.verdict not in (Verdict.TODO, Verdict.SKIP) for c in self.checks)


class SandboxInfo(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What kept the submission apart, and what was missing for more."""

    level: Annotated[str, Meta(description='"namespaces", "user" or "limits"')]
    network: Annotated[str, Meta(description='"namespace" or "free-port"')]
    clock: Annotated[str, Meta(description='the clock of the deadlines: "idle-aware" or "wall"')]
    files: Annotated[
        str,
        Meta(
            description='what protects files: "private" (a mount namespace), "landlock" or '
            '"open" (nothing)'
        ),
    ]
    notes: Annotated[
        tuple[Fact, ...], Meta(description="what was missing for a better level, and how to get it")
    ]


class GradeResult(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole grading of one submission."""

    schema_version: Annotated[Literal[3], Meta(description="the version of this format")]
    submission: Annotated[str, Meta(description="as the user gave it")]
    seed: Annotated[int, Meta(description="the seed of names and texts")]
    duration_s: Annotated[float, Meta(description="how long it took, in seconds", ge=0)]
    sandbox: SandboxInfo
    mark: Annotated[
        float | None,
        Meta(description="the best of the variants; null while it is not known"),
    ]
    full_mark: Annotated[float, Meta(description="the highest mark of the rubric", ge=0)]
    variants: Annotated[
        tuple[VariantResult, ...], Meta(description="the variants that were graded")
    ]
    notes: Annotated[tuple[Fact, ...], Meta(description="notes, such as a missing file")]
    interrupted: Annotated[bool, Meta(description="whether it was stopped before its end")]

    @property
    def checks(self) -> tuple[CheckResult, ...]:
        """The checks of all variants."""
        return tuple(check for variant in self.variants for check in variant.checks)

    @property
    def most(self) -> float | None:
        """The mark if every OPEN check passed; None where there is no such check, or no mark."""
        most = [v.own.most for v in self.variants if v.own and v.own.most is not None]
        return max((m for m in most if self.mark is not None and m > self.mark), default=None)

    @property
    def has_error(self) -> bool:
        """Whether any check ended by the grader's own fault, or the machine's."""
        return any(check.verdict is Verdict.ERROR for check in self.checks)
