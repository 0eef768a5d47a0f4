"""Defences: points that are added to a mark, or a most that it can be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from support import classes
from support.classes import KNOWN, one_failed

from grader.classroom import defence, rows
from grader.classroom.defence import Defence, defended
from grader.classroom.store import Store
from grader.fact import FactError


def test_a_table_is_read(tmp_path: Path) -> None:
    """What is empty changes nothing."""
    (tmp_path / "d.csv").write_text("id;add;cap\nParticipant 7;5,5;\nbob;;60\n")
    found = defence.read(tmp_path / "d.csv")
    assert found == {"7": Defence(5.5), "bob": Defence(0.0, 60.0)}


@pytest.mark.parametrize(
    "text", ["id,mark\n7,1\n", "add,cap\n1,2\n", "id,add\n7,many\n", "id,add\n7,nan\n"]
)
def test_what_is_no_table_of_defences_is_told(text: str, tmp_path: Path) -> None:
    """Before a mark is made of it."""
    (tmp_path / "d.csv").write_text(text)
    with pytest.raises(FactError):
        defence.read(tmp_path / "d.csv")


@pytest.mark.parametrize(
    ("one", "mark"),
    [
        (Defence(10), 90),
        (Defence(30), 100),
        (Defence(-90), 0),
        (Defence(0, 50), 50),
        (Defence(5, 90), 85),
    ],
)
def test_a_mark_after_the_defence(one: Defence, mark: float) -> None:
    """Within what a mark can be."""
    assert defended(80, 100, "a", {"a": one}) == mark
    assert defended(80, 100, "b", {"a": one}) == 80


def test_a_row_after_the_defence(tmp_path: Path) -> None:
    """Whoever graded it."""
    with Store(tmp_path) as store:
        classes.stored(store, {"alice": one_failed()})
        how = replace(KNOWN.how, defences={"alice": Defence(10)})
        assert [row.mark for row in rows.rows(store, how)] == [90]
