"""The process of one grading, seen from outside: whatever it does, there is an outcome."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator

import pytest
from support.changes import graded
from support.classes import OPTIONS

from grader.classroom.engine import process
from grader.classroom.engine.task import Outcome, Task
from grader.result import codec

TASK = Task("digest", {"tcp_server.py": b"x"}, OPTIONS, "grader")


@pytest.fixture(autouse=True)
def again() -> Iterator[None]:
    """A test that has stopped all gradings stops no other one."""
    yield
    process.again()


def runs(monkeypatch: pytest.MonkeyPatch, source: str) -> None:
    """Have this run in place of a grading."""
    monkeypatch.setattr(process, "COMMAND", (sys.executable, "-c", source))


def test_an_outcome_comes_back(monkeypatch: pytest.MonkeyPatch) -> None:
    """The task is on one line of its input, the outcome on one of its output."""
    answer = codec.encode(Outcome(graded())).decode()
    source = f"assert '\"digest\"' in input(); print({answer!r})"
    runs(monkeypatch, source)
    assert process.grade(TASK) == Outcome(graded())


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("raise SystemExit('no memory')", "status 1: no memory"),
        ("print('no outcome')", "status 0: it said nothing"),
        ("import os; os.kill(os.getpid(), 9)" if sys.platform != "win32" else "exit(9)", "9"),
    ],
)
def test_a_process_that_breaks_is_a_failure(
    source: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With what it said last."""
    runs(monkeypatch, source)
    outcome = process.grade(TASK)
    assert outcome.result is None and said in outcome.failure


def test_a_program_that_is_not_there_is_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine may have no process left."""
    monkeypatch.setattr(process, "COMMAND", ("/nowhere/python",))
    assert process.grade(TASK).failure.startswith("a process could not be started")


def test_one_that_is_stopped_is_neither(monkeypatch: pytest.MonkeyPatch) -> None:
    """The end of its input tells it; it is due another time."""
    runs(monkeypatch, "import sys; sys.stdin.read()")
    found: list[Outcome] = []
    thread = threading.Thread(target=lambda: found.append(process.grade(TASK)))
    thread.start()
    while not process._running:
        thread.join(0.01)
    process.stop()
    thread.join(60)
    assert found == [Outcome()]
    assert process.grade(TASK) == Outcome()


def test_one_that_takes_for_ever_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """It has had more time than a grading gives itself."""
    runs(monkeypatch, "import threading; threading.Event().wait(600)")
    monkeypatch.setattr(process, "HARD_LIMIT", 0.1)
    assert process.grade(TASK).failure.startswith("the process ended with status")
