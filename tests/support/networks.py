"""Sockets for the tests of networks."""

from __future__ import annotations

import socket

import pytest

from grader.assignment.variants import VARIANTS, Variant
from grader.sandbox.network import HOST, Network
from support import worlds

each_variant = pytest.mark.parametrize("variant", VARIANTS, ids=str)


def bound(
    variant: Variant, host: str = HOST, port: int = 0, *, within: Network = worlds.LOOPBACK
) -> socket.socket:
    """A socket that is listening (TCP) or bound (UDP)."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = within.socket(family, variant.socket_type)
    made.bind((host, port))
    if variant.connected:
        made.listen()
    return made
