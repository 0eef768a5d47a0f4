"""Causes and lines that show in what came and in the source together."""

from __future__ import annotations

import pytest
from support.made_up import happened
from support.samples import check

from grader.fact import Fact, fact
from grader.grading.source_causes import cause_of, place_of
from grader.result.check import CheckResult, Event, Place, Point, Standing
from grader.result.verdict import Difference, EventKind, Verdict

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


@pytest.mark.parametrize(
    ("check_id", "expected", "got", "line"),
    [
        ("tcp.client-sends", "alice: hi", fact("text", text="alice:hi"), 2),
        ("tcp.two-users", "alice: hi", fact("text", text="alice:hi"), None),
        ("tcp.client-sends", "alice: hi", fact("newline-too-many-at", text="alice: hi"), 3),
    ],
)
def test_line_of_a_users_text(check_id: str, expected: str, got: Fact, line: int | None) -> None:
    """What a client sends it has made, however little of its own stands in it."""
    sources = {
        "tcp_client.py": "print(f'{name}:{text}')\n"
        "send(f'{name}:{text}')\nsend(f'{name}: {text}\\n')\n"
    }
    result = check(
        check_id, Verdict.FAIL, message=CUT_OFF, expected=fact("text", text=expected), got=got
    )
    found = place_of(result, sources)
    assert found == (Place("tcp_client.py", line) if line else None)


def test_line_that_puts_a_name_in_front_again() -> None:
    """A server has no text that begins with a name, but this one."""
    came = fact("text", text="alice: alice: hi")
    result = check("tcp.two-users", Verdict.FAIL, expected=fact("text", text="alice: hi"), got=came)
    sources = {"tcp_server.py": "print(f'{a}: {b}')\nsend(f'{a}: {b}')\n"}
    assert place_of(result, sources) == Place("tcp_server.py", 2)


NOT_STARTED = fact("server-not-started")
LISTENS = "s = socket.socket(socket.AF_INET, socket.SOCK_STREAM)\ns.bind(('', 1))\n"
BINDS = LISTENS.replace("STREAM", "DGRAM")


@pytest.mark.parametrize(
    ("source", "got", "told"),
    [
        (LISTENS, fact("nothing-listens-tcp"), fact("never-listens", line=2)),
        (f"{LISTENS}s.listen()\n", fact("nothing-listens-tcp"), None),
        (LISTENS, fact("nothing-bound-udp"), fact("stream-for-datagrams", line=1)),
        (BINDS.replace("bind", "use"), fact("nothing-bound-udp"), fact("never-binds", line=1)),
        (BINDS, fact("nothing-bound-udp"), None),
        (
            f"{BINDS}s.listen()\n",
            fact("complaining", how=fact("none"), complaint="[Errno 95] Operation not supported"),
            fact("listens-for-datagrams", line=3),
        ),
        (f"{BINDS}s.listen()\n", fact("nothing-bound-udp"), None),
    ],
)
def test_a_server_that_is_not_ready(source: str, got: Fact, told: Fact | None) -> None:
    """A call that is nowhere, or one that does not fit its socket."""
    result = check("tcp.starts", Verdict.FAIL, message=NOT_STARTED, got=got)
    cause = cause_of(result, {"tcp_server.py": source})
    assert (cause.fact if cause else None) == told


def test_a_server_that_asks_at_its_keyboard() -> None:
    """It waits for typing before anybody can connect."""
    place = Place("tcp_server.py", 3)
    result = check(
        "tcp.starts",
        Verdict.FAIL,
        message=NOT_STARTED,
        standing=(Standing("MainThread", place, "host = input('Host: ')"),),
    )
    cause = cause_of(result, {"tcp_server.py": LISTENS})
    assert cause is not None
    assert (cause.fact, cause.place) == (fact("types-first", line=3), place)


def test_a_newcomer_who_is_asked_again() -> None:
    """The function that takes a newcomer in never says so."""
    source = "def join(n):\n    users.append(n)\nif join(1): pass\n"
    again = Point(Difference.DOUBLED, "bob", "name")
    result = check("tcp.handshake", Verdict.FAIL, message=CUT_OFF, point=again)
    cause = cause_of(result, {"tcp_server.py": source})
    assert cause is not None
    assert cause.fact == fact("never-true", function="join", line=3, last=2)
    right = source.replace("append(n)", "append(n)\n    return True")
    assert cause_of(result, {"tcp_server.py": right}) is None


def test_without_a_source() -> None:
    """Nothing shows where there is nothing to read."""
    result = failed(CUT_OFF, fact("text", text="Hello!"), says("I left"))
    assert (cause_of(result, {}), place_of(result, {})) == (None, None)
