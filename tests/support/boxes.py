"""The levels of the sandbox that can be had here, for tests that hold in each of them.

The environment variable CHAT_LAB_TEST_LEVELS names the only ones to try: what is stopped at a
better level is not tried at a weaker one otherwise.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from grader.sandbox import LEVELS, levels
from grader.sandbox.box import Box
from grader.sandbox.levels import Unavailable


def boxes() -> dict[str, Box]:
    """The box of each level that can be had. Raises Unavailable if a named one cannot."""
    named = os.environ.get("CHAT_LAB_TEST_LEVELS", "").split()
    found = {}
    for level in named or LEVELS:
        try:
            found[level] = levels.choose(level)[0]
        except Unavailable:
            if named:
                raise
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
