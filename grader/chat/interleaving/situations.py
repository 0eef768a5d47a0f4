"""What two users do at once: the first deed's thread is held while the second is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from grader.chat.interleaving.meeting import Meeting
from grader.chat.participants.client import Client

STAY = 2  # so many come first, and stay to the end


class Deed(Enum):
    """What somebody does."""

    CLAIMS = auto()  # a newcomer gives the name that another one gives, too
    JOINS = auto()  # a newcomer gives a name
    SAYS = auto()  # one of those who stay says something
    LEAVES = auto()  # a guest says goodbye
    IS_RESET = auto()  # a guest's connection is reset
    LEAVES_TOO = auto()  # the other guest says goodbye
    IS_CUT_OFF = auto()  # the connection is reset of the guest who has said goodbye


DEEDS: Mapping[Deed, Callable[[Meeting, Client], None]] = {
    Deed.CLAIMS: Meeting.claims_name,
    Deed.JOINS: Meeting.gives_name,
    Deed.SAYS: Meeting.says,
    Deed.LEAVES: Meeting.leaves,
    Deed.IS_RESET: Meeting.is_reset,
    Deed.LEAVES_TOO: Meeting.leaves,
    Deed.IS_CUT_OFF: Meeting.is_cut_off,
}


@dataclass(frozen=True)
class Situation:
    """Two deeds at once."""

    name: str
    first: Deed
    second: Deed

    @property
    def deeds(self) -> tuple[Deed, Deed]:
        """Both of them."""
        return self.first, self.second


SAME_NAME = Situation("same-name", Deed.CLAIMS, Deed.CLAIMS)
SAY_JOIN = Situation("say-join", Deed.SAYS, Deed.JOINS)
JOIN_SAY = Situation("join-say", Deed.JOINS, Deed.SAYS)
SAY_LEAVE = Situation("say-leave", Deed.SAYS, Deed.LEAVES)
LEAVE_SAY = Situation("leave-say", Deed.LEAVES, Deed.SAYS)
SAY_RESET = Situation("say-reset", Deed.SAYS, Deed.IS_RESET)
RESET_SAY = Situation("reset-say", Deed.IS_RESET, Deed.SAYS)
# The later to come is held: where it stands in a list changes when the other one is taken out.
LEAVE_LEAVE = Situation("leave-leave", Deed.LEAVES_TOO, Deed.LEAVES)
LEAVE_RESET = Situation("leave-reset", Deed.LEAVES, Deed.IS_CUT_OFF)


class Cast:
    """The people of one play of a situation, and what leads to it and comes of it."""

    def __init__(self, meeting: Meeting, situation: Situation) -> None:
        self._meeting, self._situation = meeting, situation
        self._stays: Sequence[Client] = tuple(meeting.present[:STAY])
        deeds = situation.deeds
        if Deed.CLAIMS in deeds:
            self.doers = meeting.enter("carol"), meeting.enter("dave")
            meeting.rest.settle()
        else:
            known = self._newcomer() if Deed.JOINS in deeds else self._guests()
            one, other = (known.get(deed, self._stays[0]) for deed in deeds)
            self.doers = one, other

    def _newcomer(self) -> Mapping[Deed, Client]:
        """Somebody has connected."""
        newcomer = self._meeting.enter("carol")
        self._meeting.rest.settle()
        return {Deed.JOINS: newcomer}

    def _guests(self) -> Mapping[Deed, Client]:
        """Two guests are there; the first to go has come before the other, who goes next time."""
        guests = self._meeting.present[STAY:] or self._meeting.join("carol")
        (other,) = self._meeting.join("dave")
        goes = dict.fromkeys((Deed.LEAVES, Deed.IS_RESET, Deed.IS_CUT_OFF), guests[0])
        return goes | {Deed.LEAVES_TOO: other}

    def first(self) -> None:
        """The deed whose thread is held."""
        DEEDS[self._situation.first](self._meeting, self.doers[0])

    def second(self) -> None:
        """What is done meanwhile."""
        DEEDS[self._situation.second](self._meeting, self.doers[1])

    def end(self) -> None:
        """Whoever is to be in is in; everybody says something; newcomers leave."""
        meeting, comes = self._meeting, False
        for deed, doer in zip(self._situation.deeds, self.doers, strict=True):
            if deed is Deed.JOINS:
                meeting.let_in(doer)
                comes = True
            elif deed in (Deed.LEAVES, Deed.LEAVES_TOO):
                doer.hang_up()
        if Deed.CLAIMS in self._situation.deeds:
            comes = True
            for asked in meeting.let_in_the_first():
                meeting.gives_name(asked)
                meeting.settle()
                meeting.let_in(asked)
        for speaker in tuple(meeting.present):
            meeting.says(speaker)
        meeting.settle()
        if comes:
            self._clear()

    def _clear(self) -> None:
        guests = [client for client in self._meeting.present if client not in self._stays]
        for guest in guests:
            self._meeting.leaves(guest)
        self._meeting.settle()
        for guest in guests:
            guest.hang_up()
