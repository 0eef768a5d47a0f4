"""Sockets for the tests of networks."""

from __future__ import annotations

import socket

import pytest

from grader.sandbox.network import HOST, KINDS, Network
from support import worlds

each_variant = pytest.mark.parametrize("variant", ["tcp", "udp"])


def bound(
    variant: str, host: str = HOST, port: int = 0, *, within: Network = worlds.LOOPBACK
) -> socket.socket:
    """A socket that is listening (TCP) or bound (UDP)."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = within.socket(family, KINDS[variant])
    made.bind((host, port))
    if variant == "tcp":
        made.listen()
    return made
