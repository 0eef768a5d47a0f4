"""What stands beside the table of a chat of its own protocol: how it works, and what is open."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.language import _
from grader.reports import own
from grader.reports.explanation import message
from grader.reports.terminal.signs import Signs
from grader.result.grade import GradeResult, VariantResult
from grader.result.verdict import Verdict


def understood(variant: VariantResult, signs: Signs) -> Table | None:
    """How the chat works, as far as the grader has understood it; None for the kit's protocol."""
    lines = own.understood(variant)
    if not lines:
        return None
    grid = _grid()
    for place, (line, known) in enumerate(lines):
        text = signs.text(line).append(f" ({known})", "dim")
        grid.add_row("" if place else Text(_("understood"), "dim"), text)
    return grid


def declined(variant: VariantResult, signs: Signs) -> Text | None:
    """The line of a chat that could not be driven; None for others."""
    why = own.declined(variant)
    if not why:
        return None
    return signs.text(variant.name, "bold").append(": ").append_text(signs.text(why))


def left_open(result: GradeResult, console: Console, signs: Signs) -> None:
    """Each check that a person has to decide, and why."""
    open_checks = [check for check in result.checks if check.verdict is Verdict.OPEN]
    if open_checks:
        console.print()
    for check in open_checks:
        grid = _grid()
        grid.add_row(signs.verdict(check.verdict), signs.lines(f"{check.id}\n{message(check)}"))
        console.print(grid)


def _grid() -> Table:
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    return grid
