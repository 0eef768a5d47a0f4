"""``python -m grader PATH``: one grading, its result where it is to go, and its exit status."""

from __future__ import annotations

from argparse import Namespace

from grader import reports
from grader.cli import last_run, output
from grader.cli.exit_status import OF_REASON, ExitStatus
from grader.cli.progress import grade
from grader.grading.request import Request
from grader.result.grade import GradeResult


def run(options: Namespace, request: Request, outputs: list[tuple[str, str]]) -> int:
    """Grade, and report the result. Raises NotWritten where that is not possible."""
    reports.prepare(format for format, path in outputs if (format, path) != ("table", ""))
    result = grade(request)
    # Only people want to know what has changed: the other formats store nothing.
    cached = ("table", "") in outputs and not options.no_cache
    before = last_run.recall(request) if cached else {}
    if cached:
        last_run.remember(request, last_run.merged(before, result))
    output.write_all(result, outputs, options, before)
    return status(result, options.fail_under)


def status(result: GradeResult, fail_under: float | None) -> int:
    """The exit status that says how the grading went."""
    reasons = [check.reason for check in result.checks if check.reason]
    if reasons:
        return max(OF_REASON[reason] for reason in reasons)
    if result.interrupted:
        return ExitStatus.INTERRUPTED
    if fail_under is not None and (result.mark is None or result.mark < fail_under):
        return ExitStatus.BELOW
    return ExitStatus.GRADED
