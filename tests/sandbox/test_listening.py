"""Where programs listen."""

from __future__ import annotations

import socket
from contextlib import closing

import pytest
from support import worlds
from support.worlds import needs_namespaces

from grader.assignment.variants import TCP, UDP, VARIANTS, Variant
from grader.sandbox import listening
from grader.sandbox.network import Address, Network

KINDS = {TCP: socket.SOCK_STREAM, UDP: socket.SOCK_DGRAM}
FAMILIES = {"127.0.0.1": socket.AF_INET, "0.0.0.0": socket.AF_INET, "::1": socket.AF_INET6}
each_variant = pytest.mark.parametrize("variant", VARIANTS, ids=str)


def bound(network: Network, variant: Variant, host: str, port: int) -> socket.socket:
    """A socket at this address of a network."""
    made = network.socket(FAMILIES[host], KINDS[variant])
    made.bind((host, port))
    if variant is TCP:
        made.listen()
    return made


def found(network: Network, variant: Variant) -> list[Address]:
    """All that listens in a network."""
    with network.entered():
        return list(listening.listening(variant))


@needs_namespaces
@each_variant
@pytest.mark.parametrize("way", ["asked", "read"])
def test_finds_what_listens(variant: Variant, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Over both families, IPv4 first, the lowest port first, and whichever way is there."""
    if way == "read":

        def refused(*_: object) -> None:
            raise OSError("not known to this kernel")

        monkeypatch.setattr(listening, "_asked", refused)
    with closing(worlds.namespaces().fresh()) as network:
        assert found(network, variant) == []
        ends = (("::1", 5000), ("127.0.0.1", 7000), ("0.0.0.0", 6000))
        sockets = [bound(network, variant, *end) for end in ends]
        assert found(network, variant) == [
            Address("127.0.0.1", 6000),
            Address("127.0.0.1", 7000),
            Address("::1", 5000, socket.AF_INET6),
        ]
        for one in sockets:
            one.close()


@needs_namespaces
@each_variant
def test_does_not_find_what_only_connects(variant: Variant) -> None:
    """A socket that is connected to another one listens to nobody."""
    with (
        closing(worlds.namespaces().fresh()) as network,
        bound(network, variant, "127.0.0.1", 7000) as there,
        network.socket(socket.AF_INET, KINDS[variant]) as here,
    ):
        here.connect(there.getsockname())
        assert found(network, variant) == [Address("127.0.0.1", 7000)]
