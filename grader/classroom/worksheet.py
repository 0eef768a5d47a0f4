"""A worksheet of Moodle or a gradebook of Canvas, downloaded, filled in and ready to be uploaded.

Nothing but grades and feedback is changed in it. What the importer would skip is told: it reads
only rows that it knows, may change, and finds changed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from grader.classroom import tables
from grader.classroom.cells import Cell, Cells
from grader.classroom.people import slug
from grader.classroom.roster import POINTS_POSSIBLE, lms_id
from grader.classroom.rows import Row
from grader.classroom.rules import Rules, scaled
from grader.fact import Fact, FactError, fact

TITLE = re.compile(r".+\((\d+)\)")  # of an assignment in a Canvas gradebook
NO = ("no", "нет")


@dataclass(frozen=True)
class Filled:
    """A worksheet with grades in it."""

    data: bytes
    count: int  # of people who have a grade in it now
    skipped: tuple[Fact, ...]  # who the importer will pass over, and why


@dataclass(frozen=True)
class _Columns:
    """Where things stand in the lines of a worksheet."""

    id: int
    grade: int
    feedback: int | None
    maximum: Callable[[Sequence[Cell]], float | None]
    changeable: int | None
    point: str  # the decimal point


def fill(
    data: bytes,
    path: str,
    rows: Sequence[Row],
    rules: Rules,
    feedback: Callable[[Row], str],
    column: str = "",
) -> Filled:
    """Fill in a worksheet. Raises FactError where it is none, or which column is not clear."""
    cells = Cells(data)
    if not cells.lines:
        raise FactError(fact("no-table-rows", path=path))
    columns = _columns(cells, path, column)
    by_id = {row.person.id: row for row in rows}
    values: dict[Cell, str] = {}
    skipped: list[Fact] = []
    seen: set[str] = set()
    for line in cells.lines[1:]:
        if len(line) <= max(columns.id, columns.grade):
            continue
        row = by_id.get(slug(lms_id(line[columns.id].value)))
        if row is None:
            continue
        seen.add(row.person.id)
        new, why = _values(line, columns, row, rules, feedback)
        values |= new
        if why is not None:
            skipped.append(fact("worksheet-skips", name=row.person.name, reason=why))
    for row in rows:
        if row.person.id not in seen:
            absent = fact("not-in-worksheet")
            skipped.append(fact("worksheet-skips", name=row.person.name, reason=absent))
    grades = {line[columns.grade] for line in cells.lines if len(line) > columns.grade}
    count = len(grades & values.keys())
    return Filled(cells.with_values(values), count, tuple(skipped))


def _values(
    line: Sequence[Cell],
    columns: _Columns,
    row: Row,
    rules: Rules,
    feedback: Callable[[Row], str],
) -> tuple[Mapping[Cell, str], Fact | None]:
    """What is to stand in the cells of a line, and why the importer will pass it over."""
    if row.mark is None:
        return {}, fact("no-mark-yet")
    most = columns.maximum(line)
    if most is None or not row.full:
        mark = row.mark
    else:
        mark = scaled(rules_of(rules, most), row.mark, row.full)
    text = f"{mark:g}".replace(".", columns.point)
    made = {line[columns.grade]: text}
    if columns.feedback is not None and columns.feedback < len(line):
        made[line[columns.feedback]] = feedback(row)
    at = columns.changeable
    if at is not None and at < len(line) and line[at].value.casefold() in NO:
        return {}, fact("is-locked")
    if _same(line[columns.grade].value, mark):
        return made, fact("is-unchanged")
    return made, None


def rules_of(rules: Rules, most: float) -> Rules:
    """The rules that bring a mark to another highest one; their rounding is that of the class."""
    return Rules(out_of=most, digits=rules.digits)


def _same(text: str, mark: float) -> bool:
    try:
        return abs(float(text.replace(",", ".")) - mark) < 1e-6
    except ValueError:
        return False


def _columns(cells: Cells, path: str, column: str) -> _Columns:
    headings = [cell.value.strip("\ufeff ") for cell in cells.lines[0]]
    table = tables.Table(tuple(headings), (), cells.delimiter, cells.encoding)
    id_, grade = table.column("id"), table.column("grade")
    if id_ is None:
        raise FactError(fact("no-worksheet", path=path, headings=", ".join(headings[:8])))
    if grade is not None and not column:
        russian = headings[grade].casefold() == "оценка"
        return _Columns(
            id_,
            grade,
            table.column("feedback"),
            _maximum_of_line(table.column("maximum")),
            table.column("changeable"),
            "," if russian else ".",
        )
    titles = [at for at, name in enumerate(headings) if TITLE.fullmatch(name)]
    chosen = [at for at in titles if column and headings[at].startswith(column)] or titles
    if len(chosen) != 1:
        names = ", ".join(headings[at] for at in titles) or ", ".join(headings[:8])
        raise FactError(fact("which-column", path=path, names=names))
    return _Columns(id_, chosen[0], None, _maximum_of_column(cells, chosen[0]), None, ".")


def _maximum_of_line(at: int | None) -> Callable[[Sequence[Cell]], float | None]:
    def maximum(line: Sequence[Cell]) -> float | None:
        return _number(line[at].value) if at is not None and at < len(line) else None

    return maximum


def _maximum_of_column(cells: Cells, at: int) -> Callable[[Sequence[Cell]], float | None]:
    points = [line for line in cells.lines if line[0].value.strip().casefold() == POINTS_POSSIBLE]
    most = _number(points[0][at].value) if points and at < len(points[0]) else None
    return lambda _line: most


def _number(text: str) -> float | None:
    try:
        value = float(text.replace(",", ".").replace("\xa0", ""))
    except ValueError:
        return None
    return value if value > 0 else None
