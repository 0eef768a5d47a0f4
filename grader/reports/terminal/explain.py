"""Why a check did not pass: what was done, what was expected, what came, where to look."""

from __future__ import annotations

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.language import _, ngettext
from grader.reports.diagram.sequence import diagram
from grader.reports.diagram.text import draw
from grader.reports.escape import ellipsis
from grader.reports.terminal.signs import STYLES, Glyphs
from grader.reports.text_diff import difference
from grader.reports.transcript_text import transcript
from grader.reports.wording import graders_fault, replay, short_name, stars, steps
from grader.result import mistakes
from grader.result.verdict import CheckResult, GradeResult, VariantResult, Verdict

_INDENT = 4


def write(
    result: GradeResult, console: Console, glyphs: Glyphs, *, trace: bool, command: str
) -> None:
    """Explain each check that failed, and say why others were skipped."""
    checks = [c for v in result.variants for c in v.checks]
    for check in checks:
        if check.verdict in (Verdict.FAIL, Verdict.ERROR) or (trace and check.transcript):
            _explain(check, console, glyphs, replay(result, check, command))
            if trace and check.transcript:
                _diagram(check, console, glyphs)
                _transcript(check, console, glyphs)
    skipped = _skipped(result)
    if skipped:
        console.print()
    for (variant, reason), group in skipped.items():
        whole = len(group) == len(variant.checks) > 1
        every = ngettext("all {count} check", "all {count} checks", len(group))
        names = every.format(count=len(group)) if whole else _names(group)
        console.print(_skip_line(f"{variant.name}: {names}", reason, glyphs))


def _explain(check: CheckResult, console: Console, glyphs: Glyphs, again: str) -> None:
    heading = Table.grid(padding=(0, 2))
    heading.add_column(no_wrap=True)
    heading.add_column(overflow="fold")
    title = glyphs.text(check.id, "bold", limit=40).append(": ")
    heading.add_row(glyphs.mark(check.verdict), title.append(glyphs.text(check.title)))
    console.print()
    console.print(heading)
    if check.message:
        _indented(console, glyphs.lines(check.message))
    if check.verdict is Verdict.ERROR:
        _indented(console, Text(graders_fault()))
    if check.steps:
        console.print(_steps(check, glyphs))
    if check.verdict is not Verdict.PASS:
        console.print(_facts(check, console.width, glyphs))
        # Never wrapped by us: a command must survive being copied.
        command = Text(" " * _INDENT).append(glyphs.text(again, "cyan", limit=4000))
        console.print(command, soft_wrap=True)


def _indented(console: Console, text: Text) -> None:
    console.print(Padding(text, (0, 0, 0, _INDENT)))


def _steps(check: CheckResult, glyphs: Glyphs) -> Table:
    """Numbered steps; the one that broke carries the symbol of the verdict."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=_INDENT - 1, justify="right")
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(overflow="fold")
    broke = len(check.steps) if check.verdict in (Verdict.FAIL, Verdict.ERROR) else 0
    for i, step in steps(check):
        if not i:
            grid.add_row("", ellipsis(glyphs.encoding), Text(step, "dim"))
            continue
        style = STYLES[check.verdict] if i == broke else ""
        symbol = glyphs.symbols[check.verdict] if i == broke else ""
        grid.add_row(Text(symbol, style), f"{i}.", glyphs.text(step, style))
    return grid


def _facts(check: CheckResult, width: int, glyphs: Glyphs) -> Padding:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True)
    grid.add_column(overflow="fold")
    words = (_("expected"), _("got"), _("classic"), _("hint"), _("read"), _("replay"))
    expected, got, classic, hint, read, again = words
    label = max(map(len, words)) + 2  # and the gap behind it
    room = max(width - _INDENT - label, 20)
    parted = difference(check.expected, check.got, room, glyphs.encoding)
    if parted:
        grid.add_row(expected, Text(parted.expected))
        grid.add_row(got, Text(parted.got))
        grid.add_row("", Text(" " * parted.column + "^", "bold red"))
    else:
        if check.expected:
            grid.add_row(expected, glyphs.lines(check.expected))
        if check.got or check.expected:
            grid.add_row(got, glyphs.lines(check.got) if check.got else Text(_("nothing")))
    mistake = mistakes.named(check.mistake)
    if mistake:
        grid.add_row(classic, Text(mistake.title, "bold").append(f"\n{mistake.why}", "not bold"))
    if check.hint:
        grid.add_row(hint, glyphs.lines(check.hint, "italic"))
    if check.verdict is not Verdict.ERROR:
        task = _("tasks.md, task {number}").format(number=check.task)
        grid.add_row(read, Text(task))
    grid.add_row(again, Text(_("this check alone, with its transcript:")))
    return Padding(grid, (0, 0, 0, _INDENT))


def _diagram(check: CheckResult, console: Console, glyphs: Glyphs) -> None:
    made = diagram(check)
    if made is None:
        return
    console.print()
    for line in draw(made, max(console.width - _INDENT, 40), glyphs.encoding):
        console.print(Padding(line, (0, 0, 0, _INDENT)), no_wrap=True, overflow="crop")
    console.print()


def _transcript(check: CheckResult, console: Console, glyphs: Glyphs) -> None:
    _indented(console, Text(_("transcript"), "dim"))
    for line in transcript(check):
        _indented(console, glyphs.text(line, limit=4000))


def _skipped(result: GradeResult) -> dict[tuple[VariantResult, str], list[CheckResult]]:
    """The skipped checks by variant and reason, without variants that are not begun."""
    reasons: dict[tuple[VariantResult, str], list[CheckResult]] = {}
    for variant in result.variants:
        verdicts = {c.verdict for c in variant.checks}
        if verdicts == {Verdict.SKIP, Verdict.TODO}:
            continue
        for check in variant.checks:
            if check.verdict is Verdict.SKIP:
                reason = check.message or _("a check that it needs did not pass")
                reasons.setdefault((variant, reason), []).append(check)
    return reasons


def _names(group: list[CheckResult]) -> str:
    names = ", ".join(short_name(c.id) for c in group if not c.star)
    count = sum(c.star for c in group)
    if not count:
        return names
    both = _("{names} and {stars}").format(names=names, stars=stars(count))
    return both if names else stars(count)


def _skip_line(names: str, reason: str, glyphs: Glyphs) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    skipped = _("skipped: {reason}").format(reason=reason)
    grid.add_row(glyphs.mark(Verdict.SKIP), glyphs.lines(f"{names}\n{skipped}", "dim"))
    return grid
