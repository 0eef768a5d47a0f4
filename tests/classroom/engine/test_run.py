"""Many gradings: in a fixed order, none harmed by another one, all ended when nobody listens."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from support.changes import graded
from support.classes import OPTIONS

from grader.classroom.engine import process, run
from grader.classroom.engine.task import Outcome, Task

MADE = graded()


class Watcher:
    """Notes what began."""

    def __init__(self) -> None:
        self.begun: list[str] = []

    def began(self, digest: str) -> None:
        self.begun.append(digest)

    def glance(self) -> None:
        """Some time has gone by."""


def due(*names: str) -> Iterator[run.Due]:
    """Tasks of these digests."""
    for name in names:
        yield name, lambda name=name: Task(name, {}, OPTIONS, "grader")  # type: ignore[misc]


def played(names: str, jobs: int = 1) -> tuple[dict[str, Outcome], list[str]]:
    """The outcome of each, and in which order they began."""
    watcher = Watcher()
    with ThreadPoolExecutor(jobs) as executor:
        found = dict(run.outcomes(due(*names), executor, jobs, watcher))
    return found, watcher.begun


def test_one_that_fails_harms_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its failure is its outcome; the order does not depend on it."""

    def grade(task: Task) -> Outcome:
        if task.digest == "b":
            raise RuntimeError("lost")
        return Outcome(MADE)

    monkeypatch.setattr(process, "grade", grade)
    found, begun = played("abc")
    assert found == {
        "a": Outcome(MADE),
        "b": Outcome(failure="RuntimeError: lost"),
        "c": Outcome(MADE),
    }
    assert begun == ["a", "b", "c"]


def test_so_many_at_once_and_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two are under way at the same time; a third waits for its turn."""
    both, at_once = threading.Barrier(2, timeout=60), []

    def grade(task: Task) -> Outcome:
        at_once.append(task.digest)
        both.wait()
        return Outcome(MADE)

    monkeypatch.setattr(process, "grade", grade)
    found, begun = played("abcd", jobs=2)
    assert set(found) == set("abcd") and begun == list("abcd")


def test_who_stops_listening_stops_the_gradings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Those under way are told to end; what has not begun never does."""
    begun, told = threading.Event(), threading.Event()
    seen: list[str] = []

    def grade(task: Task) -> Outcome:
        seen.append(task.digest)
        if task.digest == "a":
            return Outcome(MADE)
        begun.set()
        told.wait(60)
        return Outcome()

    monkeypatch.setattr(process, "grade", grade)
    monkeypatch.setattr(process, "stop", told.set)
    with ThreadPoolExecutor(1) as executor:
        going = run.outcomes(due("a", "b", "c"), executor, 1, Watcher())
        assert next(going)[0] == "a"
        with pytest.raises(KeyboardInterrupt):
            going.throw(KeyboardInterrupt)
    assert told.is_set() and "c" not in seen
