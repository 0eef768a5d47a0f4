"""What a defence adds to marks, or the most that they can be after it: a table of the teacher's."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import msgspec

from grader.classroom import tables
from grader.classroom.people import slug
from grader.classroom.roster import lms_id
from grader.fact import FactError, fact


class Defence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How somebody defended their work, on the scale of the rubric."""

    add: float = 0.0
    cap: float | None = None


def read(path: Path) -> dict[str, Defence]:
    """The defences in a table with columns id, add, cap, by ids. Raises FactError."""
    table = tables.load(path)
    headings = [name.strip().casefold() for name in table.headings]
    if table.column("id") is None or not {"add", "cap"} & set(headings):
        raise FactError(fact("no-defences", path=str(path), headings=", ".join(table.headings[:8])))
    made = {}
    for row in table.rows:
        cells = dict(zip(headings, row, strict=False))
        id_ = slug(lms_id(table.value(row, "id")))
        add, cap = (_number(cells.get(name, ""), path) for name in ("add", "cap"))
        made[id_] = Defence(add or 0.0, cap)
    return made


def _number(text: str, path: Path) -> float | None:
    if not text.strip():
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise FactError(fact("no-points", path=str(path), got=text))
    return value


def defended(mark: float, full: float, id_: str, defences: Mapping[str, Defence]) -> float:
    """A mark after the defence: never below 0, nor above the highest one."""
    one = defences.get(id_)
    if one is None:
        return mark
    most = full if one.cap is None else min(full, one.cap)
    return min(max(mark + one.add, 0.0), most)
