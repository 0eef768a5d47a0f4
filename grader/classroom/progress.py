"""How far a class has got, on the terminal: a line for everybody who is done, one for the rest."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import final

import rich.live
from rich.text import Text

from grader.classroom.engine.task import Outcome
from grader.classroom.people import Person
from grader.language import _, ngettext
from grader.reports.escape import visible
from grader.reports.terminal.console import make_console
from grader.reports.wording import number

MOST = 3  # people of one submission, or submissions under way, that are named


@final
class Progress:
    """Says who is being graded, who is done, what is left and how long that will take.

    ``owners`` are the people of each digest. Where the output is not a terminal, only the lines of
    those who are done are printed.
    """

    def __init__(self, owners: Mapping[str, Sequence[Person]], count: int) -> None:
        console = make_console(sys.stderr)
        self._console = console
        self._owners = owners
        self._count, self._done, self._bad = count, 0, 0
        self._under_way: dict[str, None] = {}
        self._began = time.monotonic()
        self._live: rich.live.Live | None = None
        if console.is_terminal and not console.is_dumb_terminal:
            self._live = rich.live.Live(console=console, auto_refresh=False, transient=True)

    def __enter__(self) -> Progress:
        with contextlib.suppress(OSError):
            if self._live:
                self._live.start()
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

    def began(self, digest: str) -> None:
        """A grading is under way."""
        self._under_way[digest] = None
        self.glance()

    def glance(self) -> None:
        """Draw the line anew: time goes by."""
        if self._live:
            with contextlib.suppress(OSError):
                self._live.update(self._line(), refresh=True)

    def ended(self, digest: str, outcome: Outcome) -> None:
        """A grading has ended."""
        self._under_way.pop(digest, None)
        if outcome.result is None and not outcome.failure:
            return
        self._done += 1
        self._bad += outcome.result is None or outcome.result.has_error
        head = f"[{self._done:{len(str(self._count))}}/{self._count}]"
        line = f"{head} {self._people(digest)}: {_told(outcome)}"
        with contextlib.suppress(OSError):
            self._console.print(Text(line, no_wrap=True, overflow="ellipsis"))
        self.glance()

    def _people(self, digest: str) -> str:
        names = [visible(person.name, 40) for person in self._owners.get(digest, ())]
        more = ["…"] if len(names) > MOST else []
        return ", ".join(names[:MOST] + more) or digest[:12]

    def _line(self) -> Text:
        parts = [_("{count} of {all}").format(count=self._done, all=self._count)]
        if left := self._left():
            parts.append(left)
        if self._bad:
            failed = ngettext("{count} failed", "{count} failed", self._bad)
            parts.append(failed.format(count=self._bad))
        now = [self._people(digest) for digest in list(self._under_way)[:MOST]]
        if now:
            parts.append(_("now: {people}").format(people=", ".join(now)))
        return Text("  ".join(parts), no_wrap=True, overflow="ellipsis")

    def _left(self) -> str:
        if not self._done:
            return ""
        seconds = (time.monotonic() - self._began) / self._done * (self._count - self._done)
        if seconds < 60:
            return _("less than a minute left")
        minutes = round(seconds / 60)
        left = ngettext("{count} minute left", "{count} minutes left", minutes)
        return left.format(count=minutes)


def _told(outcome: Outcome) -> str:
    """How one grading has ended."""
    if outcome.result is None:
        return _("the grader failed: {reason}").format(reason=visible(outcome.failure, 100))
    mark = outcome.result.mark
    return number(mark) if mark is not None else _("no mark")
