"""From a stored result to the marks of a class: by its rules, with what a teacher decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from grader.assignment.check_ids import check_id
from grader.classroom import rules as by
from grader.classroom.people import Decision
from grader.classroom.rules import Rules
from grader.fact import fact
from grader.result.check import CheckResult
from grader.result.grade import GradeResult, VariantResult
from grader.result.verdict import Verdict


def marked(
    result: GradeResult,
    rules: Rules,
    decisions: Sequence[Decision] = (),
    better: Mapping[str, CheckResult] | None = None,
) -> GradeResult:
    """The result with points and marks anew.

    ``better`` are checks, by their ids, that came out better when they were played again. What a
    teacher decided about a check counts whatever was found; a decision about the mark is left to
    the caller.
    """
    decided = {one.check: one for one in decisions if one.check}
    variants = tuple(_variant(variant, rules, decided, better or {}) for variant in result.variants)
    # A variant that was declined has no mark, and does not keep the other one back.
    counted = [v for v in variants if v.own is None or v.own.declined is None]
    marks = [variant.mark for variant in counted if variant.mark is not None]
    known = len(marks) == len(counted)
    full = max((by.weight(rules, v.name, v.weight) * by.SUM for v in result.variants), default=0.0)
    return replace(
        result,
        variants=variants,
        mark=max(marks) if marks and known else None,
        full_mark=max(full, 1.0) if rules.weights else result.full_mark,
    )


def _variant(
    variant: VariantResult,
    rules: Rules,
    decided: Mapping[str, Decision],
    better: Mapping[str, CheckResult],
) -> VariantResult:
    played = (better.get(check.id, check) for check in variant.checks)
    checks = tuple(_check(check, rules, decided.get(check.id)) for check in played)
    core = [check for check in checks if not check.star]
    waiting = tuple(c.name for c in core if c.mandatory and c.verdict is not Verdict.PASS)
    weight = by.weight(rules, variant.name, variant.weight)
    points = round(sum(check.points for check in core), 2)
    open_ids = [check_id(variant.name, c.name) for c in core if c.verdict is Verdict.ERROR]
    complete = not open_ids and (variant.mark is not None or _has_errors(variant))
    mark = (0.0 if waiting else round(points * weight, 1)) if complete else None
    return replace(
        variant,
        weight=weight,
        points=points,
        max_points=sum(check.max_points for check in core),
        mark=mark,
        stars=sum(c.verdict is Verdict.PASS for c in checks if c.star),
        mandatory_failed=waiting,
        checks=checks,
        own=variant.own and replace(variant.own, most=_most(core, weight, mark)),
    )


def _most(core: Sequence[CheckResult], weight: float, mark: float | None) -> float | None:
    """The mark if every check passed that is still open; None where there is none."""
    if mark is None or not any(c.verdict is Verdict.OPEN for c in core):
        return None
    got = {Verdict.PASS, Verdict.OPEN}
    if any(c.mandatory and c.verdict not in got for c in core):
        return 0.0
    points = sum(c.max_points if c.verdict is Verdict.OPEN else c.points for c in core)
    return round(points * weight, 1)


def _has_errors(variant: VariantResult) -> bool:
    """Whether there was no mark for errors alone, which may be decided by now."""
    return any(c.verdict is Verdict.ERROR for c in variant.checks)


def _check(check: CheckResult, rules: Rules, decision: Decision | None) -> CheckResult:
    most = by.max_points(rules, {check.id: check.max_points})[check.id]
    share = check.points / check.max_points if check.max_points else 0.0
    share = 1.0 if check.verdict is Verdict.PASS else share
    made = replace(
        check,
        points=round(share * most, 2),
        max_points=most,
        mandatory=by.is_mandatory(rules, check.id, check.mandatory),
    )
    if decision is None:
        return made
    full = decision.value >= most if not check.star else decision.value > 0
    return replace(
        made,
        verdict=Verdict.PASS if full else Verdict.FAIL,
        points=0.0 if check.star else min(decision.value, most),
        reason=None,
        message=fact("decided", reason=decision.reason, value=decision.value),
        mistake="",
        cause=None,
    )
