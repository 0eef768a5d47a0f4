"""Checks that failed are played again: which, how often, and not once more."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from support import classes
from support.changes import failed, graded
from support.classes import KNOWN, OPTIONS, files, one_failed

from grader.classroom import steadiness
from grader.classroom.keys import digest
from grader.classroom.store import Store

MANY = ("tcp.many-users",)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The store of an empty class."""
    with Store(tmp_path) as made:
        yield made


def test_what_costs_points_is_played_twice_more(store: Store) -> None:
    """With two other seeds; what passed and stars are not."""
    star = graded({"tcp.storm": failed()})
    classes.stored(store, {"alice": one_failed(), "bob": graded(), "carol": star, "dave": "broke"})
    due = steadiness.due(store, KNOWN)
    assert [one for one, _how in due] == [digest(files("alice"))] * 2
    assert [(how.checks, how.seed) for _one, how in due] == [(MANY, 2), (MANY, 3)]


def test_what_was_played_is_not_played_again(store: Store) -> None:
    """An interrupted run goes on."""
    classes.stored(store, {"alice": one_failed()})
    classes.keep(store, files("alice"), one_failed(), replace(OPTIONS, checks=MANY, seed=2))
    assert [how.seed for _one, how in steadiness.due(store, KNOWN)] == [3]


def test_two_with_the_same_files_are_played_once(store: Store) -> None:
    """As they were graded."""
    classes.stored(store, {"alice": one_failed()})
    store.take_in([(classes.person("bob"), files("alice"))])
    assert len(steadiness.due(store, KNOWN)) == 2


def test_what_another_grader_found_is_not_played(store: Store) -> None:
    """Until this one has graded it."""
    store.take_in([(classes.person("alice"), files("a"))])
    classes.keep(store, files("a"), one_failed(), grader="another")
    assert steadiness.due(store, KNOWN) == []
