"""The rows about the student's code."""

from __future__ import annotations

import pytest
from support.samples import check

from grader import language
from grader.fact import fact
from grader.reports import code_rows
from grader.result.check import Place, Raised, Standing
from grader.result.verdict import Verdict

RAISED = Raised(Place("tcp_server.py", 7), "users[nme]", "NameError", "no nme", "Thread-1", "")


def stands(thread: str, line: int = 7) -> Standing:
    return Standing(thread, Place("tcp_server.py", line), f"line{line}()")


@pytest.mark.parametrize(
    ("raised", "text"),
    [
        (RAISED, "NameError: no nme (in thread Thread-1)\ntcp_server.py, line 7: users[nme]"),
        (Raised(None, "", "TypeError", "no", "one", ""), "TypeError: no (in thread one)"),
        (Raised(None, "", "Empty", "", "", ""), "Empty"),
    ],
)
def test_raised(raised: Raised, text: str) -> None:
    """An exception is told with its thread and its line, as far as there are any."""
    assert code_rows.raised(raised) == text


def test_standing() -> None:
    """The main thread comes first; those that stand in one line are counted."""
    threads = [stands("b", 9), stands("a", 9), stands("", 8), stands("one", 7)]
    assert code_rows.standing([*threads, stands("MainThread", 6)]).split("\n") == [
        "the main thread: tcp_server.py, line 6: line6()",
        "thread one: tcp_server.py, line 7: line7()",
        "another thread: tcp_server.py, line 8: line8()",
        "2 threads: tcp_server.py, line 9: line9()",
    ]


def test_many_lines() -> None:
    """Of many lines a few are shown."""
    shown = code_rows.standing([stands("one", line) for line in range(1, 11)]).split("\n")
    assert (len(shown), shown[-1]) == (code_rows.MOST + 1, "6 more")


def test_standing_in_russian() -> None:
    """The words around the code are in the language in use."""
    language.use("ru")
    assert code_rows.standing([stands("one")]) == "поток one: tcp_server.py, строка 7: line7()"


def test_why() -> None:
    """Where there is room for one reason, a cause says more than an exception."""
    assert code_rows.why(check("tcp.starts", Verdict.FAIL)) == ""
    assert code_rows.why(check("tcp.starts", Verdict.FAIL, raised=(RAISED,))) == (
        "NameError: no nme"
    )
    cause = fact("start-not-called", line=7)
    both = check("tcp.starts", Verdict.FAIL, raised=(RAISED,), cause=cause)
    assert code_rows.why(both).startswith("line 7 names start")
