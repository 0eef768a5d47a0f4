"""What is stored of a class: whole or not at all, and by one process at a time."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import classes
from support.changes import graded
from support.classes import OPTIONS, files, person
from support.worlds import ROOT

from grader.classroom.keys import digest, fingerprint, key
from grader.classroom.people import Attempt, Decision
from grader.classroom.store import NAME, Store
from grader.fact import FactError


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The store of an empty class."""
    with Store(tmp_path / "class") as made:
        yield made


def test_a_result_comes_back_as_it_was(store: Store) -> None:
    """With the options and the grader that it was made with."""
    classes.keep(store, files("a"), graded())
    (found,) = store.results(digest(files("a")))
    assert found.result == graded()
    assert (found.options, found.grader, found.failure) == (OPTIONS, fingerprint(), "")


def test_a_result_takes_the_place_of_one_with_its_key(store: Store) -> None:
    """Graded again, the same is there once."""
    classes.keep(store, files("a"), "it broke")
    classes.keep(store, files("a"), graded())
    assert [one.failure for one in store.results(digest(files("a")))] == [""]


def test_files_come_back_as_they_were(store: Store) -> None:
    """Every byte of them; what is not kept is a KeyError."""
    what = {"a/b.py": bytes(range(256)), "c.txt": b""}
    store.take_in([(person("alice"), what)])
    assert store.files(digest(what)) == what
    with pytest.raises(KeyError):
        store.files("nothing")


def test_other_files_are_another_attempt(store: Store) -> None:
    """The same ones again are none; what came back is the last one."""
    for text in ("one", "one", "two", "one"):
        store.take_in([(person("alice"), files(text))])
    two, one = digest(files("two")), digest(files("one"))
    assert [(a.digest, a.number) for a in store.attempts()] == [(two, 2), (one, 3)]
    assert all(isinstance(a, Attempt) for a in store.attempts())


def test_who_is_not_there_any_more_stays(store: Store) -> None:
    """What comes late comes by itself."""
    store.take_in([(person("alice"), files("a"))])
    store.take_in([(person("bob"), files("b"))])
    assert [one.id for one in store.people()] == ["alice", "bob"]


def test_a_setting_is_drawn_once(store: Store) -> None:
    """The first value stays, until it is changed."""
    assert [store.setting("seed", "1"), store.setting("seed", "2")] == ["1", "1"]
    store.set("seed", "3")
    assert store.setting("seed", "1") == "3"


def test_a_decision_takes_the_place_of_an_earlier_one(store: Store) -> None:
    """About the same check of the same person."""
    for value in (1.0, 2.0):
        store.decide(Decision("alice", "tcp.starts", value, "seen"))
    store.decide(Decision("alice", "", 50.0, "asked"))
    assert [one.value for one in store.decisions()] == [2.0, 50.0]


def test_one_process_at_a_time_has_a_class(store: Store, tmp_path: Path) -> None:
    """Another one is told so; to look at it is allowed."""
    with pytest.raises(FactError) as told:
        Store(tmp_path / "class")
    assert told.value.fact.code == "class-in-use"
    Store(tmp_path / "class", writing=False).close()


def test_a_killed_process_has_no_class(tmp_path: Path) -> None:
    """The system takes the lock away; what was stored is there, and nothing half."""
    code = (
        "import os, sys; sys.path[:0] = sys.argv[2:]\n"
        "from pathlib import Path\n"
        "from support import classes\n"
        "from grader.classroom.store import Store\n"
        "store = Store(Path(sys.argv[1]))\n"
        "store.take_in([(classes.person('alice'), classes.files('a'))])\n"
        "store._base.execute('BEGIN IMMEDIATE')\n"
        "store._base.execute('DELETE FROM people')\n"
        "os._exit(9)\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path), str(ROOT), str(ROOT / "tests")]
    assert subprocess.run(command, check=False).returncode == 9
    with Store(tmp_path) as store:
        assert [one.id for one in store.people()] == ["alice"]


def test_what_goes_wrong_in_the_middle_changes_nothing(store: Store) -> None:
    """All people of an intake, or none of them."""

    def broken() -> Iterator[tuple[object, object]]:
        yield person("alice"), files("a")
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk"):
        store.take_in(broken())  # type: ignore[arg-type]
    assert store.people() == store.attempts() == []


def test_a_full_disk_is_told(store: Store) -> None:
    """What SQLite cannot write is an error with the file's name, and what was there stays."""
    classes.keep(store, files("a"), graded())
    store._base.execute("PRAGMA max_page_count = 12")
    with pytest.raises(FactError) as told:
        store.take_in([(person("bob"), {"a": random_bytes()})])
    assert told.value.fact.code == "class-unusable"
    assert store.has(key(digest(files("a")), fingerprint(), OPTIONS))


def random_bytes() -> bytes:
    """Something that cannot be packed."""
    import random

    return random.Random(1).randbytes(200_000)


@pytest.mark.parametrize("content", [b"no base at all " * 100, None])
def test_what_is_no_class_is_told(content: bytes | None, tmp_path: Path) -> None:
    """A file of that name that is something else; no file at all, where only to be read."""
    if content:
        (tmp_path / NAME).write_bytes(content)
    with pytest.raises(FactError) as told:
        Store(tmp_path, writing=False)
    assert told.value.fact.code == ("class-unusable" if content else "no-class")


def test_a_class_of_another_version_is_told(store: Store, tmp_path: Path) -> None:
    """Nothing is guessed."""
    store.set("version", "0")
    store.close()
    with pytest.raises(FactError) as told:
        Store(tmp_path / "class")
    assert told.value.fact.code == "class-of-another-version"
    assert sqlite3.connect(tmp_path / "class" / NAME).execute("SELECT 1").fetchone() == (1,)
