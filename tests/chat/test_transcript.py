"""What happened in one check."""

from __future__ import annotations

import threading
from collections import deque

import pytest

from grader.chat import transcript
from grader.chat.transcript import Transcript, shorten
from grader.fact import fact
from grader.result.verdict import EventKind

CONNECTS = fact("connects", name="alice")


def test_events_are_in_order() -> None:
    """Events stand in the order in which they were noted."""
    made = Transcript()
    made.step(CONNECTS)
    made.add(EventKind.SENDS, "alice", "hello")
    told = [(event.kind, event.who, event.text, event.fact) for event in made.events()]
    assert told == [
        (EventKind.STEP, "", "", CONNECTS),
        (EventKind.SENDS, "alice", "hello", None),
    ]


def test_time_goes_on() -> None:
    """An event has the time since the check began, never less than the one before."""
    made = Transcript()
    made.step(CONNECTS)
    made.step(CONNECTS)
    one, two = made.events()
    assert 0 <= one.at <= two.at


def test_of_a_flood_the_middle_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of very many events the first and the last are kept, and it is said how many are not."""
    monkeypatch.setattr(transcript, "MAX_EVENTS", 3)
    made = Transcript()
    made._last = deque(maxlen=3)
    for number in range(10):
        made.add(EventKind.PRINTS, "alice", str(number))
    events = made.events()
    assert [event.text for event in events] == ["0", "1", "2", "", "7", "8", "9"]
    gap = events[3]
    assert (gap.kind, gap.fact) == (EventKind.OMITTED, fact("events-omitted", count=4))


def test_long_text_is_cut_in_the_middle() -> None:
    """A long text keeps its beginning and its end."""
    assert shorten("abcdefghijk", 7) == "abc…ijk"


@pytest.mark.parametrize("text", ["", "short", "x" * transcript.MAX_TEXT])
def test_short_text_stays(text: str) -> None:
    """A text that is not too long stays as it is."""
    assert shorten(text) == text


def test_texts_of_events_are_cut() -> None:
    """An event does not keep a long text whole."""
    made = Transcript()
    made.add(EventKind.GETS, "alice", "x" * 100_000)
    assert len(made.events()[0].text) <= transcript.MAX_TEXT


def test_several_threads_add_events() -> None:
    """What several threads note at once is all there."""
    made = Transcript()
    threads = [
        threading.Thread(target=lambda: [made.add(EventKind.GETS, "bob", "x") for _ in range(100)])
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made.events()) == 400
