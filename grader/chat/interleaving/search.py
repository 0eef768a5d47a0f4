"""Through all places of a situation: at each of them one thread is held once."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Generic, TypeVar

from grader.chat.interleaving.meeting import Meeting
from grader.chat.interleaving.places import Place, change, of_the_deed, places
from grader.chat.interleaving.situations import Cast, Situation
from grader.chat.journal import Journal
from grader.chat.model.findings import Shown
from grader.chat.story import Over
from grader.chat.world import Chat
from grader.sandbox.tracing import NONE, Lines, Ran
from grader.submission.sharing import Sharing

Opened = Callable[[], AbstractContextManager[Chat]]
Changes = Callable[[Iterable[Ran]], bool]  # whether these lines may have changed something
Kept = TypeVar("Kept")
NOWHERE = Place(-1, 0)
STAY = ("alice", "bob")
TRIES = 2  # times that a finding is played again; found once more, it counts
MISLED = 3  # findings that were not found again, after which nothing more is looked for


@dataclass(frozen=True)
class Play:
    """What came of one play."""

    place: Place = NOWHERE
    held: bool = False  # whether a thread was held there
    excluded: bool = False  # whether the others could do nothing meanwhile
    lines: Lines = NONE
    doers: tuple[str, str] = ("", "")  # whose the two deeds are, by the names that they had then
    over: bool = True  # whether the story broke off
    journal: Journal | None = None
    shown: Shown | None = None

    @property
    def differs(self) -> bool:
        """Whether anything went wrong."""
        return self.over or bool(self.shown and self.shown.findings)


@dataclass
class Search(Generic[Kept]):
    """One situation, its places, and what was found.

    ``keep`` is called with the world of what was found again, or of what went wrong in order.
    """

    situation: Situation
    opened: Opened
    keep: Callable[[Chat, Play], Kept]
    until: float = math.inf  # by time.monotonic(): when to look no further
    places: list[Place] | None = None  # still to be looked at
    plays: int = 0  # in which a thread was held
    kept: Kept | None = None
    in_order: bool = False  # whether what was kept went wrong although nobody was held
    _open: set[int] = field(default_factory=set)  # lockings in which others got on
    _changes: Changes = bool

    def run(self) -> None:
        """Look at all places, until something is found."""
        for _misled in range(MISLED):
            suspect = self._look()
            if suspect is None:
                return
            if suspect != NOWHERE and any(self._again(suspect) for _try in range(TRIES)):
                return

    def _look(self) -> Place | None:
        """The next place where something goes wrong; NOWHERE if it does although nobody is held."""
        with self.opened() as chat:
            meeting = Meeting(chat)
            try:
                meeting.begin(*STAY)
            except Over:
                return self._keep(meeting, Play(), in_order=True)
            if self.places is None:
                alone = play(meeting, self.situation, NOWHERE, self._changes)
                if alone.differs:
                    return self._keep(meeting, alone, in_order=True)
                self._note(alone, meeting.sharing())
            while self.places and time.monotonic() < self.until:
                place = self.places.pop(0)
                if place.between and place.inside not in self._open:
                    continue
                meeting.anew()
                played = play(meeting, self.situation, place, self._changes)
                self.plays += played.held
                if played.held and not played.excluded:
                    self._open.add(place.inside)
                if played.differs:
                    return place
        return None

    def _note(self, alone: Play, sharing: Sharing) -> None:
        """Choose the places, from the lines of a play in which nobody was held."""
        mine = of_the_deed(alone.lines.before)
        self.places = places(mine, sharing)
        self._changes = partial(change, mine=mine, sharing=sharing)
        self.kept, self.in_order = None, False

    def _again(self, place: Place) -> bool:
        """Play one place in a fresh world; whether something goes wrong there again."""
        with self.opened() as chat:
            meeting = Meeting(chat)
            with suppress(Over):
                meeting.begin(*STAY)
                played = play(meeting, self.situation, place, self._changes, whole=True)
                if played.differs and played.held:
                    self._keep(meeting, played)
                    return True
        return False

    def _keep(self, meeting: Meeting, played: Play, *, in_order: bool = False) -> Place:
        if played.journal is None:
            journal, shown = meeting.shown()
            played = replace(played, journal=journal, shown=shown)
        self.kept, self.in_order = self.keep(meeting.chat, played), in_order
        return played.place


def play(
    meeting: Meeting,
    situation: Situation,
    place: Place,
    changes: Changes,
    *,
    whole: bool = False,
) -> Play:
    """Play a situation; where nobody is to be held, the second deed comes after the first.

    All lines are noted only where the ``whole`` of it is asked for.
    """
    played = Play(place)
    with suppress(Over):
        it = Cast(meeting, situation)
        first, second = it.doers
        played = replace(played, doers=(first.name, second.name))
        meeting.tracing.arm(place.thread, place.number)
        since = meeting.rest.switches()
        it.first()
        if place == NOWHERE:
            meeting.settle()
            played = replace(played, lines=meeting.tracing.lines())
        else:
            played = replace(played, held=meeting.rest.is_held(meeting.tracing, since))
        before, since = meeting.expected(), meeting.rest.switches()
        it.second()
        if played.held:
            meeting.rest.wait(since)
            done = meeting.has_come(before)
            meeting.tracing.go()
            if place.inside and not whole:
                lines = meeting.tracing.lines()
                excluded = not done and not changes(lines.held)
                played = replace(played, excluded=excluded)
        meeting.settle()
        if whole:
            played = replace(played, lines=meeting.tracing.lines())
        it.end()
        played = replace(played, over=False)
    journal, shown = meeting.shown()
    return replace(played, journal=journal, shown=shown)
