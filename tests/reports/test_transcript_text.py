"""A transcript as lines."""

from __future__ import annotations

import pytest
from support.made_up import happened, step
from support.samples import check

from grader.fact import fact
from grader.reports.transcript_text import shown, transcript
from grader.result.check import CLIENT, SERVER, Event
from grader.result.verdict import EventKind

LINES = {
    "sends": (happened(EventKind.SENDS, "alice", "x\n", at=0.0015), "alice sends 'x\\n'"),
    "an empty datagram": (happened(EventKind.SENDS, "alice"), "alice sends ''"),
    "gets": (happened(EventKind.GETS, "bob", "x"), "bob gets 'x'"),
    "fence": (happened(EventKind.GETS, "bob", "x", fence=True), "bob gets 'x' (fence)"),
    "step": (step("connects", name="alice"), "-- alice connects --"),
    "starts": (happened(EventKind.STARTS, "alice"), "alice starts the client"),
    "connects": (
        happened(EventKind.CONNECTS, "alice", fact=fact("to-port", port=14901)),
        "alice connects to port 14901",
    ),
    "comes": (happened(EventKind.COMES, CLIENT), "the client comes"),
    "sees": (
        happened(EventKind.SEES, "bob", fact=fact("connection-closed")),
        "bob sees the connection closed",
    ),
    "vanishes": (happened(EventKind.VANISHES, "bob"), "bob vanishes"),
    "vanishes how": (
        happened(EventKind.VANISHES, "bob", fact=fact("how", how="reset")),
        "bob vanishes (reset)",
    ),
    "types": (happened(EventKind.TYPES, "bob", "leave"), "bob types 'leave'"),
    "prints": (happened(EventKind.PRINTS, SERVER, "hi\n"), "server prints 'hi\\n'"),
    "a client prints": (happened(EventKind.PRINTS, "bob", "hi"), "bob's client prints 'hi'"),
    "complains": (happened(EventKind.COMPLAINS, SERVER, "oh"), "server complains 'oh'"),
    "a client complains": (
        happened(EventKind.COMPLAINS, "bob", "oh"),
        "bob's client complains 'oh'",
    ),
    "runs": (
        happened(EventKind.RUNS, "bob", fact=fact("runs-line", file="a.py", line=7, text="x = 1")),
        "bob's thread: line 7: x = 1",
    ),
    "one omitted": (
        happened(EventKind.OMITTED, fact=fact("events-omitted", count=1)),
        "(and 1 more event)",
    ),
    "omitted": (
        happened(EventKind.OMITTED, fact=fact("events-omitted", count=12)),
        "(and 12 more events)",
    ),
}


@pytest.mark.parametrize(("event", "line"), LINES.values(), ids=LINES)
def test_line_of_an_event(event: Event, line: str) -> None:
    """Each event is a line: when, who, what."""
    (told,) = transcript(check("tcp.starts", transcript=(event,)))
    assert told == f"{event.at * 1000:8.1f} ms  {line}"


def test_every_kind_of_event_has_a_line() -> None:
    """None was forgotten above."""
    assert {event.kind for event, _line in LINES.values()} == set(EventKind)


def test_the_time_is_in_milliseconds() -> None:
    """The times stand in a column."""
    events = [happened(EventKind.GETS, "bob", "x", at=at) for at in (0.0015, 1.0)]
    first, second = transcript(check("tcp.starts", transcript=tuple(events)))
    assert first.startswith("     1.5 ms  ")
    assert second.startswith("  1000.0 ms  ")


def test_who_is_shown() -> None:
    """The server and the client have a name in each language, everybody else their own."""
    assert [shown(who) for who in (SERVER, CLIENT, "alice")] == ["server", "the client", "alice"]
