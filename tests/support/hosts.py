"""Scripted servers without a chat around them."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from grader.chat.dialect import Dialect
from grader.chat.participants.host import Host
from grader.chat.participants.tcp_host import TcpHost
from grader.chat.participants.udp_host import UdpHost
from grader.chat.transcript import Transcript
from support import worlds

MAKERS: dict[str, type[Host]] = {"tcp": TcpHost, "udp": UdpHost}


@contextlib.contextmanager
def alone(
    variant: str,
    *ports: int,
    settle: Callable[[float], bool] = worlds.still,
    dialect: Dialect | None = None,
) -> Iterator[Host]:
    """A scripted server without a student's client."""
    made = MAKERS[variant](
        "127.0.0.1",
        ports or [0],
        worlds.LOOPBACK,
        dialect or Dialect(),
        Transcript(),
        lambda: None,
        settle,
    )
    try:
        yield made
    finally:
        made.close()
