"""The levels of the sandbox that can be had here, for tests that hold in each of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader import sandbox
from grader.sandbox import Box, Unavailable


def boxes() -> dict[str, Box]:
    """The box of each level that can be had."""
    found = {}
    for level in sandbox.LEVELS:
        try:
            found[level] = sandbox.choose(level)[0]
        except Unavailable:
            continue
    return found


BOXES = boxes()
each_level = pytest.mark.parametrize("box", BOXES.values(), ids=BOXES)
each_closed_level = pytest.mark.parametrize(
    "box",
    [
        pytest.param(box, id=level, marks=[pytest.mark.skipif(box.files == "open", reason="open")])
        for level, box in BOXES.items()
    ],
)


def room(folder: Path) -> Path:
    """A folder to run in."""
    made = folder / "room"
    made.mkdir()
    return made
