"""From a judgement to the result of a check."""

from __future__ import annotations

from msgspec.structs import replace

from grader.assignment import modes
from grader.assignment.variants import Variant
from grader.chat.own.case import Judgement
from grader.grading.outcome import unresolved
from grader.reports.sentences.own import TITLES
from grader.result.check import CheckResult
from grader.result.verdict import Verdict


def result_of(graded: Variant, id_: str, judgement: Judgement, seconds: float) -> CheckResult:
    """The result of one check of one variant."""
    name = id_.removeprefix(f"{graded.name}.")
    blank = unresolved(id_, TITLES[name], modes.OWN)
    return replace(
        blank,
        verdict=judgement.verdict,
        points=blank.max_points if judgement.verdict is Verdict.PASS else 0.0,
        message=judgement.message,
        expected=judgement.expected,
        got=judgement.got,
        evidence=judgement.evidence,
        duration_s=seconds,
        transcript=judgement.transcript,
        point=judgement.point,
    )
