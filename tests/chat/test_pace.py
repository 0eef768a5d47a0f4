"""How long a story waits: less once it knows that waiting longer tells nothing more."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from grader.chat.dialect import Dialect
from grader.chat.pace import BRIEFLY, BUSY, ENOUGH, IDLE, MOMENT, SHORTER, Pace
from grader.sandbox.clock import Deadline

STARTING = {"quiet": 1.5}


@dataclass
class Stage:
    """Nobody runs here; what is waited for, and how long at most, is kept."""

    still: bool = True
    dialect: Dialect = field(default_factory=Dialect)
    settled: list[tuple[float, float | None]] = field(default_factory=list)
    limits: list[dict[str, float]] = field(default_factory=list)

    def settle(self, seconds: float, *, cap: float | None = None) -> bool:
        self.settled.append((seconds, cap))
        return self.still

    def deadline(self, **limits: float) -> Deadline:
        self.limits.append(limits)
        return Deadline(lambda: None)


def pace(stage: Any) -> Pace:
    return Pace(stage)


def test_at_first_there_is_the_usual_time() -> None:
    """As long as everything comes and the program rests, nothing is cut short."""
    stage = Stage()
    mine = pace(stage)
    for _time in range(2):
        mine.deadline(**STARTING)
        assert mine.settle()
    assert stage.limits == [STARTING] * 2
    assert stage.settled == [(IDLE, None)] * 2


def test_what_does_not_come_shortens_the_next_wait() -> None:
    """And after a few times there is nothing new to tell."""
    stage = Stage()
    mine = pace(stage)
    for _time in range(ENOUGH):
        assert not mine.has_enough
        mine.miss()
        mine.deadline(**STARTING)
    assert mine.has_enough
    assert stage.limits == [{"quiet": SHORTER}] * ENOUGH


def test_who_never_rested_is_not_waited_for_again() -> None:
    """What is due still has its time, of the processor."""
    stage = Stage(still=False)
    mine = pace(stage)
    assert not mine.settle()
    assert not mine.settle()
    assert not mine.settle(briefly=MOMENT)
    assert stage.settled == [(IDLE, None), (IDLE, BRIEFLY), (IDLE, MOMENT)]
    mine.deadline()
    assert stage.limits == [{"budget": BUSY}]


@pytest.mark.parametrize("restless", [True, False])
def test_who_is_known_for_it_is_not_waited_for_at_all(restless: bool) -> None:
    """The probe has found out that a server never rests."""
    stage = Stage(dialect=Dialect(restless=restless))
    pace(stage).settle()
    assert stage.settled == [(IDLE, BRIEFLY if restless else None)]
