"""What is told of a chat of its own protocol beside its checks."""

from __future__ import annotations

from enum import Enum
from typing import Annotated

import msgspec
from msgspec import Meta

from grader.fact import Fact


class Known(str, Enum):
    """How something about a chat is known: it was seen, read in the source, or guessed."""

    SEEN = "seen"
    READ = "read"
    GUESSED = "guessed"


class Understood(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that the grader has understood of how a chat works."""

    what: Fact
    known: Known


class OwnProtocol(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a chat of its own protocol was graded."""

    understood: Annotated[
        tuple[Understood, ...], Meta(description="what the grader went by, a line each")
    ]
    dialect: Annotated[
        str, Meta(description="the same as a TOML text, to change and to give to --dialect")
    ]
    declined: Annotated[
        Fact | None,
        Meta(description="why the chat could not be driven: then it has no checks and no mark"),
    ]
    most: Annotated[
        float | None,
        Meta(
            description="the mark if every OPEN check passed; null where there is none, and where "
            "there is no mark"
        ),
    ]
