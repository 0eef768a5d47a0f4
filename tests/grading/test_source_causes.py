"""Causes and lines that show in what came and in the source together."""

from __future__ import annotations

import pytest
from support.made_up import happened
from support.samples import check

from grader.fact import Fact, fact
from grader.grading.source_causes import cause_of, place_of
from grader.result.check import CheckResult, Event, Place
from grader.result.verdict import EventKind, Verdict

SOURCES = {
    "tcp_server.py": """\
def relay(user, line):
    if "left" in line:
        return
    user.send("{name} joined!")
    user.send("Hello!")
"""
}
CAME = fact("text", text="bob joined!")
CUT_OFF = fact("cut-off", name="alice")


def failed(message: Fact, got: Fact, *events: Event) -> CheckResult:
    fields = {"message": message, "expected": CAME, "got": got, "transcript": events}
    return check("tcp.join-notice", Verdict.FAIL, **fields)


def says(text: str) -> Event:
    return happened(EventKind.SENDS, "alice", f"alice: {text}\n")


def test_a_forgotten_f() -> None:
    """What came is a text of the source with a name in braces."""
    cause = cause_of(failed(fact("line-unasked"), fact("text", text="{name} joined!")), SOURCES)
    assert cause is not None
    assert cause.fact == fact("forgot-f", line=4)
    assert cause.place == Place("tcp_server.py", 4)


@pytest.mark.parametrize(
    ("text", "message", "found"),
    [
        ("I left my keys", CUT_OFF, True),
        ("hello", CUT_OFF, False),
        ("I left my keys", fact("not-delivered"), False),
    ],
)
def test_a_word_that_throws_out(text: str, message: Fact, found: bool) -> None:
    """Whoever says a word that the source looks for is cut off."""
    cause = cause_of(failed(message, fact("nothing"), says(text)), SOURCES)
    assert (cause.fact if cause else None) == (
        fact("leaves-at-a-word", line=2, word="left") if found else None
    )


@pytest.mark.parametrize(
    ("got", "line"),
    [
        (fact("text", text="Hello!"), 5),
        (fact("text", text="Good day!"), None),
        (CAME, None),
        (fact("nothing"), None),
    ],
)
def test_line_of_a_text(got: Fact, line: int | None) -> None:
    """The line that has made what came, if it is not what should have come."""
    found = place_of(failed(fact("greeting-altered"), got), SOURCES)
    assert found == (Place("tcp_server.py", line) if line else None)


def test_without_a_source() -> None:
    """Nothing shows where there is nothing to read."""
    result = failed(CUT_OFF, fact("text", text="Hello!"), says("I left"))
    assert (cause_of(result, {}), place_of(result, {})) == (None, None)
