"""Small wordings that several reports share."""

from __future__ import annotations

import os
from pathlib import Path

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


def test_the_command_is_right_where_one_stands(tmp_path: Path) -> None:
    """From the kit's folder it is the one of the README, from another one it leads to the kit."""
    kit = Path(wording.__file__).resolve().parents[2]
    python = "py" if os.name == "nt" else "python3"
    assert wording.command_from(str(kit)) == f"{python} noxfile.py -s grade --"
    assert wording.command_from(str(kit / "lab4")).split()[1] == os.path.join("..", "noxfile.py")
    far = wording.command_from(str(tmp_path)).split()[1]
    assert (tmp_path / far).resolve() == kit / "noxfile.py"
