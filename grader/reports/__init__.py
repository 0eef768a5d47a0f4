"""The reports: one writer a format, each over :class:`grader.result.grade.GradeResult` alone."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import IO

from rich.console import Console

from grader.reports.formats import csv, github, gradescope, junit, lines, markdown
from grader.reports.html import page
from grader.reports.terminal import table
from grader.result import codec
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


def table_text(result: GradeResult) -> str:
    """Return the score table as plain text."""
    file = io.StringIO()
    console = Console(
        file=file, width=FILE_WIDTH, force_terminal=False, color_system=None, highlight=False
    )
    table.write(result, console)
    return file.getvalue()


FORMATS: Mapping[str, Callable[..., str]] = {
    "table": table_text,
    "json": codec.dumps,
    "junit": junit.dumps,
    "gradescope": gradescope.dumps,
    "markdown": markdown.dumps,
    "csv": csv.dumps,
    "html": page.dumps,
    "github": github.dumps,
    "lines": lines.dumps,
}


def prepare(formats: Iterable[str]) -> None:
    """Import what these formats need and no other one does. Raises ModuleNotFoundError."""
    if "html" in formats:
        page.environment()


def write_file(
    result: GradeResult, format: str, path: str | os.PathLike[str], **options: str
) -> None:
    """Write a result file, whole or not at all: what was there before stays until then.

    Raises KeyError for a format that FORMATS lacks and OSError where it cannot be written.
    """
    data = FORMATS[format](result, **options).encode("utf-8")
    target = Path(path)
    # Not resolved: where a link such as /dev/stdout leads to a pipe, that has no path.
    if target.exists() and not target.is_file():  # a pipe or device
        target.write_bytes(data)
    else:
        write_whole(target.resolve(), data)


def write_whole(target: Path, data: bytes) -> None:
    """Write a file, whole or not at all. Raises OSError."""
    beside = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    try:
        with beside.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())  # a full disk may be noticed only now
        os.replace(beside, target)
    finally:
        beside.unlink(missing_ok=True)
