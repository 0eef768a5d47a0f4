"""``results.json`` for Gradescope, every field of its autograder specification that applies.

The score of the whole is the mark: the better of the variants, each with its weight. The
tests show the points of each check beside it; they do not add up to the mark. No test is
hidden, since hiding one would hide the total. When the grader itself failed there is no
score at all: Gradescope then says that the autograder failed, and nobody gets a 0 for it.
"""

from __future__ import annotations

import json
from typing import Any

from grader.language import _
from grader.reports.escape import visible
from grader.reports.explanation import title
from grader.reports.formats.plain import details, summary
from grader.result.check import CheckResult
from grader.result.grade import GradeResult
from grader.result.verdict import Verdict

VISIBILITIES = ("visible", "hidden", "after_due_date", "after_published")


def dumps(result: GradeResult, stdout_visibility: str = "hidden") -> str:
    """Return the result as JSON text.

    ``stdout_visibility`` says who may see what the autograder itself has printed: one of
    VISIBILITIES. Raises ValueError for another.
    """
    if stdout_visibility not in VISIBILITIES:
        expected = ", ".join(VISIBILITIES)
        raise ValueError(f"stdout_visibility: expected one of {expected}, got {stdout_visibility}")
    document: dict[str, Any] = {
        "execution_time": round(result.duration_s),
        "output": "\n".join(summary(result)),
        "output_format": "text",
        "visibility": "visible",
        "stdout_visibility": stdout_visibility,
        "extra_data": {"seed": result.seed, "full_mark": result.full_mark},
    }
    if result.mark is not None:
        document["score"] = result.mark
        document["tests"] = [_test(result, check) for check in result.checks]
    return json.dumps(document, indent=2, allow_nan=False) + "\n"


def _test(result: GradeResult, check: CheckResult) -> dict[str, Any]:
    """One check. A star has neither points nor a most, which would count as ungraded: 0 of 0."""
    passed = check.verdict is Verdict.PASS
    lines = [f"{check.verdict.value}  {visible(title(check))}", *details(result, check)]
    return {
        "score": check.points,
        "max_score": check.max_points,
        "status": "passed" if passed else "failed",
        "name": f"{check.variant}: {_name(check)}",
        "name_format": "text",
        "number": f"{check.task}",
        "output": "\n".join(lines),
        "output_format": "text",
        "tags": [check.variant, *(["star"] if check.star else []), check.verdict.value.lower()],
        "visibility": "visible",
    }


def _name(check: CheckResult) -> str:
    return _("{name} (star)").format(name=check.name) if check.star else check.name
