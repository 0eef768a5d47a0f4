"""What a class is graded and shown with: stored, so that later commands need not be told again."""

from __future__ import annotations

import random

import msgspec

from grader.assignment import modes
from grader.classroom.defence import Defence
from grader.classroom.engine.describe import python
from grader.classroom.keys import Options
from grader.classroom.roster import Listed
from grader.classroom.rows import How
from grader.classroom.rules import NONE, Rules
from grader.classroom.store import Store
from grader.result import codec

NAME = "settings"


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The settings of a class."""

    options: Options
    rules: Rules = NONE
    keep: str = "last"
    count: str = "best"
    listed: tuple[Listed, ...] = ()
    defences: dict[str, Defence] = {}
    anonymous: bool = False
    source: str = ""  # what was graded last, to say how it is repeated

    @property
    def how(self) -> How:
        """How the class is marked."""
        return How(self.options, self.rules, self.keep, self.count, self.defences)


def first(variants: tuple[str, ...], seed: int | None) -> Settings:
    """The settings of a class that is graded for the first time; its seed is drawn here."""
    drawn = random.SystemRandom().randrange(10**6) if seed is None else seed
    return Settings(Options(variants, drawn, False, "auto", (), modes.PROTOCOL, python()))


def load(store: Store) -> Settings | None:
    """The settings that are stored; None where nothing was graded yet."""
    text = store.setting(NAME, "")
    return codec.decode(text, Settings) if text else None


def save(store: Store, settings: Settings) -> None:
    """Store the settings."""
    store.set(NAME, codec.encode(settings).decode())
