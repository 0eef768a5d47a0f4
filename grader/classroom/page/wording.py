"""What the templates of the class page use."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

from msgspec.structs import replace

from grader.classroom.people import Person
from grader.classroom.rows import Row, State
from grader.classroom.similarity.pairs import STANDS_OUT, Pair
from grader.language import N_, _
from grader.reports.escape import visible
from grader.reports.mistakes import named
from grader.reports.sentences import say
from grader.reports.signs import SIGNS
from grader.reports.wording import number
from grader.result.check import CheckResult

# The states in the words of the page, as headings of what needs a look.
STATES: Mapping[State, str] = {
    State.ERROR: N_("The grader failed"),
    State.BY_HAND: N_("To be graded by hand"),
    State.NOTHING: N_("Nothing found to grade"),
    State.WAITING: N_("Not graded yet"),
    State.ABSENT: N_("Absent"),
    State.GRADED: N_("Graded"),
}
Eyes = tuple[str, list[tuple[Row, str]]]


def eyes(rows: Sequence[Row], pairs: Sequence[Pair] = ()) -> list[Eyes]:
    """What a teacher should look at, the most pressing first: a heading, and who with why."""
    made: list[Eyes] = [
        (_(STATES[state]), [(row, _why(row)) for row in rows if row.state is state])
        for state in (State.ERROR, State.BY_HAND, State.NOTHING, State.WAITING)
    ]
    graded = [row for row in rows if row.state is State.GRADED]
    old = [(row, "") for row in graded if row.other_grader]
    unsteady = [(row, " ".join(row.unsteady)) for row in graded if row.unsteady]
    waiting = [row for row in graded if row.mark == 0 and row.waits]
    points = _("{points} points wait for: {checks}")
    zero = [
        (row, points.format(points=number(row.waits), checks=_mandatory(row))) for row in waiting
    ]
    made += [
        (_("Graded by another version of the grader"), old),
        (_("Open checks: the mark is a range"), _open(graded)),
        (_("Unsteady: other verdicts with other seeds"), unsteady),
        (_("Mark 0 in spite of points"), zero),
        (_("Similar to others"), _similar(rows, pairs)),
        (_("Late"), [(row, "") for row in rows if row.person.late]),
        (_(STATES[State.ABSENT]), [(row, "") for row in rows if row.state is State.ABSENT]),
    ]
    return [(heading, found) for heading, found in made if found]


def _open(rows: Sequence[Row]) -> list[tuple[Row, str]]:
    """Whose mark is not known exactly, and from what to what it is."""
    found = [(row, row.mark, row.most) for row in rows]
    return [
        (row, f"{number(mark)}–{number(most)}")
        for row, mark, most in found
        if mark is not None and most is not None
    ]


def _similar(rows: Sequence[Row], pairs: Sequence[Pair]) -> list[tuple[Row, str]]:
    """Who is in a pair that stands out, with whom."""
    of: dict[str, list[str]] = {}
    for pair in pairs:
        if pair.score >= STANDS_OUT:
            of.setdefault(pair.one, []).append(f"{pair.name_other} {round(100 * pair.score)} %")
            of.setdefault(pair.other, []).append(f"{pair.name_one} {round(100 * pair.score)} %")
    return [(row, ", ".join(of[row.person.id])) for row in rows if row.person.id in of]


def _why(row: Row) -> str:
    said = [visible(row.failure, 200)] if row.failure else []
    said += [visible(say(declined), 200) for declined in row.declined]
    said += [visible(say(trouble), 200) for trouble in row.person.troubles[:3]]
    if row.person.there:
        there = ", ".join(visible(name, 60) for name in row.person.there)
        said.append(_("there is: {names}").format(names=there))
    return "; ".join(said)


def _mandatory(row: Row) -> str:
    variants = row.result.variants if row.result else ()
    return ", ".join(f"{v.name}.{name}" for v in variants for name in v.mandatory_failed)


def columns(rows: Sequence[Row]) -> dict[str, list[CheckResult]]:
    """The checks of each variant that anybody has, one example each."""
    made: dict[str, dict[str, CheckResult]] = {}
    for row in rows:
        for variant in row.result.variants if row.result else ():
            for check in variant.checks:
                made.setdefault(variant.name, {}).setdefault(check.id, check)
    return {name: list(found.values()) for name, found in made.items()}


def by_id(row: Row) -> dict[str, CheckResult]:
    """The checks of a row by their ids."""
    return {check.id: check for check in row.result.checks} if row.result else {}


def nameless(rows: Sequence[Row]) -> list[Row]:
    """The rows without anybody in them, those with the best marks first."""
    best = sorted(rows, key=lambda row: -1.0 if row.mark is None else row.mark, reverse=True)
    return [_nameless(row, count) for count, row in enumerate(best, 1)]


def _nameless(row: Row, count: int) -> Row:
    nobody = Person(id=str(count), name=f"№ {count}", group=row.person.group)
    result = row.result and replace(row.result, submission=nobody.name)
    fields: dict[str, Any] = {"person": nobody, "result": result, "failure": "", "similar": ()}
    return dataclasses.replace(row, **fields, decisions=())


def address(id_: str) -> str:
    """A person's id as a part of a link."""
    return quote(id_, safe="")


FILTERS: Mapping[str, Callable[..., Any]] = {
    "address": address,
    "by_id": by_id,
    "state": lambda state: _(STATES[state]),
    "percent": lambda share: f"{round(100 * share)} %",
    "classic": named,
}
GLOBALS: Mapping[str, Any] = {"signs": {verdict.value: sign for verdict, sign in SIGNS.items()}}
