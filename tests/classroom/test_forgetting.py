"""People are forgotten: nothing of theirs is in any file of the class, and statistics stay."""

from __future__ import annotations

import sqlite3
import zlib
from argparse import Namespace
from pathlib import Path

import pytest
from support import classes
from support.changes import graded
from support.classes import KNOWN, files, one_failed, person
from support.made_up import step
from support.worlds import ROOT

from grader.classroom import forgetting, grading, rows
from grader.classroom.people import Decision
from grader.classroom.rows import State
from grader.classroom.similarity import compare
from grader.classroom.store import NAME, Store
from grader.fact import FactError

PROGRAM = ROOT / "tests" / "submissions" / "correct" / "lists-of-connections" / "tcp_server.py"
SECRET = "what alice wrote"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A class of two, one of whom has written something."""
    with Store(tmp_path) as store:
        transcript = (step("says", name="alice", text=SECRET),)
        classes.stored(store, {"bob": graded()})
        what = {"tcp_server.py": PROGRAM.read_bytes() + f"# {SECRET}\n".encode()}
        store.take_in([(person("alice", group="A", email="a@x.org"), what)])
        classes.keep(store, what, one_failed(transcript=transcript))
        store.decide(Decision("alice", "", 90, SECRET))
    return tmp_path


def forget(out: Path, *ids: str) -> list[rows.Row]:
    """The rows after these are forgotten."""
    forgetting.run(Namespace(out=str(out), ids=list(ids)))
    with Store(out, writing=False) as store:
        return rows.rows(store, KNOWN.how)


def everything(out: Path) -> bytes:
    """All bytes of all files of a class, packed ones unpacked."""
    whole = [path.read_bytes() for path in out.rglob("*") if path.is_file()]
    base = sqlite3.connect(out / NAME)
    for table, column in (("contents", "files"), ("results", "result"), ("prints", "data")):
        packed = base.execute(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL")
        whole += [zlib.decompress(data) for (data,) in packed]
    return b"".join(whole)


def test_nothing_is_left_of_somebody(out: Path) -> None:
    """Neither their name nor what they wrote; what was published is gone."""
    (out / "gradebook.csv").write_text("Name of alice")
    (out / "filled-list.csv").write_text("Name of alice")
    assert SECRET.encode() in everything(out)
    forget(out, "alice")
    left = everything(out)
    for text in (SECRET, "alice", "a@x.org", "lists-of-connections"):
        assert text.encode() not in left, text
    assert b"Name of bob" in left


def test_statistics_stay(out: Path) -> None:
    """The verdicts and points of a row without a name."""
    found = {row.person.forgotten: row for row in forget(out, "alice")}
    gone = found[True]
    assert (gone.state, gone.mark, gone.person.group) == (State.GRADED, 80, "A")
    assert gone.result is not None
    assert [c.name for c in gone.result.checks if c.points < c.max_points] == ["many-users"]
    assert found[False].person.id == "bob"


def test_a_later_class_can_be_compared_with(out: Path) -> None:
    """By fingerprints alone."""
    forget(out, "all")
    before = compare.earlier(out)
    assert sorted(len(prints) > 10 for prints in before.values()) == [False, True]
    assert not [name for name in before if "alice" in name]


def test_what_others_handed_in_too_stays(out: Path) -> None:
    """A team's files are those of the other members as well."""
    with Store(out) as store:
        store.take_in([(person("carol"), files("bob"))])
    kept = {row.person.id: row for row in forget(out, "bob")}
    assert (kept["carol"].mark, kept["carol"].state) == (100, State.GRADED)
    with Store(out, writing=False) as store:
        assert store.files(kept["carol"].digest) == files("bob")


def test_who_is_forgotten_is_not_graded_again(out: Path) -> None:
    """There is nothing to grade."""
    forget(out, "all")
    with Store(out) as store:
        assert grading.chosen(store, KNOWN, ["all"]) == []


def test_somebody_who_is_not_there_is_told(out: Path) -> None:
    """Nobody else is forgotten then."""
    with pytest.raises(FactError):
        forget(out, "bob", "dave")
    with Store(out, writing=False) as store:
        assert [one.id for one in store.people()] == ["alice", "bob"]
