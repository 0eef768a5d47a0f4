"""A row for each person of a class, made of all that is stored."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from msgspec.structs import replace

from grader.classroom import marks, rules
from grader.classroom.defence import Defence, defended
from grader.classroom.keys import Options, fingerprint
from grader.classroom.people import Attempt, Decision, Person
from grader.classroom.rules import Rules
from grader.classroom.store import Store, Stored
from grader.fact import Fact
from grader.result.check import CheckResult
from grader.result.grade import GradeResult
from grader.result.verdict import Verdict


class State(Enum):
    """What is known of somebody."""

    GRADED = "graded"
    WAITING = "waiting"  # to be graded
    BY_HAND = "by hand"  # it cannot be graded by itself
    NOTHING = "nothing found"
    ABSENT = "absent"
    ERROR = "error"


NEED_EYES = (State.ERROR, State.BY_HAND, State.NOTHING)
ORDER = (
    *(Verdict.ERROR, Verdict.SKIP, Verdict.TODO, Verdict.OPEN),
    *(Verdict.FAIL, Verdict.PASS),
)  # the best last


@dataclass(frozen=True)
class Row:
    """What the class page and the gradebook say of one person."""

    person: Person
    state: State
    result: GradeResult | None = None  # of the attempt that counts, with decisions, labelled
    mark: float | None = None  # as it is given
    full: float = 100.0  # the highest mark
    grade: str = ""  # on the scale of the class
    attempt: int = 0
    attempts: int = 0
    digest: str = ""
    failure: str = ""
    decisions: tuple[Decision, ...] = ()
    unsteady: tuple[str, ...] = ()  # ids of checks that came out differently with other seeds
    most: float | None = None  # the mark if every open check passed; None where none is open
    other_grader: bool = False  # graded by another version of the grader
    similar: tuple[str, ...] = ()  # ids of people

    @property
    def needs_eyes(self) -> bool:
        """Whether a teacher is to look at it before anything is published."""
        waits = self.state is State.WAITING or self.most is not None
        return self.state in NEED_EYES or waits or self.other_grader

    @property
    def declined(self) -> tuple[Fact, ...]:
        """Why a variant could not be driven, for a row without a mark."""
        owns = [v.own for v in self.result.variants] if self.result and self.mark is None else []
        return tuple(own.declined for own in owns if own is not None and own.declined is not None)

    @property
    def waits(self) -> float:
        """The points that wait for a mandatory check, in the variant that has most of them."""
        variants = self.result.variants if self.result else ()
        return max((v.points for v in variants if v.mandatory_failed), default=0.0)


@dataclass(frozen=True)
class How:
    """How a class is marked."""

    options: Options
    rules: Rules = rules.NONE
    keep: str = "last"  # or "best", of several attempts
    count: str = "best"  # or "first", of checks that were played again
    defences: Mapping[str, Defence] = field(default_factory=dict)  # by the ids of people


def rows(store: Store, how: How) -> list[Row]:
    """Everybody's row, in the order of their ids."""
    attempts: dict[str, list[Attempt]] = {}
    for attempt in store.attempts():
        attempts.setdefault(attempt.person, []).append(attempt)
    decisions: dict[str, list[Decision]] = {}
    for decision in store.decisions():
        decisions.setdefault(decision.person, []).append(decision)
    return [
        _row(store, how, person, attempts.get(person.id, []), decisions.get(person.id, []))
        for person in store.people()
    ]


def whole(store: Store, how: How, row: Row) -> GradeResult | None:
    """The result of a row with all that a page shows of it."""
    of_row = Attempt(row.person.id, row.attempt, row.digest)
    if not row.digest:
        return None
    return _of_attempt(store, how, row.person, of_row, row.decisions, slim=False).result


def current(store: Store, how: How, row: Row) -> GradeResult | None:
    """What this grader found with the options of the class, before any decision; if it has."""
    first = _first(store.results(row.digest), how.options) if row.digest else None
    ours = first is not None and first.grader == fingerprint() and first.options == how.options
    return first.result if first is not None and ours else None


def _slim(result: GradeResult) -> GradeResult:
    """The same without what is long: a class of hundreds is in memory at once."""

    def of_check(check: CheckResult) -> CheckResult:
        return replace(check, transcript=(), raised=(), standing=())

    variants = (replace(v, checks=tuple(map(of_check, v.checks))) for v in result.variants)
    return replace(result, variants=tuple(variants))


