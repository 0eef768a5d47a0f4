"""What goes over a network of its own is seen from outside."""

from __future__ import annotations

import contextlib
import socket
import struct
import time

import pytest

from grader.fact import MachineError
from grader.sandbox.network_namespace import Namespaces
from grader.sandbox.sniffer import parse, watching


def ipv4(protocol: int, rest: bytes) -> bytes:
    """A packet with no options."""
    head = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(rest), 0, 0, 64, protocol, 0, b"", b"")
    return head + rest


def test_a_segment_is_read() -> None:
    """Ports and data of TCP, whose header may have options."""
    tcp = struct.pack("!HHIIBBHHH", 1111, 2222, 0, 0, 8 << 4, 0, 0, 0, 0) + bytes(12)
    packet = parse(ipv4(6, tcp + b"hello"), 1.0)
    assert packet is not None and packet[1:] == (1111, 2222, b"hello")


def test_a_datagram_is_read() -> None:
    """Ports and data of UDP."""
    packet = parse(ipv4(17, struct.pack("!HHHH", 1111, 2222, 13, 0) + b"hello"), 1.0)
    assert packet is not None and packet[1:] == (1111, 2222, b"hello")


@pytest.mark.parametrize("data", [b"", b"\x45", b"\x00" * 40, ipv4(1, b"ping")])
def test_anything_else_is_nothing(data: bytes) -> None:
    """What is cut, no IP, or neither TCP nor UDP is passed over."""
    assert parse(data, 1.0) is None


def test_what_is_sent_is_seen() -> None:
    """A datagram on the loopback of a network of its own is seen once, wherever it came from."""
    try:
        network = Namespaces().fresh()
    except (OSError, MachineError) as error:
        pytest.skip(f"no network namespaces: {error}")
    with contextlib.closing(network), watching(network) as sniffer:
        if sniffer is None:
            pytest.skip("networks cannot be watched here")
        with network.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
            one.bind(("127.0.0.1", 0))
            one.sendto(b"hello", one.getsockname())
            until = time.monotonic() + 5
            while not sniffer.packets and time.monotonic() < until:
                time.sleep(0.001)
        assert [packet.data for packet in sniffer.packets] == [b"hello"]


def test_a_network_of_all_is_not_watched() -> None:
    """Where programs share this machine's loopback, nobody listens to it."""
    from grader.sandbox.free_port import FreePorts

    with watching(FreePorts().fresh()) as sniffer:
        assert sniffer is None
