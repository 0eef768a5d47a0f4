"""From verdicts to points, stars and marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from grader.assignment import rubric
from grader.assignment.rubric import Row
from grader.assignment.variants import VARIANTS, Variant, variant
from grader.result.check import CheckResult
from grader.result.grade import VariantResult
from grader.result.own import OwnProtocol
from grader.result.verdict import Verdict


def variant_result(
    name: str,
    checks: Iterable[CheckResult],
    rows: Sequence[Row] = (),
    own: OwnProtocol | None = None,
) -> VariantResult:
    """Sum up one variant; ``rows`` are those of another rubric than the usual one.

    The mark is ``points * weight``, 0 while a mandatory check has not passed, and
    None while a core check of the rubric is missing from ``checks`` or ended in ERROR
    (its points are not known).
    """
    checks = tuple(checks)
    core = [c for c in checks if not c.star]
    stars = [c for c in checks if c.star]
    points = sum(c.points for c in core)
    graded = variant(name)
    rows = rows or rubric.rows(graded)
    resolved = {c.name for c in core if c.verdict is not Verdict.ERROR}
    complete = all(r.name in resolved for r in rows if not r.star)
    waiting = tuple(c.name for c in core if c.mandatory and c.verdict is not Verdict.PASS)
    mark: float | None = None
    if complete:
        mark = 0.0 if waiting else round(points * graded.weight, 1)
    if own is not None and mark is not None and any(c.verdict is Verdict.OPEN for c in core):
        own = replace(own, most=_most(core, graded))
    return VariantResult(
        name=name,
        weight=graded.weight,
        points=points,
        max_points=sum(r.max_points(graded) for r in rows if not r.star),
        mark=mark,
        stars=sum(c.verdict is Verdict.PASS for c in stars),
        max_stars=sum(r.star for r in rows),
        mandatory_failed=waiting,
        checks=checks,
        own=own,
    )


def _most(core: Sequence[CheckResult], graded: Variant) -> float:
    """The mark if every open check passed."""
    got = {Verdict.PASS, Verdict.OPEN}
    if any(c.mandatory and c.verdict not in got for c in core):
        return 0.0
    return round(sum(c.max_points for c in core if c.verdict in got) * graded.weight, 1)


def submission_mark(variants: Iterable[VariantResult]) -> float | None:
    """The better of the variants' marks; None while any of them is not known.

    One that was declined has none, and does not keep the other one back.
    """
    marks = [v.mark for v in variants if v.own is None or v.own.declined is None]
    if not marks or any(mark is None for mark in marks):
        return None
    return max(mark for mark in marks if mark is not None)


def full_mark() -> float:
    """The highest mark that the rubric has."""
    return max(
        variant.weight * sum(row.max_points(variant) for row in rubric.rows(variant))
        for variant in VARIANTS
    )