def _row(
    store: Store,
    how: How,
    person: Person,
    attempts: Sequence[Attempt],
    decisions: Sequence[Decision],
) -> Row:
    if not attempts:
        state = State.ABSENT if person.absent else State.NOTHING
        if any(why.code in BY_HAND for why in person.troubles):
            state = State.BY_HAND
        return _decided(Row(person, state), how, decisions)
    made = [_of_attempt(store, how, person, one, decisions) for one in attempts]
    chosen = made[-1]
    if how.keep == "best":
        chosen = max(made, key=lambda row: (-1.0 if row.mark is None else row.mark, row.attempt))
    return _decided(dataclasses.replace(chosen, attempts=len(attempts)), how, decisions)


# What a person can look at, and this grader cannot.
BY_HAND = frozenset({"called-otherwise", "several-folders-of-one"})


def _of_attempt(
    store: Store,
    how: How,
    person: Person,
    attempt: Attempt,
    decisions: Sequence[Decision],
    *,
    slim: bool = True,
) -> Row:
    row = Row(person, State.WAITING, attempt=attempt.number, digest=attempt.digest)
    stored = store.results(attempt.digest)
    first = _first(stored, how.options)
    if first is None:
        return row
    old = first.grader != fingerprint()
    if first.result is None:
        return dataclasses.replace(row, state=State.ERROR, failure=first.failure, other_grader=old)
    again = _again(stored, first)
    better = best(first.result, again) if how.count == "best" else {}
    result = marks.marked(first.result, how.rules, decisions, better)
    result = replace(_slim(result) if slim else result, submission=person.name)
    row = dataclasses.replace(
        row, result=result, other_grader=old, unsteady=unsteady(first.result, again)
    )
    if result.mark is None:
        return dataclasses.replace(row, state=State.ERROR if result.has_error else State.BY_HAND)
    mark, full = result.mark, how.rules.out_of or result.full_mark
    if person.late:
        mark *= 1 - how.rules.late_percent / 100
    mark = defended(mark, result.full_mark, person.id, how.defences)
    mark = rules.scaled(how.rules, mark, result.full_mark)
    named = rules.grade(how.rules, mark)
    if result.most is not None and result.full_mark:
        row = dataclasses.replace(row, most=rules.scaled(how.rules, result.most, result.full_mark))
    return dataclasses.replace(row, state=State.GRADED, mark=mark, full=full, grade=named)


def _first(stored: Sequence[Stored], options: Options) -> Stored | None:
    """The result that counts: by this grader with these options, else the latest whole one."""
    whole = [one for one in stored if not one.options.checks]
    ours = [one for one in whole if one.grader == fingerprint() and one.options == options]
    return next(iter((ours or whole)[-1:]), None)


def _again(stored: Iterable[Stored], first: Stored) -> list[GradeResult]:
    """What came of single checks when they were played again with other seeds."""
    same = (
        one
        for one in stored
        if one.grader == first.grader
        and one.options.checks
        and replace(one.options, checks=(), seed=first.options.seed) == first.options
    )
    return [one.result for one in same if one.result is not None]


def unsteady(result: GradeResult, again: Iterable[GradeResult]) -> tuple[str, ...]:
    """The ids of the checks that came out differently with other seeds."""
    first = {check.id: check.verdict for check in result.checks}
    other = [check for one in again for check in one.checks if check.verdict is not Verdict.ERROR]
    found = dict.fromkeys(c.id for c in other if c.id in first and c.verdict is not first[c.id])
    return tuple(found)


def best(result: GradeResult, again: Iterable[GradeResult]) -> Mapping[str, CheckResult]:
    """The checks that came out better with other seeds, each with its best outcome."""
    found = {check.id: check for check in result.checks}
    better: dict[str, CheckResult] = {}
    for check in (check for one in again for check in one.checks if check.id in found):
        now = better.get(check.id, found[check.id])
        if ORDER.index(check.verdict) > ORDER.index(now.verdict):
            better[check.id] = check
    return better


def _decided(row: Row, how: How, decisions: Sequence[Decision]) -> Row:
    """The row with what a teacher decided about the mark: it is closed by that."""
    row = dataclasses.replace(row, decisions=tuple(decisions))
    about = next((one for one in decisions if not one.check), None)
    if about is None:
        return row
    full = how.rules.out_of or (row.result.full_mark if row.result else row.full)
    named = rules.grade(how.rules, about.value)
    fields = {"mark": about.value, "full": full, "grade": named, "most": None}
    return dataclasses.replace(row, state=State.GRADED, **fields)  # type: ignore[arg-type]
