"""What is different from what was known before: in the summary, and line by line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table
from rich.text import Text

from grader.language import _, ngettext
from grader.reports.terminal.signs import STYLES, signs_for
from grader.result.grade import GradeResult
from grader.result.verdict import Verdict

_NAMED = 6  # more checks than these are counted, not named
_LINES = 12


@dataclass(frozen=True)
class Change:
    """A check that ended otherwise than the last time."""

    id: str
    before: Verdict
    after: Verdict


def changes(before: Mapping[str, Verdict], result: GradeResult) -> tuple[Change, ...]:
    """The checks that have another verdict now.

    One of which nothing was known has not changed; neither has one that the grader failed in.
    """
    return tuple(
        Change(check.id, before[check.id], check.verdict)
        for variant in result.variants
        for check in variant.checks
        if before.get(check.id, check.verdict) is not check.verdict
        and check.verdict is not Verdict.ERROR
    )


def summary(before: Mapping[str, Verdict], result: GradeResult) -> list[str]:
    """A line about what passes now, and one about what does so no longer."""
    changed = changes(before, result)
    gained = [change.id for change in changed if change.after is Verdict.PASS]
    lost = [change.id for change in changed if change.before is Verdict.PASS]
    lines = []
    if gained:
        line = ngettext(
            "{count} more check passes: {names}",
            "{count} more checks pass: {names}",
            len(gained),
        )
        lines.append(line.format(count=len(gained), names=_names(gained)))
    if lost:
        line = ngettext(
            "{count} check no longer passes: {names}",
            "{count} checks no longer pass: {names}",
            len(lost),
        )
        lines.append(line.format(count=len(lost), names=_names(lost)))
    lines[:1] = [_("the last run: {changes}").format(changes=line) for line in lines[:1]]
    return lines


def write(before: Mapping[str, Verdict], result: GradeResult, console: Console) -> None:
    """Print a line for each change, or that there is none; nothing where nothing was known."""
    if not before:
        return
    changed = changes(before, result)
    console.print()
    if not changed:
        console.print(Text(_("no verdict has changed since the last run"), "dim"))
        return
    console.print(Text(_("since the last run"), "bold"))
    # Bad news and good news first: from SKIP to FAIL is neither.
    changed = tuple(sorted(changed, key=lambda c: Verdict.PASS not in (c.before, c.after)))
    console.print(_table(changed[:_LINES], console))
    if len(changed) > _LINES:
        more = _("and {count} more").format(count=len(changed) - _LINES)
        console.print(f"  {more}")


def _table(changed: Sequence[Change], console: Console) -> Table:
    signs = signs_for(console)
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(no_wrap=True)
    for change in changed:
        verdicts = Text(change.before.value, STYLES[change.before]).append(
            f" {signs.arrow} ", "default"
        )
        verdicts.append(change.after.value, STYLES[change.after])
        grid.add_row(Text("  ").append_text(signs.text(change.id, limit=40)), verdicts)
    return grid


def _names(ids: Sequence[str]) -> str:
    if len(ids) <= _NAMED:
        return ", ".join(ids)
    first, left = ", ".join(ids[: _NAMED - 1]), len(ids) - _NAMED + 1
    return _("{names} and {count} more").format(names=first, count=left)
