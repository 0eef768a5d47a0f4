"""What comes next, alone: the mark, and the check to work at, explained."""

from __future__ import annotations

from msgspec.structs import replace
from rich.console import Console
from rich.text import Text

from grader.language import _
from grader.reports.calling import COMMAND
from grader.reports.explanation import title
from grader.reports.sentences import say
from grader.reports.terminal import explain, next_step, table
from grader.reports.terminal.signs import Signs, signs_for
from grader.result.check import CheckResult
from grader.result.grade import GradeResult
from grader.result.verdict import Verdict


def write(
    result: GradeResult, console: Console, *, trace: bool = False, command: str = COMMAND
) -> None:
    """Print the mark, the points, the notes and the next check.

    See :func:`grader.reports.terminal.table.write`.
    """
    signs = signs_for(console)
    console.print()
    console.print(Text(_("mark") + "  ").append_text(table.mark(result, signs)))
    for variant in result.variants:
        if variant.is_begun and result.mark != result.full_mark:
            name = signs.text(variant.name, "bold").append(" ")
            console.print(name.append_text(table.sums(variant, signs)))
        elif not variant.is_begun and next_step.last_written(variant.checks):
            console.print(table.untouched_line(variant, signs))
    for line in table.tasks(result, signs):
        console.print(line)
    if result.interrupted:
        console.print(_("interrupted: only the checks that ran before it are shown"))
    for note in (*result.notes, *result.sandbox.notes):
        console.print(Text(_("note") + "  ").append_text(signs.text(say(note))))
    check = next_step.next_check(result)
    if check is None:
        console.print(next_step.nothing_open(result))
    elif check.verdict is Verdict.FAIL:
        explain.write(alone(result, check), console, signs, trace=trace, command=command)
    else:
        console.print()
        console.print(_heading(check, signs))
        next_step.write_step(result, check, console, signs, command=command)


def alone(result: GradeResult, check: CheckResult) -> GradeResult:
    """The result as if nothing but this check had run."""
    variants = (replace(v, checks=(check,)) for v in result.variants if check in v.checks)
    return replace(result, variants=tuple(variants))


def _heading(check: CheckResult, signs: Signs) -> Text:
    name = signs.text(check.id, "bold", limit=40).append(": ").append(signs.text(title(check)))
    return signs.verdict(check.verdict).append("  ").append_text(name)
