"""Tables as an LMS or a spreadsheet writes them: their encoding, delimiter and headings."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader.fact import FactError, fact

BOM = b"\xef\xbb\xbf"
MAX_BYTES = 20_000_000
# What a column is, by its heading in small letters. English and Russian, Moodle, Canvas,
# Gradescope, GitHub Classroom, and what people call it.
HEADINGS: Mapping[str, Sequence[str]] = {
    "id": (
        *("identifier", "id", "sid", "student id", "user id", "id number", "индивидуальный номер"),
        *("идентификатор", "номер"),
    ),
    "name": ("full name", "name", "student", "полное имя", "имя", "фио", "студент"),
    "first": ("first name", "имя"),
    "last": ("last name", "surname", "фамилия"),
    "group": ("group", "section", "sections", "группа", "groups", "группы", "секция"),
    "email": ("email address", "email", "e-mail", "адрес электронной почты", "почта"),
    "user": ("username", "github_username", "login", "sis login id", "логин"),
    "late": ("late", "опоздание"),
    "grade": ("grade", "оценка"),
    "maximum": ("maximum grade", "максимальная оценка"),
    "feedback": ("feedback comments", "отзыв в виде комментария"),
    "changeable": ("grade can be changed", "оценка может быть изменена"),
    "status": ("status", "статус"),
}


@dataclass(frozen=True)
class Table:
    """A table: its headings and its rows, as texts."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    delimiter: str
    encoding: str

    def column(self, what: str) -> int | None:
        """Which column this is, by its heading; None where there is none."""
        names = [name.strip().casefold() for name in self.headings]
        return next((names.index(name) for name in HEADINGS[what] if name in names), None)

    def value(self, row: Sequence[str], what: str) -> str:
        """What a row has in a column; empty where there is none."""
        at = self.column(what)
        return row[at].strip() if at is not None and at < len(row) else ""


def load(path: Path) -> Table:
    """Read a table. Raises FactError where it is none."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES)
    except OSError as error:
        why = fact("path-unreadable", path=str(path), reason=error.strerror or "")
        raise FactError(why) from None
    return parse(data, str(path))


def parse(data: bytes, path: str) -> Table:
    """The table in a file. Raises FactError where it is none."""
    encoding = encoding_of(data)
    text = data.decode(encoding, "replace")
    delimiter = delimiter_of(text)
    try:
        lines = [
            tuple(line) for line in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        ]
    except csv.Error as error:
        raise FactError(fact("no-table", path=path, reason=str(error))) from None
    lines = [line for line in lines if any(cell.strip() for cell in line)]
    if not lines:
        raise FactError(fact("no-table-rows", path=path))
    return Table(lines[0], tuple(lines[1:]), delimiter, encoding)


def encoding_of(data: bytes) -> str:
    """UTF-8 with or without its mark, or the encoding of a Russian Windows."""
    if data.startswith(BOM):
        return "utf-8-sig"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1251"
    return "utf-8"


def delimiter_of(text: str) -> str:
    """The sign between the columns: the one that the first line has most of."""
    first = re.sub(r'"[^"]*"', "", text.lstrip("\ufeff\r\n").partition("\n")[0])
    return max(",;\t", key=first.count)
