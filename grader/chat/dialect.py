"""What the probe learns once about a submission and every check uses."""

from __future__ import annotations

from dataclasses import dataclass, field

from grader.assignment.protocol import Framing
from grader.sandbox.clock import Patience
from grader.sandbox.network import Address


@dataclass
class Dialect:
    """The dialect and habits of one variant of a submission; None is not known yet."""

    server_framing: Framing | None = None  # LINES or RAW: does its name request end in "\n"?
    server_reads: Framing | None = None  # LINES or RAW: does it wait for the name's "\n"?
    client_waits: bool | None = None  # does the client wait for the newline of the name request?
    asks: bool | None = None  # does the server ask a newcomer anything?
    welcomes: bool | None = None  # does the server send the whole welcome?
    client_absent: bool = False  # its client never connected to a scripted server
    silent: bool = False  # the server never sent anything: joining is pointless
    patience: Patience = field(default_factory=Patience)
    address: Address | None = None  # where its server listens, where the kit cannot choose
