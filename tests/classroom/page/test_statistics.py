"""What the rows of a class say together."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import classes
from support.changes import failed, graded
from support.classes import KNOWN, one_failed, person

from grader.classroom import rows
from grader.classroom.page import statistics
from grader.classroom.store import Store


def made(folder: Path, passed: int, count: int) -> list[rows.Row]:
    """A class in which so many pass a check."""
    with Store(folder) as store:
        results = {
            f"{n:02}": graded(over=("tcp",)) if n < passed else one_failed(mistake="leave-twice")
            for n in range(count)
        }
        classes.stored(store, results)
        return rows.rows(store, KNOWN.how)


def test_marks_are_counted_in_tenths(tmp_path: Path) -> None:
    """The highest mark is in the last one."""
    (everybody,) = statistics.marks(made(tmp_path, passed=3, count=5))
    assert everybody.counts == (0, 0, 0, 0, 0, 0, 0, 0, 2, 3)
    assert (everybody.mean, everybody.median, everybody.people) == (92, 100, 5)


def test_groups_are_counted_apart(tmp_path: Path) -> None:
    """If there are several."""
    with Store(tmp_path) as store:
        for id_, group in (("1", "A"), ("2", "B")):
            store.take_in([(person(id_, group=group), classes.files(id_))])
            classes.keep(store, classes.files(id_), graded())
        found = statistics.marks(rows.rows(store, KNOWN.how))
    assert [(one.group, one.people) for one in found] == [("", 2), ("A", 1), ("B", 1)]


def test_a_check(tmp_path: Path) -> None:
    """How many passed it, and what went wrong most often."""
    found = {one.id: one for one in statistics.checks(made(tmp_path, passed=3, count=5))}
    many = found["tcp.many-users"]
    assert (many.passed, many.tried, many.share, many.times) == (3, 5, 0.6, 2)
    assert many.cause is not None and many.cause.code == "echoed"
    assert found["tcp.starts"].cause is None


def test_a_variant_that_is_not_begun_says_nothing_of_its_checks(tmp_path: Path) -> None:
    """Most hand in one of the two."""
    with Store(tmp_path) as store:
        classes.stored(store, {"a": graded({"udp.starts": failed()})})
        ids = [one.id for one in statistics.checks(rows.rows(store, KNOWN.how))]
    assert "udp.starts" in ids and "tcp.starts" in ids


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ([0.0, 1.0] * 5, [0.0, 1.0] * 5, 1.0),
        ([0.0, 1.0] * 5, [1.0, 0.0] * 5, -1.0),
        ([1.0] * 10, [0.0, 1.0] * 5, None),
        ([0.0, 1.0] * 4, [0.0, 1.0] * 4, None),
    ],
)
def test_correlation(one: list[float], other: list[float], found: float | None) -> None:
    """Blank below ten, and where nothing varies."""
    assert statistics.correlation(one, other) == found


def test_mistakes(tmp_path: Path) -> None:
    """Each person counts once."""
    assert statistics.mistakes(made(tmp_path, passed=3, count=5)) == [("leave-twice", 2)]


def test_nobody() -> None:
    """An empty class has no statistics."""
    assert statistics.marks([]) == statistics.checks([]) == statistics.mistakes([]) == []
