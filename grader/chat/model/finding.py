"""A difference between what came and what had to come."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from grader.chat.journal import Act
from grader.chat.model.owed import Matter, Owed, Situation


class Kind(str, Enum):
    """What is wrong."""

    MISSING = "missing"
    LATE = "late"  # it came only after its wait was over
    DOUBLED = "doubled"
    ALTERED = "altered"  # it came, and its text is another one
    ECHOED = "echoed"  # to whoever said it, or left
    OWN_JOIN = "own-join"  # to the newcomer
    EARLY = "early"  # before the receiver gave a name
    AFTERWARDS = "afterwards"  # after the receiver had left
    UNASKED = "unasked"  # nobody has said it
    UNTERMINATED = "unterminated"  # its newline is missing
    NEWLINES = "newlines"  # a newline too many, or one on a datagram
    REVERSED = "reversed"  # the two lines of the welcome
    CUT_OFF = "cut-off"  # the server ended the connection of somebody who stayed
    CRASHED = "crashed"  # the server ended
    REFUSED = "refused"  # nobody could connect
    STAYS = "stays"  # a client that does not end
    EXITED = "exited"  # a client that ends though nobody left, or with a status that is not 0
    FLOODED = "flooded"  # more came than anybody can be owed


@dataclass(frozen=True)
class Finding:
    """One difference."""

    kind: Kind
    who: str  # to whom it happened; empty where to all
    at: int  # where in the journal it is known
    situation: Situation
    matter: Matter | None = None
    about: str = ""  # who spoke, joined or left
    text: str = ""  # what had to come, or must not come
    got: str = ""  # the nearest text that came
    said: bool = True  # of a leave notice: whether whoever left said so
    act: Act | None = None  # what somebody did last before that; None: nobody did anything
    present: int = 0  # how many had settled by then
    since: int = 0  # where in the journal what it is about began


def of(kind: Kind, message: Owed, at: int, got: str = "") -> Finding:
    """A finding about a message that was owed, or that must not come."""
    return Finding(
        kind, message.receiver, at, message.situation, message.matter, message.about,
        message.text, got, message.said, since=message.since,
    )  # fmt: skip
