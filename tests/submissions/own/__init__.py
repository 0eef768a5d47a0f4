"""Chats that speak no protocol but their own, each with the truth about it, checked by hand.

A folder has the programs as somebody might hand them in, and ``truth.toml``: what it is, its
variant, and for each check of the own-protocol rubric whether the behaviour is there. A check that
is not named can be seen either way. ``declined`` has the code of the reason why it is not driven.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

try:
    import tomllib
except ModuleNotFoundError:  # before Python 3.11
    import tomli as tomllib

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Shape:
    """One chat and what is true of it."""

    folder: Path
    says: str
    variant: str
    truth: dict[str, bool]
    declined: str

    @property
    def name(self) -> str:
        """What it is called."""
        return self.folder.name


def _read(folder: Path) -> Shape:
    with (folder / "truth.toml").open("rb") as file:
        told: dict[str, Any] = tomllib.load(file)
    truth, declined = told.get("truth", {}), told.get("declined", "")
    return Shape(folder, told["says"], told["variant"], truth, declined)


SHAPES = tuple(_read(path.parent) for path in sorted(HERE.glob("*/truth.toml")))
