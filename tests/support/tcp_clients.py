"""A scripted TCP client and the socket at its other end."""

from __future__ import annotations

import socket
from collections.abc import Callable

from grader.chat.dialect import Dialect
from grader.chat.participants.tcp import TcpClient
from grader.chat.transcript import Transcript
from grader.sandbox.clock import Deadline
from grader.sandbox.network import Address
from support import worlds


def client(
    address: tuple[str, int],
    dialect: Dialect,
    settle: Callable[[float], bool] = worlds.still,
    **options: Callable[..., Deadline],
) -> TcpClient:
    deadline = options.get("deadline", worlds.patient)
    known = (worlds.LOOPBACK, dialect, Transcript(), deadline, settle)
    return TcpClient("alice", Address(*address), *known)


def everything(connection: socket.socket) -> bytes:
    """All bytes until the other side sends no more."""
    return b"".join(iter(lambda: connection.recv(65536), b""))
