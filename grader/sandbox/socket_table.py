"""The sockets of a network and who is at their other end, read from ``/proc/net`` (proc(5))."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from grader.assignment.variants import Variant
from grader.sandbox.network import Network


@dataclass(frozen=True)
class Socket:
    """One socket of the kernel's table; ``name`` is what ``/proc/PID/fd`` calls it."""

    name: str
    port: int
    peer_port: int  # 0 where nobody is at the other end


def sockets(network: Network, variant: Variant) -> list[Socket]:
    """All sockets of this kind in a network, nothing where the system does not tell."""
    with network.entered():
        return [each for suffix in ("", "6") for each in _table(f"{variant}{suffix}")]


def _table(name: str) -> Iterator[Socket]:
    try:
        with open(f"/proc/thread-self/net/{name}", encoding="ascii") as file:
            lines = file.readlines()[1:]
    except OSError:
        return
    for fields in map(str.split, lines):
        port, peer_port = (int(address.rpartition(":")[2], 16) for address in fields[1:3])
        yield Socket(f"socket:[{fields[9]}]", port, peer_port)
