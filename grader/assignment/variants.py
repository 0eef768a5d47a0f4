"""The two variants of the assignment: the chat over TCP and the chat over UDP."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from enum import Enum

from grader.assignment.protocol import Framing


class Role(Enum):
    """The two programs of each variant."""

    SERVER = "server"
    CLIENT = "client"


@dataclass(frozen=True)
class Variant:
    """The chat over one transport protocol."""

    name: str  # as it stands in ids, results and options
    weight: float  # of its points in the mark
    socket_type: socket.SocketKind
    framing: Framing

    @property
    def connected(self) -> bool:
        """Whether a user has a connection: the server sees it come and end."""
        return self.socket_type is socket.SOCK_STREAM

    def file(self, role: Role) -> str:
        """The name of one of its files: ``tcp_server.py``."""
        return file_name(self.name, role.value)

    def __str__(self) -> str:
        return self.name


def file_name(variant: str, role: str) -> str:
    """What a file is called by the names of its variant and role, also those of other rubrics."""
    return f"{variant}_{role}.py"


TCP = Variant("tcp", 1.0, socket.SOCK_STREAM, Framing.LINES)
UDP = Variant("udp", 0.8, socket.SOCK_DGRAM, Framing.DATAGRAMS)
VARIANTS = (TCP, UDP)
NAMES = tuple(variant.name for variant in VARIANTS)


def variant(name: str) -> Variant:
    """The variant of this name. Raises ValueError for a name that none of them has."""
    for candidate in VARIANTS:
        if candidate.name == name:
            return candidate
    raise ValueError(f"{name!r}: expected one of {', '.join(NAMES)}")
