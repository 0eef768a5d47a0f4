"""How a chat of its own protocol works, as far as one who sits in front of it has to know."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import Enum

from grader.chat.own.asking import Asks
from grader.sandbox.clock import Patience


class Identity(Enum):
    """Where the others know from who somebody is."""

    ASKED = "asked"  # a name is asked for
    ARGUMENT = "argument"  # a name is an argument of the client
    SILENT = "silent"  # the first line is the name, and nobody says so
    GIVEN = "given"  # an address or a number, which the server gives
    NONE = "none"


class Way(Enum):
    """How one leaves."""

    WORD = "word"
    END_OF_FILE = "end-of-file"
    CTRL_C = "ctrl-c"
    KILLED = "killed"


@dataclass
class OwnDialect:
    """What the probe has learnt; a story gets it as it is."""

    server_arguments: tuple[str, ...] = ()
    client_arguments: tuple[str, ...] = ()  # {host}, {port}, {name} and {room} stand for them
    port: int = 0
    questions: tuple[tuple[Asks, str], ...] = ()  # what a newcomer is asked, in order
    identity: Identity = Identity.NONE
    is_identity_given: bool = False  # by a person, who knows better
    answers: tuple[tuple[str, str], ...] = ()  # given by a person: part of a question, answer
    shape: str = ""  # of somebody else's message: {name} and {text} stand for them
    echoes: bool = False  # whether who speaks sees their own text
    warms: bool = False  # whether a first message is lost before all is set up
    words: tuple[str, ...] = ()  # that may make one leave, as the source has them
    way: Way | None = None
    word: str = ""
    operator: bool = False  # the second user sits at the server
    restless: bool = False  # the server never rests
    slow: float = 0.0  # seconds after which a message has come, where that is long
    patience: Patience = field(default_factory=lambda: Patience(left=12.0, least=0.5))

    def copy(self) -> OwnDialect:
        """The same, with patience of its own."""
        return replace(self, patience=Patience(left=8.0, least=0.3))
