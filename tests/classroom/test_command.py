"""``class``: the commands that work from what is stored, from arguments to the exit status."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import classes
from support.changes import graded
from support.classes import Run, one_failed

from grader.classroom import overview
from grader.classroom.publishing import GRADEBOOK
from grader.classroom.store import Store


def stored() -> None:
    """A class that was graded."""
    with Store(Path("class")) as store:
        classes.stored(store, {"alice": one_failed(), "bob": graded(), "carol": "it broke"})


def test_status(run: Run) -> None:
    """A line each, and who needs a look."""
    stored()
    status, out, _err = run("status")
    assert status == 1
    assert "Name of alice" in out and "80" in out and "it broke" in out


def test_status_of_nothing(run: Run) -> None:
    """Says how a class is graded; no folder is made."""
    status, _out, err = run("status")
    assert (status, Path("class").exists()) == (2, False) and "class -- FOLDER" in err


def test_show(run: Run) -> None:
    """The table of one person."""
    stored()
    status, out, _err = run("show", "alice")
    assert status == 0
    assert "Name of alice" in out and "many-users" in out
    assert run("show", "dave")[0] == 2


def test_decide(run: Run) -> None:
    """A check, by its name where one variant has it, or the mark."""
    stored()
    assert run("decide", "alice", "tcp.many-users", "20", "--reason", "seen")[0] == 0
    assert run("decide", "carol", "55", "--reason", "by hand")[0] == 0
    status, out, _err = run("status")
    assert (status, "100" in out and "55" in out) == (0, True)
    assert "seen" in run("show", "alice")[1]


@pytest.mark.parametrize(
    "words",
    [
        ("alice", "tcp.many-users", "21"),
        ("alice", "tcp.many", "2"),
        ("alice", "udp.starts", "2"),
        ("alice", "many-users", "2"),
        ("alice", "101"),
        ("alice", "-1"),
        ("alice", "nan"),
        ("alice", "tcp.starts", "1", "2"),
        ("dave", "1"),
    ],
)
def test_a_decision_that_makes_no_sense_is_refused(words: tuple[str, ...], run: Run) -> None:
    """With status 2, and nothing is stored."""
    stored()
    assert run("decide", *words, "--reason", "x")[0] == 2
    with Store(Path("class"), writing=False) as store:
        assert store.decisions() == []


def test_publish_waits_for_eyes(run: Run) -> None:
    """Nothing is written while somebody needs a look, unless it is wanted."""
    stored()
    status, out, _err = run("publish")
    assert (status, Path("class", GRADEBOOK).exists()) == (1, False)
    assert "1 row needs a look" in out
    run("publish", "--anyway")
    assert Path("class", GRADEBOOK).read_text(encoding="utf-8-sig").count("\n") == 4


def test_what_the_terminal_says_of_a_row() -> None:
    """Every state has words."""
    assert overview.STATES.keys() == set(overview.State)


def test_wrong_arguments(run: Run) -> None:
    """One line, with status 2."""
    for words in ((), ("nowhere",), ("in", "--jobs", "0"), ("decide", "alice", "1")):
        status, _out, err = run(*words)
        assert status == 2 and err.startswith("grader: ") and err.count("\n") == 1


def test_publish_fills_in_a_worksheet(run: Run) -> None:
    """And says whom the importer passes over."""
    stored()
    Path("w.csv").write_text("Identifier,Full name,Grade,Maximum Grade\nalice,A,,10\nx,X,,10\n")
    _status, out, _err = run("publish", "--anyway", "--worksheet", "w.csv")
    filled = Path("class/filled-w.csv").read_text()
    assert filled == "Identifier,Full name,Grade,Maximum Grade\nalice,A,8,10\nx,X,,10\n"
    assert "1 grade is filled in" in out and "Name of bob: not in the worksheet" in out


def test_other_rules_move_marks(run: Run) -> None:
    """Nothing is graded again; who has another mark is named, and the rules stay."""
    stored()
    Path("d.csv").write_text("id,add\nalice,5\n")
    _status, out, _err = run("publish", "--anyway", "--defence", "d.csv", "--out-of", "10")
    assert "the mark moves: Name of alice: 80 → 8.5" in out
    assert "8.5" in run("status")[1]


def test_pairs_and_forget(run: Run) -> None:
    """From the arguments to the exit status."""
    stored()
    status, out, _err = run("pairs")
    assert (status, Path("class/pairs.html").exists()) == (0, True) and "not proven" in out
    assert run("forget", "alice")[0] == 0
    assert "Name of alice" not in run("status")[1]
    assert run("forget", "alice")[0] == 2
