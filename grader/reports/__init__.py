"""The reports: one writer a format, each over :class:`grader.result.grade.GradeResult` alone.

A writer is imported when it is used: those of the terminal and of the page bring large libraries.
"""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

from grader.result.grade import GradeResult

# The module of each format; its function ``dumps`` makes a text of a result.
FORMATS: Mapping[str, str] = {
    "table": "grader.reports.terminal.console",
    "json": "grader.result.codec",
    "junit": "grader.reports.formats.junit",
    "gradescope": "grader.reports.formats.gradescope",
    "markdown": "grader.reports.formats.markdown",
    "csv": "grader.reports.formats.csv",
    "html": "grader.reports.html.page",
    "github": "grader.reports.formats.github",
    "lines": "grader.reports.formats.lines",
}


def prepare(formats: Iterable[str]) -> None:
    """Import what these formats need. Raises ModuleNotFoundError."""
    for format in formats:
        module = importlib.import_module(FORMATS[format])
        if format == "html":
            module.environment()


def dumps(result: GradeResult, format: str, **options: str) -> str:
    """A result as text. Raises KeyError for a format that FORMATS lacks."""
    text: str = importlib.import_module(FORMATS[format]).dumps(result, **options)
    return text


def write_file(
    result: GradeResult, format: str, path: str | os.PathLike[str], **options: str
) -> None:
    """Write a result file, whole or not at all: what was there before stays until then.

    Raises KeyError for a format that FORMATS lacks and OSError where it cannot be written.
    """
    data = dumps(result, format, **options).encode("utf-8")
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
