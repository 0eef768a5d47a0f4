"""Everybody's row: what is known of them, by which attempt, and what stands out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace as changed
from pathlib import Path

import pytest
from msgspec.structs import replace
from support import classes
from support.changes import check, failed, graded, result
from support.classes import KNOWN, OPTIONS, files, one_failed, person
from support.made_up import step

from grader.classroom import rows
from grader.classroom.people import Decision
from grader.classroom.rows import Row, State
from grader.classroom.rules import Rules
from grader.classroom.store import Store
from grader.fact import fact
from grader.result.check import CheckResult
from grader.result.grade import GradeResult
from grader.result.own import OwnProtocol
from grader.result.verdict import Verdict


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The store of an empty class."""
    with Store(tmp_path) as made:
        yield made


def only(store: Store, how: rows.How = KNOWN.how) -> Row:
    """The one row of a class."""
    (row,) = rows.rows(store, how)
    return row


def test_somebody_graded(store: Store) -> None:
    """With the mark, and the result under their own name."""
    classes.stored(store, {"alice": one_failed()})
    row = only(store)
    assert (row.state, row.mark, row.full, row.needs_eyes) == (State.GRADED, 80, 100, False)
    assert row.result is not None and row.result.submission == "Name of alice"


@pytest.mark.parametrize(
    ("found", "state"),
    [
        (None, State.WAITING),
        ("it broke", State.ERROR),
        (graded({"tcp.starts": lambda c: check(c.id, Verdict.ERROR)}), State.ERROR),
        (result([check("tcp.starts")]), State.BY_HAND),
    ],
)
def test_somebody_without_a_mark(found: object, state: State, store: Store) -> None:
    """Each kind is told from the others, and needs a look."""
    classes.stored(store, {"alice": found})  # type: ignore[dict-item]
    assert (only(store).state, only(store).needs_eyes, only(store).mark) == (state, True, None)


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"absent": True}, State.ABSENT),
        ({"there": ("a.doc",)}, State.NOTHING),
        ({"troubles": (fact("called-otherwise", there="a.py"),)}, State.BY_HAND),
    ],
)
def test_somebody_without_files(fields: dict[str, object], state: State, store: Store) -> None:
    """Absent, nothing to grade, or something that a person can look at."""
    store.take_in([(person("alice", **fields), {})])
    assert only(store).state is state


def test_the_last_attempt_counts_or_the_best(store: Store) -> None:
    """As the class has it."""
    for text, found in (("one", graded()), ("two", one_failed())):
        store.take_in([(person("alice"), files(text))])
        classes.keep(store, files(text), found)
    assert (only(store).mark, only(store).attempt, only(store).attempts) == (80, 2, 2)
    best = only(store, changed(KNOWN.how, keep="best"))
    assert (best.mark, best.attempt) == (100, 1)


def test_an_unsteady_check_is_flagged(store: Store) -> None:
    """And the best of its plays counts, or the first, as the class has it."""
    classes.stored(store, {"alice": one_failed()})
    single = result([check("tcp.many-users")], mark=None)
    classes.keep(
        store, files("alice"), single, replace(OPTIONS, seed=2, checks=("tcp.many-users",))
    )
    assert (only(store).unsteady, only(store).mark) == (("tcp.many-users",), 100)
    first = only(store, changed(KNOWN.how, count="first"))
    assert (first.unsteady, first.mark) == (("tcp.many-users",), 80)


def test_a_check_that_fails_again_is_steady(store: Store) -> None:
    """Nothing is flagged."""
    classes.stored(store, {"alice": one_failed()})
    again = result([failed()(check("tcp.many-users"))], mark=None)
    classes.keep(store, files("alice"), again, replace(OPTIONS, seed=2, checks=("tcp.many-users",)))
    assert (only(store).unsteady, only(store).mark) == ((), 80)


