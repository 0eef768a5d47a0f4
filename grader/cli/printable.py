"""The language that can be printed: an encoding may lack the letters of the one asked for."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from grader import language

FALLBACK = "en"
NOTE = (
    "grader: {encoding}, the encoding of the output, has not all letters of '{asked}': "
    "this is in English; PYTHONIOENCODING=utf-8 or --output FILE has them\n"
)


def use(asked: str) -> str:
    """Talk in this language, in English where it cannot be printed; returns what was asked for."""
    language.use(asked if language.can_write(asked, _encoding()) else FALLBACK)
    language.write_in(_encoding())
    return asked


def settle(asked: str, outputs: Iterable[tuple[str, str]]) -> None:
    """Say that it is English, if anything is printed; files can have every letter."""
    in_files = all(path for _format, path in outputs)
    if in_files:
        language.write_in("utf-8")
    if language.in_use() == asked:
        return
    if in_files:
        language.use(asked)
    elif sys.stderr is not None:
        sys.stderr.write(NOTE.format(encoding=_encoding(), asked=asked))


def _encoding() -> str:
    return getattr(sys.stdout, "encoding", None) or "utf-8"
