"""Results that no grading has found, and what finds them at once."""

from __future__ import annotations

from typing import Any

from msgspec.structs import replace

from grader.assignment import rubric
from grader.assignment.variants import TCP
from grader.fact import Argument, Fact, fact
from grader.grading.outcome import unresolved
from grader.grading.request import Request
from grader.result.check import CheckResult, Event
from grader.result.grade import SCHEMA_VERSION, GradeResult, SandboxInfo, VariantResult
from grader.result.verdict import EventKind, Reason, Verdict


def check_result(id_: str, verdict: Verdict = Verdict.PASS, **fields: Any) -> CheckResult:
    """What one check of the rubric may have found."""
    made = unresolved(id_, "A check.")
    reason = Reason.GRADER if verdict is Verdict.ERROR else None
    points = made.max_points if verdict is Verdict.PASS else 0.0
    return replace(made, **{"verdict": verdict, "points": points, "reason": reason, **fields})


def step(code: str, **arguments: Argument) -> Event:
    """A step of a check."""
    return happened(EventKind.STEP, fact=fact(code, **arguments))


def happened(
    kind: EventKind,
    who: str = "",
    text: str = "",
    *,
    fact: Fact | None = None,
    at: float = 0.0,
    fence: bool = False,
) -> Event:
    """An event of a transcript."""
    return Event(at, kind, who, text, fact, fence)


def grade_result(*checks: CheckResult, mark: float | None = 100.0, **fields: Any) -> GradeResult:
    """What a grading of the TCP variant may have found."""
    over_tcp = VariantResult(
        name=TCP.name,
        weight=TCP.weight,
        points=sum(c.points for c in checks),
        max_points=100,
        mark=mark,
        stars=0,
        max_stars=len([row for row in rubric.rows(TCP) if row.star]),
        mandatory_failed=(),
        checks=checks,
        own=None,
    )
    made = {
        "schema_version": SCHEMA_VERSION,
        "submission": "lab4",
        "seed": 1,
        "duration_s": 1.0,
        "sandbox": SandboxInfo("limits", "namespace", "idle-aware", "landlock", ()),
        "mark": mark,
        "full_mark": 100.0,
        "variants": (over_tcp,),
        "notes": (),
        "interrupted": False,
    }
    return GradeResult(**made | fields)


FULL = grade_result(check_result("tcp.starts"))
FAILED = grade_result(check_result("tcp.starts", Verdict.FAIL, message=fact("server-not-started")))


class Graded:
    """Takes the place of the grading: keeps the request, and returns a made-up result."""

    def __init__(self) -> None:
        self.result = FULL
        self.request: Request | None = None

    def __call__(self, request: Request, progress: object, stop: object) -> GradeResult:
        self.request = request
        return self.result
