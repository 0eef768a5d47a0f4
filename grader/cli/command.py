"""What ``python -m grader`` does: list the checks, grade on each save, or grade once."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence

from grader import reports
from grader.assignment import rubric
from grader.assignment.check_ids import check_id
from grader.cli import arguments, last_run, output, printable, show, watch
from grader.cli.exit_status import OF_REASON, ExitStatus
from grader.cli.progress import grade
from grader.fact import FactError
from grader.grading.options import chosen_variants, request_of
from grader.grading.request import Request
from grader.grading.titles import titles
from grader.language import _
from grader.reports.sentences import say
from grader.reports.wording import points
from grader.result.grade import GradeResult


def run(words: Sequence[str] | None) -> int:
    """Read the arguments and do what they ask for; returns the exit status."""
    words = sys.argv[1:] if words is None else words
    asked = printable.use(arguments.language_of(words))
    if show.wanted(words):
        return show.run(words[1:], asked)
    parser = arguments.parser()
    options = parser.parse_args(words)
    try:
        arguments.agree(options)
    except ValueError as error:
        parser.error(str(error))
    if options.list:
        printable.settle(asked, [("table", "")])
        return print_list(options)
    try:
        request = request_of(options)
        outputs = arguments.outputs(options)
    except FactError as error:
        parser.error(say(error.fact))
    except ValueError as error:
        parser.error(str(error))
    printable.settle(asked, outputs)
    try:
        if options.watch:
            watch.run(options)
            return ExitStatus.GRADED
        return _grade_once(options, request, outputs)
    except (watch.Unavailable, output.NotWritten) as error:
        parser.exit(ExitStatus.GRADER_FAILED, f"grader: {error}\n")


def print_list(options: Namespace) -> int:
    """Print a line for each check: id, points, task, title."""
    title_of = titles()
    for variant in chosen_variants(options.variant):
        for row in rubric.rows(variant):
            worth = _("star") if row.star else points(row.max_points(variant))
            id_ = check_id(variant.name, row.name)
            task = _("task {number}").format(number=f"{row.task_of(variant):2}")
            print(f"{id_:22} {worth:>9}  {task}  {_(title_of[row.name])}")
    sys.stdout.flush()
    return ExitStatus.GRADED


def _grade_once(options: Namespace, request: Request, outputs: list[tuple[str, str]]) -> int:
    reports.prepare(format for format, _path in outputs)
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
