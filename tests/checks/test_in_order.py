"""What is told of the lines that ran while a thread was held."""

from __future__ import annotations

import pytest

from grader.chat.interleaving.places import Place as Where
from grader.chat.interleaving.search import Play
from grader.checks import in_order
from grader.fact import fact
from grader.result.check import Place
from grader.sandbox.tracing import Lines, Ran


def ran(thread: int, *lines: int, depth: int = 1) -> tuple[Ran, ...]:
    """A thread runs these lines, so deep in calls."""
    frames = (("server.py", 1, "serve"),) * (depth - 1)
    return tuple(
        Ran(thread, number, 0.0, (("server.py", line, "join"), *frames))
        for number, line in enumerate(lines)
    )


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        ((), ""),
        ((7,), "7"),
        ((7, 8, 9, 12), "7-9, 12"),
        ((7, 8, 7, 8), "7-8"),
        ((1, 3, 5, 7, 9, 11, 13), "1, 3, 5, 7, 9, 11, …"),
    ],
)
def test_spans(lines: tuple[int, ...], text: str) -> None:
    """Lines that follow one another are one group."""
    assert in_order.spans(lines) == text


def test_cause() -> None:
    """The cause names the line that was held, and what the other one's thread ran meanwhile."""
    lines = Lines(ran(0, 7, 8), (*ran(1, 3), *ran(2, 7, 8), *ran(2, 40, depth=2)))
    before = Lines((*ran(1, 3), *lines.before), lines.held)
    cause = in_order.cause(Play(Where(0, 2), True, lines=before, doers=("alice", "bob")))
    assert cause.place == Place("server.py", 8)
    assert cause.fact == fact("interleaved", first="alice", second="bob", line=8, lines="7-8")


def test_cause_without_other_lines() -> None:
    """Where the other one's thread ran nothing, the line that was held is told alone."""
    play = Play(Where(0, 2), True, lines=Lines(ran(0, 7)), doers=("alice", "bob"))
    assert in_order.cause(play).fact == fact("held-alone", first="alice", second="bob", line=7)
