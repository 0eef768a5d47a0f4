"""The sockets of a network, and who is at their other end."""

from __future__ import annotations

import contextlib
import os
import socket

import pytest
from support import worlds

from grader.assignment.variants import TCP, UDP
from grader.sandbox.free_port import FreePorts
from grader.sandbox.socket_table import Socket, sockets

pytestmark = worlds.needs_linux
FAMILIES = [("127.0.0.1", socket.AF_INET)]
if socket.has_ipv6 and os.path.exists("/proc/net/tcp6"):
    FAMILIES.append(("::1", socket.AF_INET6))


def name(sock: socket.socket) -> str:
    return os.readlink(f"/proc/self/fd/{sock.fileno()}")


@pytest.mark.parametrize(("host", "family"), FAMILIES)
def test_connection(host: str, family: int) -> None:
    """A server's side of a connection is known by the port at the other end."""
    with contextlib.ExitStack() as stack:
        door = stack.enter_context(socket.create_server((host, 0), family=family))
        client = stack.enter_context(socket.create_connection(door.getsockname()[:2]))
        served = stack.enter_context(door.accept()[0])
        table = sockets(FreePorts().fresh(), TCP)
        ports = door.getsockname()[1], client.getsockname()[1]
        assert Socket(name(served), *ports) in table
        assert Socket(name(client), *reversed(ports)) in table
        assert Socket(name(door), ports[0], 0) in table


def test_datagram_socket() -> None:
    """A bound datagram socket is there, with nobody at its other end."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as one:
        one.bind(("127.0.0.1", 0))
        expected = Socket(name(one), one.getsockname()[1], 0)
        assert expected in sockets(FreePorts().fresh(), UDP)
