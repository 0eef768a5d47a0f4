"""A CSV file in which some cells are replaced, and every other byte stays as it was."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from grader.classroom.tables import delimiter_of, encoding_of

BOM = "\ufeff"
# A cell is quoted, with two quotes for one of its own, or it is plain. What follows ends it.
CELL = r'(?:[ \t]*"(?:[^"]|"")*"[^{d}\r\n]*|[^{d}\r\n]*)'


@dataclass(frozen=True)
class Cell:
    """Where a cell stands in the text of a file, and what is in it."""

    start: int
    end: int
    value: str


class Cells:
    """The cells of a CSV file, line by line; lines without anything are left out."""

    def __init__(self, data: bytes) -> None:
        self.encoding = encoding_of(data).removesuffix("-sig")
        self._text = data.decode(self.encoding, "surrogateescape")
        self.delimiter = delimiter_of(self._text)
        self.lines = self._cells()

    def _cells(self) -> list[list[Cell]]:
        cell = re.compile(CELL.format(d=re.escape(self.delimiter)))
        lines: list[list[Cell]] = []
        line: list[Cell] = []
        at = len(BOM) if self._text.startswith(BOM) else 0
        while at <= len(self._text):
            found = cell.match(self._text, at)
            assert found is not None  # nothing at all is a cell, too
            line.append(Cell(at, found.end(), _value(found[0])))
            at = found.end()
            if self._text[at : at + 1] == self.delimiter:
                at += 1
                continue
            if any(one.value for one in line):
                lines.append(line)
            line = []
            at += 2 if self._text[at : at + 2] == "\r\n" else 1
        return lines

    def with_values(self, values: Mapping[Cell, str]) -> bytes:
        """The file with other values in these cells."""
        text, end = [], 0
        for cell in sorted(values, key=lambda cell: cell.start):
            text += [self._text[end : cell.start], self._quoted(values[cell])]
            end = cell.end
        text.append(self._text[end:])
        return "".join(text).encode(self.encoding, "surrogateescape")

    def _quoted(self, value: str) -> str:
        try:
            value.encode(self.encoding)
        except UnicodeEncodeError:
            value = value.encode(self.encoding, "replace").decode(self.encoding)
        if re.search(rf'["\r\n{re.escape(self.delimiter)}]', value) or value != value.strip():
            doubled = value.replace('"', '""')
            return f'"{doubled}"'
        return value


def _value(text: str) -> str:
    stripped = text.strip()
    if stripped.startswith('"'):
        return stripped[1 : stripped.rfind('"')].replace('""', '"') if len(stripped) > 1 else ""
    return stripped
