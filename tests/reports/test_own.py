"""What reports say of a chat of its own protocol."""

from __future__ import annotations

import io

import pytest
from msgspec.structs import replace
from rich.console import Console
from support.made_up import check_result, grade_result

from grader.fact import Fact, fact
from grader.reports import FORMATS, dumps, own
from grader.reports.formats import plain
from grader.reports.terminal import table
from grader.result.grade import GradeResult
from grader.result.own import Known, OwnProtocol, Understood
from grader.result.verdict import Verdict

SHOWS = Understood(fact("own-shows", text="alice: hello"), Known.SEEN)
WHY = fact("own-open-wire")


def graded(declined: Fact | None = None) -> GradeResult:
    """One check has passed and one is open; or the chat was declined."""
    passed, left = check_result("tcp.two-users"), check_result("tcp.sender-excluded")
    checks = () if declined else (passed, replace(left, verdict=Verdict.OPEN, message=WHY))
    result = grade_result(*checks, mark=None if declined else 78.0)
    most = None if declined else 82.0
    variant = replace(result.variants[0], own=OwnProtocol((SHOWS,), "", declined, most))
    return replace(result, variants=(variant,))


def screen(result: GradeResult) -> str:
    """The page in the terminal."""
    console = Console(file=io.StringIO(), width=120, color_system=None)
    table.write(result, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_an_open_check_makes_the_mark_a_range() -> None:
    """Two marks are possible: both are shown, in the terminal and in plain lines."""
    assert graded().most == 82.0
    assert "78 to 82 of 100" in screen(graded())
    assert plain.mark_line(graded()) == "mark: 78 to 82"


def test_one_mark_is_no_range() -> None:
    """Without an open check there is one mark."""
    assert own.span(78.0, None) == own.span(78.0, 78.0) == "78"


def test_an_open_check_says_why() -> None:
    """The reason stands beside it."""
    assert "? OPEN" in screen(graded()) and "cannot be told here" in screen(graded())


def test_what_was_understood_is_told() -> None:
    """Each line says how it is known."""
    assert own.understood(graded().variants[0]) == [("a message looks like 'alice: hello'", "seen")]
    assert "'alice: hello' (seen)" in screen(graded())


def test_a_declined_chat_says_why() -> None:
    """It has no mark, and the reason is exact."""
    text = screen(graded(fact("own-graphical", file="client.py", module="tkinter")))
    assert "tcp: not gradable by itself: client.py is graphical: it uses tkinter" in text
    assert "no mark: to be graded by hand" in text


@pytest.mark.parametrize("format", sorted(set(FORMATS) - {"table"}))
@pytest.mark.parametrize("declined", [None, fact("own-no-pair", variant="tcp")])
def test_every_format_takes_it(format: str, declined: Fact | None) -> None:
    """No format stumbles over an open check or a declined chat."""
    assert dumps(graded(declined), format)
