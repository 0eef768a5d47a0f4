"""What the probe learns once about a submission; every scenario gets a copy of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from grader.assignment.protocol import Framing
from grader.assignment.variants import Role
from grader.sandbox.clock import Patience
from grader.sandbox.network import Address

# Seconds that one scenario waits, all in all, for a program that never rests: see Patience.
EACH = Patience(left=8.0, least=1.0)
RESTLESS = Patience(left=2.0, least=0.2)

# What the probe of each program finds out.
FOUND_OUT: Mapping[Role, tuple[str, ...]] = {
    Role.SERVER: (
        "server_framing",
        "server_reads",
        "asks",
        "welcomes",
        "announces",
        "relays",
        "unfinished",
        "for_two",
        "restless",
        "address",
    ),
    Role.CLIENT: ("client_waits", "client_framing", "client_absent"),
}


@dataclass
class Dialect:
    """The dialect and habits of one variant of a submission; None is not known yet."""

    server_framing: Framing | None = None  # LINES or RAW: does its name request end in "\n"?
    server_reads: Framing | None = None  # LINES or RAW: does it wait for the name's "\n"?
    client_waits: bool | None = None  # does the client wait for the newline of the name request?
    asks: bool | None = None  # does the server ask a newcomer anything?
    welcomes: bool | None = None  # does the server send the whole welcome?
    announces: bool | None = None  # does it tell the others who joined?
    relays: bool | None = None  # does a message among two arrive, in whatever words?
    unfinished: bool = False  # a task that is not written yet was reached
    for_two: bool = False  # a third user is not let in
    restless: bool = False  # its server never rests, also while nothing happens
    client_framing: Framing | None = None  # of what the client sends
    client_absent: bool = False  # its client never connected to a scripted server
    patience: Patience = field(default_factory=Patience)
    address: Address | None = None  # where its server listens, where the kit cannot choose

    @property
    def lacking(self) -> bool:
        """Whether something that a good server says was waited for in vain."""
        return False in (self.asks, self.welcomes, self.announces, self.relays)

    @property
    def fruitless(self) -> bool:
        """Whether a user hears nothing more once the name is given: all stories end there."""
        return (self.welcomes, self.announces, self.relays) == (False,) * 3

    @property
    def silent(self) -> bool:
        """Whether the server never sends anything: joining is pointless."""
        says = self.asks, self.welcomes, self.announces, self.relays, self.unfinished
        return says == (False,) * 5

    def learn(self, role: Role, learnt: Dialect) -> None:
        """Take over what the probe of one program has found out."""
        for name in FOUND_OUT[role]:
            setattr(self, name, getattr(learnt, name))
        self.patience.starved = self.patience.starved or learnt.patience.starved

    def copy(self, *, served: bool = True) -> Dialect:
        """The same for one scenario: what that finds out stays in it.

        ``served`` says whether the submission's server takes part.
        """
        patience = replace(RESTLESS if self.restless and served else EACH)
        patience.starved = self.patience.starved  # then what was learnt may be wrong
        return replace(self, patience=patience)
