"""How verdicts become marks in this class: points, mandatory checks, weights, lateness, a scale.

Nothing here changes a verdict: a class is marked anew by other rules without grading anything.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec

from grader.assignment import rubric
from grader.assignment.variants import NAMES, VARIANTS
from grader.fact import FactError, fact

SUM = 100  # the points of a variant


class Rules(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rules of a class, as a TOML file has them; what it leaves out is the kit's own."""

    points: dict[str, float] = {}  # by the ids of checks
    mandatory: tuple[str, ...] | None = None  # ids of checks
    weights: dict[str, float] = {}  # by the names of variants
    late_percent: float = 0  # of the mark, taken off where something came late
    out_of: float | None = None  # the highest mark, if it is not the rubric's
    digits: int = 1  # of a mark, after the point
    scale: dict[str, float] = {}  # a grade in words or figures, and the least mark for it


NONE = Rules()


def read(path: Path) -> Rules:
    """The rules in a file. Raises FactError where they are none."""
    try:
        tomllib: Any = import_module("tomllib")
    except ModuleNotFoundError:  # before Python 3.11
        raise FactError(fact("rules-need-python", path=str(path))) from None
    try:
        found = tomllib.loads(path.read_text(encoding="utf-8-sig"))
        rules = msgspec.convert(found, Rules, strict=True)
    except (OSError, ValueError) as error:
        why = str(error.strerror if isinstance(error, OSError) else error)
        raise FactError(fact("rules-unreadable", path=str(path), reason=why)) from None
    _expect_sense(rules, path)
    return rules


def _expect_sense(rules: Rules, path: Path) -> None:
    """Raises FactError for checks that are not there, and for points that do not add up."""
    ids = set(rubric.check_ids())
    named = (*rules.points, *(rules.mandatory or ()))
    unknown = [id_ for id_ in named if id_ not in ids]
    unknown += [name for name in rules.weights if name not in NAMES]
    if unknown:
        raise FactError(fact("rules-name-unknown", path=str(path), name=unknown[0]))
    numbers = (*rules.points.values(), *rules.weights.values(), rules.late_percent, rules.digits)
    numbers += (*rules.scale.values(), rules.out_of or 1)
    if not all(math.isfinite(value) and 0 <= value <= 10_000 for value in numbers):
        raise FactError(fact("rules-number", path=str(path)))
    for variant in VARIANTS:
        total = sum(max_points(rules, own).values()) if (own := _own(variant.name)) else 0
        if not math.isclose(total, SUM):
            sums = fact("rules-sum", path=str(path), variant=variant.name, sum=total, wanted=SUM)
            raise FactError(sums)


def _own(variant: str) -> dict[str, float]:
    """The kit's own points of a variant's checks."""
    rows = ((v, row) for v in VARIANTS if v.name == variant for row in rubric.rows(v))
    return {f"{v.name}.{row.name}": row.max_points(v) for v, row in rows}


def max_points(rules: Rules, own: Mapping[str, float]) -> dict[str, float]:
    """The points that each of these checks can earn by these rules."""
    return {id_: rules.points.get(id_, points) for id_, points in own.items()}


def weight(rules: Rules, variant: str, own: float) -> float:
    """The weight of a variant."""
    return rules.weights.get(variant, own)


def is_mandatory(rules: Rules, id_: str, own: bool) -> bool:
    """Whether a variant has the mark 0 until this check has passed."""
    return own if rules.mandatory is None else id_ in rules.mandatory


def scaled(rules: Rules, mark: float, full: float) -> float:
    """A mark as it is given: on the scale of the class, rounded half up."""
    value = mark / full * rules.out_of if rules.out_of and full else mark
    step: float = 10.0**rules.digits
    return math.floor(value * step + 0.5 + 1e-9) / step


def grade(rules: Rules, mark: float) -> str:
    """What the mark is called on the scale of the class; nothing where there is none."""
    reached = [(least, name) for name, least in rules.scale.items() if mark >= least]
    return max(reached)[1] if reached else ""


def dumps(rules: Rules) -> str:
    """The rules as one line of JSON, to be stored."""
    return msgspec.json.encode(rules).decode()


def loads(text: str) -> Rules:
    """The rules that :func:`dumps` wrote."""
    return msgspec.json.decode(text, type=Rules)
