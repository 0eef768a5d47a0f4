"""The score table: what a student reads after each run.

First the checks of each variant with their sums, then the marks, then what failed and
why, and at the end what to do next. Everything is a :class:`rich.text.Text`, never
markup, so that no submission can write on the page.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.language import _, figure, ngettext
from grader.reports.calling import COMMAND
from grader.reports.explanation import no_mark, title
from grader.reports.own import marks, span
from grader.reports.sentences import say
from grader.reports.terminal import explain, next_step, own, progress, since_last_run
from grader.reports.terminal.signs import Signs, signs_for
from grader.reports.wording import kept_apart, number, points
from grader.result.check import CheckResult
from grader.result.grade import GradeResult, VariantResult
from grader.result.verdict import Verdict

_NOT_RUN = (Verdict.TODO, Verdict.SKIP)


def write(
    result: GradeResult,
    console: Console,
    *,
    trace: bool = False,
    command: str = COMMAND,
    before: Mapping[str, Verdict] | None = None,
) -> None:
    """Print the whole page.

    With ``trace``, every check that ran is explained and followed by its transcript.
    ``command`` is how the grader was called, for the lines that replay a check.
    ``before`` is what was known before, for the lines that say what has changed.
    """
    signs = signs_for(console)
    console.print()
    begun = [v for v in result.variants if v.is_begun]
    for variant in begun:
        _write_variant(variant, console, signs)
    untouched = [v for v in result.variants if not v.is_begun]
    for variant in untouched:
        console.print(own.declined(variant, signs) or untouched_line(variant, signs))
    if untouched:
        console.print()
    console.print(_summary(result, signs, before or {}))
    own.left_open(result, console, signs)
    explain.write(result, console, signs, trace=trace, command=command)
    next_step.write(result, console, signs, command=command)


def _write_variant(variant: VariantResult, console: Console, signs: Signs) -> None:
    weight = _("weight {weight}").format(weight=figure(f"{variant.weight}"))
    console.print(signs.text(variant.name, "bold").append(f", {weight}"))
    console.print()
    console.print(_checks(variant, signs))
    console.print()
    console.print(sums(variant, signs))
    if (how := own.understood(variant, signs)) is not None:
        console.print()
        console.print(how)
    console.print()


def untouched_line(variant: VariantResult, signs: Signs) -> Text:
    """A line for a variant of which nothing could be graded: how far it has got all the same."""
    tasks = [c.task for c in variant.checks if c.verdict is Verdict.TODO]
    written = next_step.last_written(variant.checks)
    if written:
        what = _("task {written} is written, {number} is next, {points} {times} {weight} to earn")
    elif tasks and variant.mark is None:  # of one check alone: there may be more
        what = _("task {number} is next, {points} {times} {weight} to earn")
    elif tasks:
        what = _("not written yet, {points} {times} {weight} to earn")
    else:
        what = _("nothing to grade yet, {points} {times} {weight} to earn")
    line = what.format(
        written=written,
        number=min(tasks, default=0),
        points=points(sum(c.max_points for c in variant.checks)),
        times=signs.times,
        weight=figure(f"{variant.weight}"),
    )
    return signs.text(variant.name, "bold").append(f": {line}")


def _checks(variant: VariantResult, signs: Signs) -> Table:
    table = Table(box=signs.box, show_edge=False, padding=(0, 0, 0, 1))
    table.add_column(_("verdict"), no_wrap=True)
    table.add_column(_("points"), justify="right", no_wrap=True)
    table.add_column(_("check"), overflow="fold")
    table.add_column(_("what it shows"), overflow="fold")
    core = [c for c in variant.checks if not c.star]
    stars = [c for c in variant.checks if c.star]
    for check in core:
        _add(table, check, f"{number(check.points)}/{number(check.max_points)}", signs)
    if all(c.verdict in _NOT_RUN for c in stars):
        stars = []
    if core and stars:
        table.add_section()
    for check in stars:
        _add(table, check, signs.star, signs)
    return table


def _add(table: Table, check: CheckResult, points: str, signs: Signs) -> None:
    style = "dim" if check.verdict is Verdict.SKIP else ""
    table.add_row(
        signs.verdict(check.verdict),
        Text(points, style),
        signs.text(check.name, style, limit=40),
        signs.text(title(check), style),
    )


def sums(variant: VariantResult, signs: Signs) -> Text:
    """The lines under a variant's checks: points, mark, stars, and what waits."""
    core = [c for c in variant.checks if not c.star]
    stars = [c for c in variant.checks if c.star]
    parts = []
    if core:
        possible = number(sum(c.max_points for c in core))
        earned = _("{points} of {max_points} points")
        if variant.mark is not None and not variant.mandatory_failed:
            earned = _("{points} of {max_points} points {times} {weight}: mark {mark}")
        line = earned.format(
            points=number(variant.points),
            max_points=possible,
            times=signs.times,
            weight=figure(f"{variant.weight}"),
            mark=marks(variant),
        )
        parts.append(line)
    if variant.mark is not None and variant.mandatory_failed:
        parts.append(_("mark 0"))
    if stars:
        line = ngettext("{count} of {all} star", "{count} of {all} stars", len(stars))
        parts.append(line.format(count=variant.stars, all=len(stars)))
    text = Text(" " + ", ".join(parts), "bold")
    if variant.mandatory_failed:
        text.append("\n ").append(_waiting(variant, signs))
    return text


