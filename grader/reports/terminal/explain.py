"""Why a check did not pass: what was done, what was expected, what came, where to look."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.language import _, ngettext
from grader.reports.diagram.sequence import diagram
from grader.reports.diagram.text import draw
from grader.reports.escape import ellipsis
from grader.reports.explanation import Label, message, quotes_both, rows, title, whose_fault
from grader.reports.terminal.signs import STYLES, Signs
from grader.reports.text_diff import difference
from grader.reports.transcript_text import transcript
from grader.reports.wording import replay, stars, steps
from grader.result.check import CheckResult
from grader.result.grade import GradeResult
from grader.result.verdict import Verdict

_INDENT = 4


def write(
    result: GradeResult, console: Console, signs: Signs, *, trace: bool, command: str
) -> None:
    """Explain each check that failed, and say why others were skipped."""
    checks = [c for v in result.variants for c in v.checks]
    for check in checks:
        if check.verdict in (Verdict.FAIL, Verdict.ERROR) or (trace and check.transcript):
            _explain(check, console, signs, replay(result, check, command))
            if trace and check.transcript:
                _diagram(check, console, signs)
                _transcript(check, console, signs)
                _tracebacks(check, console, signs)
    skipped = _skipped(result)
    if skipped:
        console.print()
    sizes = {variant.name: len(variant.checks) for variant in result.variants}
    for (variant, reason), group in skipped.items():
        whole = len(group) == sizes[variant] > 1
        every = ngettext("all {count} check", "all {count} checks", len(group))
        names = every.format(count=len(group)) if whole else _names(group)
        console.print(_skip_line(f"{variant}: {names}", reason, signs))


def _explain(check: CheckResult, console: Console, signs: Signs, again: str) -> None:
    heading = Table.grid(padding=(0, 2))
    heading.add_column(no_wrap=True)
    heading.add_column(overflow="fold")
    name = signs.text(check.id, "bold", limit=40).append(": ")
    heading.add_row(signs.verdict(check.verdict), name.append(signs.text(title(check))))
    console.print()
    console.print(heading)
    if check.message:
        _indented(console, signs.lines(message(check)))
    if check.verdict is Verdict.ERROR:
        _indented(console, Text(whose_fault(check)))
    if check.steps:
        console.print(_steps(check, signs))
    if check.verdict is not Verdict.PASS:
        console.print(_facts(check, console.width, signs))
        # Never wrapped by us: a command must survive being copied.
        command = Text(" " * _INDENT).append(signs.text(again, "cyan", limit=4000))
        console.print(command, soft_wrap=True)


def _indented(console: Console, text: Text) -> None:
    console.print(Padding(text, (0, 0, 0, _INDENT)))


def _steps(check: CheckResult, signs: Signs) -> Table:
    """Numbered steps; the one that broke carries the symbol of the verdict."""
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=_INDENT - 1, justify="right")
    grid.add_column(justify="right", no_wrap=True)
    grid.add_column(overflow="fold")
    broke = len(check.steps) if check.verdict in (Verdict.FAIL, Verdict.ERROR) else 0
    for i, step in steps(check):
        if not i:
            grid.add_row("", ellipsis(signs.encoding), Text(step, "dim"))
            continue
        style = STYLES[check.verdict] if i == broke else ""
        symbol = signs.symbols[check.verdict] if i == broke else ""
        grid.add_row(Text(symbol, style), f"{i}.", signs.text(step, style))
    return grid


def _facts(check: CheckResult, width: int, signs: Signs) -> Padding:
    """Expected, got and the like, in two columns."""
    again = _("replay")
    labelled = {row.label: row.text for row in rows(check)}
    # As wide as the widest word can be, whichever rows there are: failures stand in one column.
    column = max(len(word) for word in (again, *(label.heading for label in Label))) + 2
    compared = _compared(labelled, check, max(width - _INDENT - column, 20), signs)
    grid = Table.grid(padding=(0, 2))
    grid.add_column(style="dim", no_wrap=True, min_width=column - 2)
    grid.add_column(overflow="fold")
    for label, text in labelled.items():
        if label is Label.WHERE and check.raised and not check.cause:
            continue  # the line stands below the exception
        grid.add_row(label.heading, compared.get(label) or _styled(label, text, signs))
        if compared and label is Label.GOT:
            grid.add_row("", compared[None])
    grid.add_row(again, Text(_("this check alone, with its transcript:")))
    return Padding(grid, (0, 0, 0, _INDENT))


def _compared(
    labelled: Mapping[Label, str], check: CheckResult, room: int, signs: Signs
) -> dict[Label | None, Text]:
    """Two quoted texts, one above the other, and below them (None) where they part."""
    if not quotes_both(check):
        return {}
    texts = labelled[Label.EXPECTED], labelled[Label.GOT]
    parted = difference(*texts, room, signs.encoding)
    if parted is None:
        return {}
    return {
        Label.EXPECTED: Text(parted.expected),
        Label.GOT: Text(parted.got),
        None: Text(" " * parted.column + "^", "bold red"),
    }


def _styled(label: Label, text: str, signs: Signs) -> Text:
    if label is Label.CLASSIC:
        heading, _line, why = text.partition("\n")
        return Text(heading, "bold").append(f"\n{why}", "not bold")
    return signs.lines(text, "italic" if label is Label.HINT else "")


def _diagram(check: CheckResult, console: Console, signs: Signs) -> None:
    sequence = diagram(check)
    if sequence is None:
        return
    console.print()
    for line in draw(sequence, max(console.width - _INDENT, 40), signs.encoding):
        console.print(Padding(line, (0, 0, 0, _INDENT)), no_wrap=True, overflow="crop")
    console.print()


def _transcript(check: CheckResult, console: Console, signs: Signs) -> None:
    _indented(console, Text(_("transcript"), "dim"))
    for line in transcript(check):
        _indented(console, signs.text(line, limit=4000))


def _tracebacks(check: CheckResult, console: Console, signs: Signs) -> None:
    for raised in check.raised:
        console.print()
        for line in raised.traceback.split("\n"):
            _indented(console, signs.text(line, limit=4000))


def _skipped(result: GradeResult) -> dict[tuple[str, str], list[CheckResult]]:
    """The skipped checks by variant and reason, without variants that are not begun."""
    reasons: dict[tuple[str, str], list[CheckResult]] = {}
    for variant in result.variants:
        verdicts = {c.verdict for c in variant.checks}
        if verdicts == {Verdict.SKIP, Verdict.TODO}:
            continue
        for check in variant.checks:
            if check.verdict is Verdict.SKIP:
                reason = message(check) or _("a check that it needs did not pass")
                reasons.setdefault((variant.name, reason), []).append(check)
    return reasons


def _names(group: list[CheckResult]) -> str:
    names = ", ".join(c.name for c in group if not c.star)
    count = sum(c.star for c in group)
    if not count:
        return names
    both = _("{names} and {stars}").format(names=names, stars=stars(count))
    return both if names else stars(count)


def _skip_line(names: str, reason: str, signs: Signs) -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    skipped = _("skipped: {reason}").format(reason=reason)
    grid.add_row(signs.verdict(Verdict.SKIP), signs.lines(f"{names}\n{skipped}", "dim"))
    return grid
