"""The two variants, their files, and their names."""

from __future__ import annotations

import socket

import pytest

from grader.assignment import variants
from grader.assignment.protocol import Framing
from grader.assignment.variants import TCP, UDP, VARIANTS, Role, Variant

each_variant = pytest.mark.parametrize("variant", VARIANTS, ids=str)


@each_variant
def test_variant_is_found_by_its_name(variant: Variant) -> None:
    """A variant is looked up by the name that stands in ids and results."""
    assert variants.variant(variant.name) is variant


@pytest.mark.parametrize("name", ["", "TCP", "sctp"])
def test_unknown_name_is_an_error(name: str) -> None:
    """A name that no variant has is refused, with those that there are."""
    with pytest.raises(ValueError, match=f"^'{name}': expected one of tcp, udp$"):
        variants.variant(name)


@each_variant
def test_variant_in_a_text_is_its_name(variant: Variant) -> None:
    """In an id a variant stands as its plain name."""
    assert f"{variant}.starts" == variant.name + ".starts"


def test_names() -> None:
    """The names are those of results and options, TCP first."""
    assert variants.NAMES == ("tcp", "udp")


def test_full_marks_are_100_and_80() -> None:
    """Over TCP the chat is worth 100 % of the mark, over UDP 80 %."""
    assert (TCP.weight, UDP.weight) == (1.0, 0.8)


def test_files() -> None:
    """Each variant has a server and a client, named after both."""
    names = [variant.file(role) for variant in VARIANTS for role in Role]
    assert names == ["tcp_server.py", "tcp_client.py", "udp_server.py", "udp_client.py"]


def test_transport() -> None:
    """Over TCP there are connections and lines, over UDP datagrams alone."""
    over_tcp = (TCP.socket_type, TCP.framing, TCP.connected)
    over_udp = (UDP.socket_type, UDP.framing, UDP.connected)
    assert over_tcp == (socket.SOCK_STREAM, Framing.LINES, True)
    assert over_udp == (socket.SOCK_DGRAM, Framing.DATAGRAMS, False)
