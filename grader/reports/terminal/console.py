"""The console that the score table is printed on, and the table as plain text."""

from __future__ import annotations

import io
from typing import IO

from rich.console import Console

from grader.reports.terminal import table
from grader.result.grade import GradeResult

FILE_WIDTH = 100


class _Console(Console):
    """A console that leaves a reader who is gone to the caller, not to sys.exit."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def make_console(file: IO[str] | None = None, *, width: int | None = None) -> Console:
    """Return the console that the score table is printed on: standard output by default.

    Nothing in a text is read as markup, and nothing but our own styles colours it.
    """
    return _Console(file=file, width=width, markup=False, emoji=False, highlight=False)


def dumps(result: GradeResult) -> str:
    """Return the score table as plain text."""
    file = io.StringIO()
    console = Console(
        file=file, width=FILE_WIDTH, force_terminal=False, color_system=None, highlight=False
    )
    table.write(result, console)
    return file.getvalue()
