"""The pages of single people: theirs alone, light, and written when something has changed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace as changed
from pathlib import Path

import pytest
from support import classes
from support.changes import graded
from support.classes import KNOWN, one_failed
from support.made_up import step

from grader.classroom import pages, rows
from grader.classroom.people import Decision
from grader.classroom.store import Store

LONG = tuple(step("says", name="alice", text=f"text {n}") for n in range(500))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The store of three people, one of them without a result."""
    with Store(tmp_path / "of-the-teacher") as made:
        found = {"alice": one_failed(transcript=LONG), "bob": graded(), "carol": None}
        classes.stored(made, found)
        yield made


def written(store: Store) -> dict[str, str]:
    """The pages, written now."""
    pages.write(store, KNOWN.how, rows.rows(store, KNOWN.how))
    folder = store.folder / pages.STUDENTS
    return {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.html")}


def test_everybody_graded_has_a_page(store: Store) -> None:
    """Under their name; nobody else is on it, and nothing of where the teacher keeps it."""
    found = written(store)
    assert found.keys() == {"alice.html", "bob.html"}
    assert "Name of alice" in found["alice.html"]
    for word in ("Name of bob", "of-the-teacher", os.path.expanduser("~"), str(Path.cwd())):
        assert word not in found["alice.html"]


def test_the_command_is_the_students(store: Store) -> None:
    """As they would call it where they have unpacked the kit."""
    command = "python3 noxfile.py -s grade -- lab4 --only tcp.many-users --seed 123"
    assert command in written(store)["alice.html"]


def test_the_middle_of_a_long_transcript_is_left_out(store: Store) -> None:
    """With a note that says so."""
    text = written(store)["alice.html"]
    assert "text 59" in text and "text 60" not in text and "text 440" in text
    assert "380 more events" in text


def test_only_what_has_changed_is_written(store: Store) -> None:
    """A decision changes one page."""
    written(store)
    folder = store.folder / pages.STUDENTS
    for path in folder.glob("*.html"):
        path.write_text("untouched")
    store.decide(Decision("alice", "tcp.many-users", 20, "seen"))
    found = written(store)
    assert found["bob.html"] == "untouched"
    assert "seen" in found["alice.html"]


def test_the_page_of_nobody_is_removed(store: Store) -> None:
    """What was graded once, and is not any more."""
    written(store)
    made = [changed(row, result=None) for row in rows.rows(store, KNOWN.how)]
    pages.write(store, KNOWN.how, made)
    assert list((store.folder / pages.STUDENTS).glob("*.html")) == []
