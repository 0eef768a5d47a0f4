"""Small wordings that several reports share."""

from __future__ import annotations

import pytest
from support import samples

from grader.reports import wording


def test_many_steps_lose_their_middle() -> None:
    """The first and the last keep their numbers; the others are counted."""
    shown = wording.steps(samples.check("tcp.hundred", steps=tuple(map(str, range(1, 101)))))
    assert [number for number, _text in shown] == [*range(1, 7), 0, *range(95, 101)]
    assert shown[6] == (0, "88 more")


@pytest.mark.parametrize("number", [0, 1, 12, 13])
def test_few_steps_are_all_there(number: int) -> None:
    """Nothing is left out for the sake of one line."""
    made = samples.check("tcp.starts", steps=("a step",) * number)
    assert wording.steps(made) == [(at, "a step") for at in range(1, number + 1)]
