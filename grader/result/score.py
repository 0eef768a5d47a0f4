"""From verdicts to points, stars and marks."""

from __future__ import annotations

from collections.abc import Iterable

from grader.assignment import rubric
from grader.assignment.variants import VARIANTS, variant
from grader.result.check import CheckResult
from grader.result.grade import VariantResult
from grader.result.verdict import Verdict


def variant_result(name: str, checks: Iterable[CheckResult]) -> VariantResult:
    """Sum up one variant.

    The mark is ``points * weight``, 0 while a mandatory check has not passed, and
    None while a core check of the rubric is missing from ``checks`` or ended in ERROR
    (its points are not known).
    """
    checks = tuple(checks)
    core = [c for c in checks if not c.star]
    stars = [c for c in checks if c.star]
    points = sum(c.points for c in core)
    graded = variant(name)
    rows = rubric.rows(graded)
    resolved = {c.name for c in core if c.verdict is not Verdict.ERROR}
    complete = all(r.name in resolved for r in rows if not r.star)
    waiting = tuple(c.name for c in core if c.mandatory and c.verdict is not Verdict.PASS)
    mark: float | None = None
    if complete:
        mark = 0.0 if waiting else round(points * graded.weight, 1)
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
    )


def submission_mark(variants: Iterable[VariantResult]) -> float | None:
    """The better of the variants' marks; None while any of them is not known."""
    marks = [v.mark for v in variants]
    if not marks or any(mark is None for mark in marks):
        return None
    return max(mark for mark in marks if mark is not None)


def full_mark() -> float:
    """The highest mark that the rubric has."""
    return max(
        variant.weight * sum(row.max_points(variant) for row in rubric.rows(variant))
        for variant in VARIANTS
    )
