"""Watches what goes over the loopback of a network of its own, from outside (packet(7), Linux).

No program can tell that it is watched. It takes a right over that network (CAP_NET_RAW), which
whoever made it has; where not, or on other systems, :func:`watching` gives nothing.
"""

from __future__ import annotations

import contextlib
import socket
import struct
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from grader.sandbox.network import Network

ALL, HERE = 0x0003, 0  # ETH_P_ALL; PACKET_HOST: each packet is seen twice, once as it arrives
TCP, UDP = 6, 17
MOST = 4 << 20  # bytes that are kept of one world
ROOM = 4 << 20  # bytes that the kernel keeps until they are read
LONGEST = 65536 + 64


class Packet(NamedTuple):
    """One packet with data: from which port to which, and what."""

    at: float
    source: int
    target: int
    data: bytes


@dataclass
class Sniffer:
    """What has been seen so far; a thread reads it."""

    network_socket: socket.socket
    packets: list[Packet] = field(default_factory=list)
    overflowed: bool = False

    def __post_init__(self) -> None:
        """Begin."""
        self._left, self._ended = MOST, threading.Event()
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            while not self._ended.is_set():
                try:
                    data, address = self.network_socket.recvfrom(LONGEST)
                except TimeoutError:
                    continue
                packet = parse(data, time.monotonic()) if address[2] == HERE else None
                if packet is None:
                    continue
                self._left -= len(packet.data)
                if self._left < 0:
                    self.overflowed = True
                    return
                self.packets.append(packet)

    def close(self) -> None:
        """Watch no more."""
        self._ended.set()
        self._thread.join()
        self.network_socket.close()


@contextlib.contextmanager
def watching(network: Network) -> Iterator[Sniffer | None]:
    """Watch a network until the end; None where that is not possible."""
    sniffer = _opened(network)
    try:
        yield sniffer
    finally:
        if sniffer is not None:
            sniffer.close()


def _opened(network: Network) -> Sniffer | None:
    if sys.platform != "linux" or network.kind != "namespace":
        return None
    try:
        with network.entered():
            raw = socket.socket(socket.AF_PACKET, socket.SOCK_DGRAM, socket.htons(ALL))
    except OSError:
        return None
    try:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, ROOM)
        raw.settimeout(0.2)
        raw.bind(("lo", ALL))
    except OSError:
        raw.close()
        return None
    return Sniffer(raw)


def parse(packet: bytes, at: float) -> Packet | None:
    """A TCP segment or a UDP datagram with data, over IPv4 or IPv6; None for anything else."""
    try:
        version = packet[0] >> 4
        if version == 4:
            begin, protocol = (packet[0] & 0xF) * 4, packet[9]
            end = struct.unpack_from("!H", packet, 2)[0] or len(packet)
        elif version == 6:
            begin, protocol = 40, packet[6]
            end = 40 + struct.unpack_from("!H", packet, 4)[0]
        else:
            return None
        source, target = struct.unpack_from("!HH", packet, begin)
        if protocol == TCP:
            begin += (packet[begin + 12] >> 4) * 4
        elif protocol == UDP:
            begin += 8
        else:
            return None
    except (IndexError, struct.error):
        return None
    data = packet[begin:end]
    return Packet(at, source, target, data) if data else None
