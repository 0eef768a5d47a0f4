"""What the probe learns once about a submission."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.assignment.protocol import Framing
from grader.chat.dialect import EACH, RESTLESS, Dialect
from grader.sandbox.clock import Patience

MUTE = Dialect(asks=False, welcomes=False, announces=False, relays=False)


def test_silent_server() -> None:
    """A server of which nothing ever comes is silent."""
    assert MUTE.silent


@pytest.mark.parametrize("said", ["asks", "welcomes", "announces", "relays"])
@pytest.mark.parametrize("known", [True, None])
def test_server_that_says_something(said: str, known: bool | None) -> None:
    """One thing that comes, or of which nobody knows yet, is enough."""
    assert not replace(MUTE, **{said: known}).silent


def test_unfinished_server_is_not_silent() -> None:
    """A server with a task that is not written may say more once it is."""
    assert not replace(MUTE, unfinished=True).silent


def test_copy_is_the_same() -> None:
    """A scenario gets all that was learnt."""
    learnt = replace(MUTE, relays=True, server_framing=Framing.RAW, for_two=True)
    copy = learnt.copy()
    assert replace(copy, patience=learnt.patience) == learnt


def test_what_a_scenario_finds_out_stays_in_it() -> None:
    """Neither what it learns nor how long it waits is known to the next one."""
    learnt = replace(MUTE)
    copy = learnt.copy()
    copy.asks, copy.server_framing = True, Framing.RAW
    copy.patience.spend(100)
    assert learnt == MUTE
    assert learnt.copy().patience == EACH
    assert learnt.copy().patience is not EACH


def test_restless_server_is_waited_for_briefly() -> None:
    """A server that never rests uses up less time, but only where it takes part."""
    restless = replace(MUTE, restless=True)
    assert restless.copy().patience == RESTLESS
    assert restless.copy(served=False).patience == EACH


def test_probe_for_which_the_machine_had_no_time() -> None:
    """What was learnt on a machine that was too busy is not believed by any scenario."""
    starved = replace(MUTE, patience=Patience(starved=True))
    assert starved.copy().patience.starved
    assert not MUTE.copy().patience.starved
