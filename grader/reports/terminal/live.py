"""Progress while the checks run, for a terminal; the score table takes its place."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from types import TracebackType
from typing import final

import rich.live
from rich.console import Console, Group
from rich.text import Text

from grader.assignment.check_ids import name_of, variant_of
from grader.language import _
from grader.reports.terminal.signs import STYLES, Signs, signs_for
from grader.result.check import CheckResult
from grader.result.verdict import Verdict


@final
class Live:
    """One line a variant: how many checks are done, how they went, what runs now.

    Drawn only when something happens, by the thread that says so (always the same one).
    Where the output is not a terminal, nothing is printed. However the ``with`` block is
    left, the lines are gone and the cursor is back. A terminal that is gone stops nothing.
    """

    def __init__(self, console: Console, planned: Sequence[str]) -> None:
        self._signs = signs_for(console)
        self._progress: dict[str, _Progress] = {}
        for check_id in planned:
            self._of(check_id).planned += 1
        self._live: rich.live.Live | None = None
        if console.is_terminal and not console.is_dumb_terminal:
            self._live = rich.live.Live(console=console, auto_refresh=False, transient=True)

    def __enter__(self) -> Live:
        with contextlib.suppress(OSError):
            if self._live:
                self._live.start()
        self._draw()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        with contextlib.suppress(OSError):
            if self._live:
                self._live.stop()

    def started(self, check_id: str, title: str) -> None:
        """Say that a check is running now."""
        self._of(check_id).running[check_id] = title
        self._draw()

    def finished(self, result: CheckResult) -> None:
        """Count a check that has its verdict."""
        progress = self._of(result.id)
        progress.running.pop(result.id, None)
        progress.verdicts.append(result.verdict)
        self._draw()

    def _of(self, check_id: str) -> _Progress:
        return self._progress.setdefault(variant_of(check_id), _Progress())

    def _draw(self) -> None:
        if self._live:
            lines = [p.line(name, self._signs) for name, p in self._progress.items()]
            with contextlib.suppress(OSError):
                self._live.update(Group(*lines), refresh=True)


class _Progress:
    """How far one variant is."""

    def __init__(self) -> None:
        self.planned = 0
        self.running: dict[str, str] = {}  # in order of their start
        self.verdicts: list[Verdict] = []

    def line(self, name: str, signs: Signs) -> Text:
        """The variant's line, cut where the terminal ends."""
        text = Text(no_wrap=True, overflow="crop").append(signs.text(name, "bold", limit=10))
        done = _("{count} of {all}").format(count=f"{len(self.verdicts):2}", all=self.planned)
        text.append(f"  {done}")
        for verdict in Verdict:
            count = self.verdicts.count(verdict)
            if count:
                text.append(f"  {signs.symbols[verdict]} {count}", STYLES[verdict])
        if self.running:
            check_id, title = next(reversed(self.running.items()))
            text.append("  ").append(signs.text(name_of(check_id), limit=40))
            text.append("  ").append(signs.text(title, "dim"))
        return text
