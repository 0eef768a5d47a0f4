"""Small wordings that several reports share."""

from __future__ import annotations

import pytest
from support import samples
from support.made_up import happened, step

from grader.reports import wording
from grader.result.verdict import EventKind


def test_many_steps_lose_their_middle() -> None:
    """The first and the last keep their numbers; the others are counted."""
    many = tuple(step("connects", name=f"user{at}") for at in range(1, 101))
    shown = wording.steps(samples.check("tcp.hundred", transcript=many))
    assert [number for number, _text in shown] == [*range(1, 7), 0, *range(95, 101)]
    assert shown[5:8] == [(6, "user6 connects"), (0, "88 more"), (95, "user95 connects")]


@pytest.mark.parametrize("number", [0, 1, 12, 13])
def test_few_steps_are_all_there(number: int) -> None:
    """Nothing is left out for the sake of one line."""
    made = samples.check("tcp.starts", transcript=(step("silence"),) * number)
    assert wording.steps(made) == [(at, "nobody says anything") for at in range(1, number + 1)]


def test_steps_are_not_what_happens() -> None:
    """Between the steps of a transcript there is the traffic."""
    events = (step("silence"), happened(EventKind.GETS, "bob", "x"), step("leaves", name="bob"))
    shown = wording.steps(samples.check("tcp.starts", transcript=events))
    assert shown == [(1, "nobody says anything"), (2, "bob leaves")]
