"""What a worker tells, and how it becomes lines."""

from __future__ import annotations

import json
from typing import Any

import pytest
from support import changes, samples

from grader.grading.events import Done, Event, Finished, Planned, Started
from grader.result import codec

FAILING = next(check for check in samples.failing().checks if check.got is not None)
EVENTS: tuple[Event, ...] = (
    Planned({"tcp.starts": "The server\u2028 binds"}, changes.SANDBOX),
    Started("tcp.starts"),
    Finished(FAILING),
    Finished(samples.hostile().checks[0]),
    Done(),
)
each_event = pytest.mark.parametrize("event", EVENTS, ids=lambda event: type(event).__name__)


@each_event
def test_an_event_comes_back_as_it_was(event: Event) -> None:
    """Each kind is told from the others, and nothing of it is lost."""
    assert codec.decode(codec.encode(event), Event) == event


@each_event
def test_an_event_is_a_line(event: Event) -> None:
    """Whatever a submission has sent, no line feed of it ends the line."""
    assert b"\n" not in codec.encode(event)


def wrong(event: Event, **changes: Any) -> bytes:
    """An event of which fields are other ones; None takes one away."""
    document = json.loads(codec.encode(event)) | changes
    return json.dumps(
        {name: value for name, value in document.items() if value is not None}
    ).encode()


WRONG = {
    "another kind": wrong(Done(), type="Paused"),
    "no kind": wrong(Done(), type=None),
    "a field too many": wrong(Started("tcp.starts"), title="x"),
    "a missing field": wrong(Started("tcp.starts"), id=None),
    "a wrong type": wrong(Started("tcp.starts"), id=5),
    "cut off": codec.encode(Finished(FAILING))[:-1],
    "no event": b"1 passed in 0.1s",
    "nothing": b"",
}


@pytest.mark.parametrize("line", WRONG.values(), ids=WRONG)
def test_a_line_that_is_no_event(line: bytes) -> None:
    """It is refused whole."""
    with pytest.raises(ValueError, match=r"\w"):
        codec.decode(line, Event)
