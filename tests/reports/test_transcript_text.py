"""A transcript as lines."""

from __future__ import annotations

import pytest
from support.samples import check

from grader.reports.transcript_text import transcript
from grader.result.check import Event


@pytest.mark.parametrize(
    ("event", "line"),
    [
        (Event(0.0015, "sends", "alice", "x\n"), "     1.5 ms  alice sends 'x\\n'"),
        (Event(1.0, "gets", "bob", "x", fence=True), "  1000.0 ms  bob gets 'x' (fence)"),
        (Event(0.0, "step", "", "alice connects"), "     0.0 ms  -- alice connects --"),
        (Event(0.0, "sees", "bob", "the end"), "     0.0 ms  bob sees the end"),
        (Event(0.0, "vanishes", "bob", ""), "     0.0 ms  bob vanishes"),
        (Event(0.0, "omitted", "", "12"), "     0.0 ms  (and 12 events more)"),
    ],
)
def test_line_of_an_event(event: Event, line: str) -> None:
    """Each event is a line: when, who, what."""
    assert list(transcript(check("tcp.starts", transcript=(event,)))) == [line]
