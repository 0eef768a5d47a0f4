"""The end of the page: what is not written yet, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.language import _, ngettext
from grader.reports.explanation import is_machines_fault, message
from grader.reports.own import span
from grader.reports.terminal.signs import STYLES, Signs
from grader.reports.wording import number, points, run_only
from grader.result.check import CheckResult
from grader.result.grade import GradeResult
from grader.result.verdict import Verdict


def write(result: GradeResult, console: Console, signs: Signs, *, command: str) -> None:
    """List the tasks to write and name the next one."""
    todo = [c for c in result.checks if c.verdict is Verdict.TODO]
    full = result.mark is not None and result.mark >= result.full_mark
    if todo and not full:
        console.print()
        console.print(_opening(result))
        console.print(_to_write(todo, signs))
    console.print()
    following = next_check(result)
    if full:
        console.print(_stars_left(result))
        if following is not None and following.verdict is Verdict.TODO:
            write_step(result, following, console, signs, command=command)
        return
    if following is None:
        console.print(nothing_open(result))
        return
    if following.verdict is Verdict.FAIL and result.mark is not None:
        # The summary is far above by now.
        mark = _("mark  {mark} of {full}")
        line = mark.format(mark=span(result.mark, result.most), full=number(result.full_mark))
        console.print(Text(line, "bold"))
    write_step(result, following, console, signs, command=command)


def write_step(
    result: GradeResult, check: CheckResult, console: Console, signs: Signs, *, command: str
) -> None:
    """Say what to do about an open check, and how to try it."""
    console.print(_next_line(check, signs))
    if check.verdict is Verdict.TODO:
        label = _("then").ljust(len(_("next")))
        then = signs.text(run_only(result, check, command), "cyan", 4000)
        console.print(Text(f"{label}  ").append(then), soft_wrap=True)


def _opening(result: GradeResult) -> Text:
    begun = any(v.is_begun for v in result.variants) or last_written(result.checks)
    if begun or result.mark is None:
        return Text(_("to write, task by task (tasks.md has the steps):"))
    return Text(_("Nothing is written yet: this is where everyone starts. You can begin with"))


def last_written(checks: Iterable[CheckResult]) -> int:
    """The task before the one that waits, where that is not the first one of its file; else 0."""
    checks = tuple(checks)
    files = {(c.variant, c.roles) for c in checks}
    first = {min(c.task for c in checks if (c.variant, c.roles) == file) for file in files}
    waiting = {c.task for c in checks if c.verdict is Verdict.TODO}
    return min(waiting - first, default=1) - 1


def _to_write(todo: Iterable[CheckResult], signs: Signs) -> Table:
    """A row for each task; its checks share it."""
    tasks: dict[int, list[CheckResult]] = {}
    for check in todo:
        tasks.setdefault(check.task, []).append(check)
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True, style=STYLES[Verdict.TODO])
    grid.add_column(no_wrap=True, justify="right")
    grid.add_column(overflow="fold")
    for task, checks in sorted(tasks.items()):
        worth = sum(c.max_points for c in checks)
        names = ", ".join(c.id for c in checks)
        line = _("task {number}").format(number=task)
        grid.add_row(f"  {line}", points(worth) if worth else signs.star, signs.text(names))
    return grid


def next_check(result: GradeResult) -> CheckResult | None:
    """The open check of the lowest task; core checks go before stars."""
    still_open = [c for c in result.checks if c.verdict in (Verdict.FAIL, Verdict.TODO)]
    return min(still_open, key=lambda c: (c.star, c.task), default=None)


def _next_line(check: CheckResult, signs: Signs) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True, style="bold")
    grid.add_column(overflow="fold")
    if check.verdict is Verdict.TODO:
        task = message(check) or _("task {number}").format(number=check.task)
        what = _("{task} (see tasks.md)").format(task=task)
        if check.place:
            what = _("{task} ({file}, line {number}; see tasks.md)").format(
                task=task, file=check.place.file, number=check.place.line
            )
    elif not check.task:
        what = _("make {check} pass").format(check=check.id)
    else:
        what = _("make {check} pass; see task {number} in tasks.md").format(
            check=check.id, number=check.task
        )
    grid.add_row(_("next"), signs.text(what, "bold"))
    return grid


def _stars_left(result: GradeResult) -> Text:
    left = [c for c in result.checks if c.star and c.verdict is Verdict.FAIL]
    reached = _("full mark: {mark} of {mark}.").format(mark=number(result.full_mark))
    text = Text(reached, "bold green")
    if left:
        names = ", ".join(c.name for c in left)
        more = ngettext(
            "If you want more: {count} star left ({names}).",
            "If you want more: {count} stars left ({names}).",
            len(left),
        )
        text.append(f" {more.format(count=len(left), names=names)}", "")
    return text


def nothing_open(result: GradeResult) -> Text:
    """What is left to say when no check waits for the student."""
    checks = result.checks
    if checks and all(c.verdict is Verdict.PASS for c in checks):
        one, more = _("the check that ran has passed."), _("all checks that ran have passed.")
        return Text(one if len(checks) == 1 else more, "bold green")
    if any(variant.own and variant.own.declined for variant in result.variants):
        return Text(_("next  this chat is for a person to grade"), "bold")
    if is_machines_fault(*(check for check in checks if check.verdict is Verdict.ERROR)):
        return Text(_("next  grade again when fewer programs run on this machine"), "bold")
    if result.has_error:
        again = _("next  grade again; report the grader's own error if it happens again")
        return Text(again, "bold")
    if any(c.verdict is Verdict.PASS for c in checks):
        return Text(_("next  see the notes above: the other checks could not run"), "bold")
    return Text(_("next  see the notes above: nothing could be run"), "bold")