def _waiting(variant: VariantResult, signs: Signs) -> Text:
    names = variant.mandatory_failed
    if not variant.points:
        line = ngettext(
            "{names} is mandatory: without it the mark is 0",
            "{names} are mandatory: without them the mark is 0",
            len(names),
        )
    elif len(names) == 1:
        line = ngettext(
            "{names} is mandatory: {count} point waits for it",
            "{names} is mandatory: {count} points wait for it",
            variant.points,
        )
    else:
        line = ngettext(
            "{names} are mandatory: {count} point waits for them",
            "{names} are mandatory: {count} points wait for them",
            variant.points,
        )
    text = line.format(names=_(" and ").join(names), count=number(variant.points))
    return signs.text(text, "bold yellow")


def _summary(result: GradeResult, signs: Signs, before: Mapping[str, Verdict]) -> Table:
    """Mark, changes, notes, sandbox and seed, one below the other."""
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    grid.add_row(_("mark"), mark(result, signs))
    for got in tasks(result, signs):
        grid.add_row(_("tasks"), got)
    for i, line in enumerate(since_last_run.summary(before, result)):
        grid.add_row("" if i else _("since"), signs.text(line))
    if result.interrupted:
        stopped = _("interrupted: only the checks that ran before it are shown")
        grid.add_row(_("stopped"), Text(stopped))
    for i, note in enumerate(result.notes):
        grid.add_row("" if i else _("note"), signs.text(say(note)))
    box = result.sandbox
    grid.add_row(_("sandbox"), signs.text(kept_apart(result)))
    for note in box.notes:
        grid.add_row("", signs.text(say(note)))
    graded = _("{submission} in {seconds} s")
    line = graded.format(submission=result.submission, seconds=figure(f"{result.duration_s:.1f}"))
    grid.add_row(_("graded"), signs.text(line))
    grid.add_row(_("seed"), Text(str(result.seed)))
    return grid


def tasks(result: GradeResult, signs: Signs) -> Iterator[Text]:
    """How far each variant has got that has tasks left, and has been begun."""
    if result.mark is None:  # some checks alone tell nothing of the rest
        return
    for variant in result.variants:
        begun = variant.is_begun or next_step.last_written(variant.checks)
        if begun and any(check.verdict is Verdict.TODO for check in variant.checks):
            name = signs.text(variant.name, "bold").append("  ")
            yield name.append_text(progress.line(variant, signs))


def mark(result: GradeResult, signs: Signs) -> Text:
    """The mark and where it comes from, or why there is none."""
    if result.mark is not None:
        names = [f"{v.name} {number(v.mark or 0)}" for v in result.variants]
        text = _("{mark} of {full}")
        if len(names) > 1 and result.mark:
            text = _("{mark} of {full}, the better of {variants}")
        text = text.format(
            mark=span(result.mark, result.most),
            full=number(result.full_mark),
            variants=_(" and ").join(names),
        )
        return signs.text(text, "bold")
    failed = result.has_error or any(variant.own for variant in result.variants)
    failed = failed and not result.interrupted
    why = no_mark(result) if failed else _("no mark: not every check has run")
    # The word before it says already what it is about.
    return Text(why.removeprefix(_("mark") + " "), "bold magenta" if failed else "bold")
