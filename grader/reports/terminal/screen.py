"""What ``--watch`` shows: one page that takes the place of the one before."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console

from grader.language import _
from grader.reports.terminal import next_only, on_demand, since_last_run, table
from grader.reports.terminal.signs import signs_for
from grader.result.grade import GradeResult
from grader.result.verdict import Verdict

# By their place on the keyboard, whatever layout is on.
HINT, TRACE, END = "hр", "tе", "qй"


class Screen:
    """A console with one page on it; where it is no terminal, the pages follow one another."""

    def __init__(
        self,
        console: Console,
        *,
        trace: bool = False,
        only_next: bool = False,
        keys: bool = False,
    ) -> None:
        self._console = console
        self._keys = keys
        self._trace = trace
        self._only_next = only_next

    def draw(self, result: GradeResult, before: Mapping[str, Verdict]) -> None:
        """Show a result, and below it what has changed."""
        if self._console.is_terminal:
            self._console.clear()
        show(result, self._console, trace=self._trace, only_next=self._only_next)
        since_last_run.write(before, result, self._console)
        line = _("watching {submission}: save a file to grade it again; stop with Ctrl+C")
        if self._keys:
            line = _("watching {submission}: save a file to grade it again; h hint, t trace, q end")
        self.say(line.format(submission=result.submission))

    def answer(self, key: str, result: GradeResult) -> None:
        """Add what a key asks for."""
        if key in HINT:
            on_demand.hint(result, self._console)
        elif key in TRACE:
            on_demand.trace(result, self._console)

    def say(self, line: str) -> None:
        """Add a line to the page."""
        self._console.print()
        self._console.print(signs_for(self._console).text(line, "dim"))


def show(
    result: GradeResult,
    console: Console,
    *,
    trace: bool = False,
    only_next: bool = False,
    before: Mapping[str, Verdict] | None = None,
) -> None:
    """Print the score table, or of it only what comes next."""
    if only_next:
        next_only.write(result, console, trace=trace)
    else:
        table.write(result, console, trace=trace, before=before)
