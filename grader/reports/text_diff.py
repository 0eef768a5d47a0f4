"""Where two texts begin to differ, so that a caret can point at it."""

from __future__ import annotations

from dataclasses import dataclass
from os.path import commonprefix

from rich.cells import cell_len

from grader.reports.escape import ellipsis, escaped, fitting

_ALIKE = 16  # texts that share half as many characters, or half of themselves, are compared


@dataclass(frozen=True)
class Difference:
    """Two texts as shown, one above the other, and the column where they part."""

    expected: str
    got: str
    column: int


def difference(expected: str, got: str, width: int, encoding: str = "utf-8") -> Difference | None:
    """Compare two texts of one line, each shown in at most ``width`` cells.

    The place where they part stays in sight however long they are. None where a caret
    would say nothing: several lines, equal texts, or texts with little in common.
    """
    if not (_is_one_line(expected) and _is_one_line(got)) or expected == got:
        return None
    same = len(commonprefix((expected, got)))
    same_end = len(commonprefix((expected[same:][::-1], got[same:][::-1])))
    if same + same_end < min(len(expected), len(got), _ALIKE) / 2:
        return None
    start = _end_of(expected[:same], width // 2, encoding)
    column = cell_len(start)
    return Difference(
        start + _start_of(expected[same:], width - column, encoding),
        start + _start_of(got[same:], width - column, encoding),
        column,
    )


def _is_one_line(text: str) -> bool:
    return bool(text) and "\n" not in text[:-1]


def _start_of(text: str, width: int, encoding: str) -> str:
    pieces = list(escaped(text[: width + 1], encoding))
    if len(text) <= width and cell_len("".join(pieces)) <= width:
        return "".join(pieces)
    dots = ellipsis(encoding)
    return "".join(fitting(pieces, width - len(dots))) + dots


def _end_of(text: str, width: int, encoding: str) -> str:
    pieces = list(escaped(reversed(text[-width - 1 :]), encoding))
    if len(text) <= width and cell_len("".join(pieces)) <= width:
        return "".join(reversed(pieces))
    dots = ellipsis(encoding)
    return dots + "".join(reversed(fitting(pieces, width - len(dots))))
