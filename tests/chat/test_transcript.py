"""What happened in one check, as text."""

from __future__ import annotations

import threading
from collections import deque

import pytest

from grader.chat import transcript
from grader.chat.transcript import Transcript, shorten


def test_events_are_in_order() -> None:
    """Events stand in the order in which they were noted."""
    made = Transcript()
    made.step("alice connects")
    made.add("sends", "alice", "'hello'")
    assert [e.text for e in made.events()] == ["alice connects", "'hello'"]


def test_time_goes_on() -> None:
    """An event has the time since the check began, never less than the one before."""
    made = Transcript()
    made.step("one")
    made.step("two")
    one, two = made.events()
    assert 0 <= one.at <= two.at


def test_steps_are_only_the_steps() -> None:
    """What was sent and received is not among the steps."""
    made = Transcript()
    made.step("alice connects")
    made.add("sends", "alice", "'hello'")
    assert made.steps() == ("alice connects",)


def test_of_a_flood_the_middle_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of very many events the first and the last are kept, and it is said how many are not."""
    monkeypatch.setattr(transcript, "MAX_EVENTS", 3)
    made = Transcript()
    made._last = deque(maxlen=3)
    for number in range(10):
        made.step(str(number))
    texts = [(event.kind, event.text) for event in made.events()]
    kept = [("step", str(number)) for number in (0, 1, 2, 7, 8, 9)]
    assert texts == [*kept[:3], ("omitted", "4"), *kept[3:]]


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
    made.add("gets", "alice", "x" * 100_000)
    assert len(made.events()[0].text) <= transcript.MAX_TEXT


def test_several_threads_add_events() -> None:
    """What several threads note at once is all there."""
    made = Transcript()
    threads = [
        threading.Thread(target=lambda: [made.add("gets", "bob", "x") for _ in range(100)])
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made.events()) == 400
