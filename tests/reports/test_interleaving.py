"""Two threads, side by side."""

from __future__ import annotations

from support.made_up import happened
from support.samples import check

from grader.fact import fact
from grader.reports.interleaving import columns
from grader.result.check import Event
from grader.result.verdict import EventKind


def runs(who: str, code: str, line: int, text: str = "x = 1") -> Event:
    """Somebody's thread runs a line."""
    return happened(EventKind.RUNS, who, fact=fact(code, file="a.py", line=line, text=text))


def test_each_thread_has_a_column() -> None:
    """The lines stand in order, those of the second thread on the right."""
    events = (
        runs("alice", "runs-line", 7, "if name in users:"),
        runs("alice", "held-before-line", 8),
        runs("bob", "runs-line", 7, "if name in users:"),
        runs("alice", "goes-on-with-line", 8),
    )
    gap = " " * 32
    assert columns(check("tcp.race-name", transcript=events)).splitlines() == [
        f"{'alice' + chr(39) + 's thread':<32}bob's thread",
        "7 if name in users:",
        "(held before line 8)",
        f"{gap}7 if name in users:",
        "8 x = 1",
    ]


def test_lines_fit_into_the_terminal() -> None:
    """A long line of code is shortened in the middle."""
    events = (runs("alice", "runs-line", 7, "x" * 200), runs("bob", "runs-line", 8, "y" * 200))
    assert all(len(line) < 66 for line in columns(check("tcp.starts", transcript=events)).split())


def test_nothing_ran() -> None:
    """Of most checks no lines are told."""
    assert columns(check("tcp.starts")) == ""