def test_a_result_of_another_grader_is_shown_as_such(store: Store) -> None:
    """Until this one has graded it."""
    store.take_in([(person("alice"), files("alice"))])
    classes.keep(store, files("alice"), graded(), grader="another")
    assert (only(store).other_grader, only(store).needs_eyes, only(store).mark) == (True, True, 100)
    classes.keep(store, files("alice"), one_failed())
    assert (only(store).other_grader, only(store).mark) == (False, 80)


def test_a_decision_about_the_mark_closes_the_row(store: Store) -> None:
    """Also where nothing could be graded."""
    store.take_in([(person("alice"), {})])
    store.decide(Decision("alice", "", 55, "shown in class"))
    row = only(store)
    assert (row.state, row.mark, row.needs_eyes) == (State.GRADED, 55, False)


def test_a_decision_survives_another_grading(store: Store) -> None:
    """It is about the person, not about a result."""
    classes.stored(store, {"alice": one_failed()})
    store.decide(Decision("alice", "tcp.many-users", 20, "seen"))
    classes.keep(store, files("alice"), one_failed())
    assert only(store).mark == 100


def test_who_is_late_loses_what_the_rules_say(store: Store) -> None:
    """Without a rule nothing."""
    store.take_in([(person("alice", late=True), files("alice"))])
    classes.keep(store, files("alice"), one_failed())
    assert only(store).mark == 80
    assert only(store, changed(KNOWN.how, rules=Rules(late_percent=25))).mark == 60


def test_a_mark_is_on_the_scale_of_the_class(store: Store) -> None:
    """Scaled, rounded and named."""
    classes.stored(store, {"alice": one_failed()})
    rules = Rules(out_of=10, digits=0, scale={"good": 8})
    row = only(store, changed(KNOWN.how, rules=rules))
    assert (row.mark, row.full, row.grade) == (8, 10, "good")


def test_rows_are_light_and_pages_whole(store: Store) -> None:
    """A class of hundreds is in memory at once; a page is made of one result."""
    classes.stored(store, {"alice": one_failed(transcript=(step("server-starts"),))})
    row = only(store)
    assert row.result is not None and not any(c.transcript for c in row.result.checks)
    result = rows.whole(store, KNOWN.how, row)
    assert result is not None and any(c.transcript for c in result.checks)


def test_points_that_wait(store: Store) -> None:
    """For a mandatory check."""
    classes.stored(store, {"alice": graded({"tcp.server-threads": failed()}, over=("tcp",))})
    assert (only(store).mark, only(store).waits) == (0, 90)


def of_its_own(**fields: object) -> GradeResult:
    """A result of a chat of its own protocol, one check of which cannot be told."""
    opened = graded({"tcp.many-users": became_open}, over=("tcp",))
    (variant,) = opened.variants
    own = OwnProtocol((), **{"declined": None, "most": 100.0, "dialect": "", **fields})  # type: ignore[arg-type]
    mark = None if own.declined else 80.0
    return replace(opened, mark=mark, variants=(replace(variant, own=own, mark=mark),))


def became_open(check: CheckResult) -> CheckResult:
    """It cannot be told."""
    return replace(check, verdict=Verdict.OPEN, points=0.0)


def test_an_open_check_needs_a_look(store: Store) -> None:
    """The mark is a range, which a decision about the check or the mark closes."""
    classes.stored(store, {"alice": of_its_own()})
    assert (only(store).mark, only(store).most, only(store).needs_eyes) == (80, 100, True)
    store.decide(Decision("alice", "tcp.many-users", 10, "seen"))
    assert (only(store).mark, only(store).most, only(store).needs_eyes) == (90, None, False)
    store.decide(Decision("alice", "", 85, "seen"))
    assert (only(store).mark, only(store).most) == (85, None)


def test_what_was_declined_is_for_a_person(store: Store) -> None:
    """With the reason, and without a mark."""
    classes.stored(store, {"alice": of_its_own(declined=fact("own-no-folder", path="x"))})
    row = only(store)
    assert (row.state, row.mark) == (State.BY_HAND, None)
    assert [why.code for why in row.declined] == ["own-no-folder"]
