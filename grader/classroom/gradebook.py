"""The gradebook: one line for each person, for spreadsheets of every country."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from grader import language
from grader.classroom.rows import Row
from grader.reports.escape import visible

FIRST = (
    "id",
    "name",
    "group",
    "email",
    "late",
    "status",
    "mark",
    "grade",
    "full",
    "up_to",
    "decided",
)
LAST = ("waits", "unsteady", "similar_to", "attempt", "other_grader")
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a spreadsheet would calculate what begins so


def header(rows: Sequence[Row]) -> list[str]:
    """The names of the columns: the same whatever the language, for programs that read it."""
    variants = _variants(rows)
    of_variants = [f"{name}_{what}" for name in variants for what in ("points", "mark", "stars")]
    return [*FIRST, *of_variants, *LAST, *_checks(rows)]


def dumps(rows: Sequence[Row], separator: str = "") -> str:
    """The gradebook as CSV (RFC 4180), begun by a byte order mark.

    In Russian with semicolons and decimal commas, which is what a spreadsheet there reads.
    """
    russian = language.in_use() == "ru"
    point = "," if russian else "."
    file = io.StringIO()
    writer = csv.writer(file, delimiter=separator or (";" if russian else ","))
    names, checks = _variants(rows), _checks(rows)
    writer.writerow(header(rows))
    for row in rows:
        writer.writerow([*_first(row, point), *_rest(row, names, checks, point)])
    return "\ufeff" + file.getvalue()


def _first(row: Row, point: str) -> list[str]:
    person = row.person
    texts = [_text(text) for text in (person.id, person.name, person.group, person.email)]
    decided = " ".join(one.check or "mark" for one in row.decisions)
    number = "" if row.mark is None else _number(row.mark, point)
    full = _number(row.full, point)
    most = "" if row.most is None else _number(row.most, point)
    late = "late" if person.late else ""
    return [*texts, late, row.state.value, number, _text(row.grade), full, most, decided]


def _rest(row: Row, names: Sequence[str], checks: Sequence[str], point: str) -> list[str]:
    variants = {variant.name: variant for variant in row.result.variants} if row.result else {}
    made: list[str] = []
    for name in names:
        variant = variants.get(name)
        values = (variant.points, variant.mark, variant.stars) if variant else (None,) * 3
        made += ["" if value is None else _number(value, point) for value in values]
    made += [
        _number(row.waits, point) if row.waits else "",
        " ".join(row.unsteady),
        " ".join(map(_text, row.similar)),
        f"{row.attempt} of {row.attempts}" if row.attempts > 1 else "",
        "yes" if row.other_grader else "",
    ]
    found = {check.id: check.verdict.value for check in row.result.checks} if row.result else {}
    return made + [found.get(id_, "") for id_ in checks]


def _variants(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(v.name for row in rows if row.result for v in row.result.variants))


def _checks(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(c.id for row in rows if row.result for c in row.result.checks))


def _number(value: float, point: str) -> str:
    return f"{value:g}".replace(".", point)


def _text(text: str) -> str:
    shown = visible(text)
    return f"'{shown}" if shown.startswith(FORMULA) else shown
