"""What happened in one scenario, whole and in order: the only thing that the model looks at.

A journal is plain data. Who wrote it is no matter: a scenario that was played, a table in a test,
or a server that was simulated in memory.
"""

from __future__ import annotations

from enum import Enum

import msgspec

from grader.assignment.protocol import Framing


class Act(str, Enum):
    """What somebody did, or what happened to them."""

    ENTERS = "enters"  # connects, or takes an address
    OFFERS = "offers"  # gives a name that is empty or taken: it is to be asked again
    NAMES = "names"  # gives a good name
    SETTLES = "settles"  # is welcomed, everybody was told, and the server was idle once
    SAYS = "says"  # the text is the whole message
    LEAVES = "leaves"  # says goodbye
    VANISHES = "vanishes"  # goes without a word; the text is how: see Vanishing
    GETS = "gets"  # a piece of what came, cut anywhere; over UDP one datagram
    REFUSED = "refused"  # could not connect
    ENDS = "ends"  # the server ended the connection; the text is "closed" or "reset"
    CRASHES = "crashes"  # the server ended by itself; the text is how
    FLOODS = "floods"  # more came than is kept
    TELLS = "tells"  # a scripted server sends this to a student's client
    SHOWS = "shows"  # a student's client writes to its terminal
    EXITS = "exits"  # a student's client ends; the text is its status
    QUIET = "quiet"  # everything that was due so far was waited for


class Vanishing(str, Enum):
    """How somebody goes without a word."""

    FIN = "fin"  # the connection is closed in order
    RESET = "reset"  # what was on its way may be lost
    DEAD = "dead"  # nobody is at the address any more (UDP)


class Entry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that happened."""

    act: Act
    who: str  # a participant's name; empty for what nobody does
    text: str = ""
    at: float = 0.0  # seconds since the scenario began


class Manners(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the probe has learnt of how a server speaks: the same for all scenarios."""

    framing: Framing = Framing.LINES  # of what it sends
    asks: bool = True  # whether it sends the name request to a newcomer
    welcomes: bool = True  # whether it sends the welcome


class Journal(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of a scenario."""

    manners: Manners
    entries: tuple[Entry, ...]
