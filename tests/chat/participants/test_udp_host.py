"""Scripted UDP servers: whose datagrams come in, and no end of a connection."""

from __future__ import annotations

import socket

from support import hosts, worlds


def test_hanging_up_means_nothing_over_udp() -> None:
    """Over UDP there is no connection to close: what is sent afterwards arrives."""
    with hosts.alone("udp") as host, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client:
        client.connect(("127.0.0.1", host.ports[0]))
        client.settimeout(worlds.PATIENCE)
        client.send(b"alice")
        host.admit()
        host.hang_up()
        host.send("hello")
        assert client.recv(100) == b"hello"


def test_only_the_guests_datagrams_come_in() -> None:
    """Once a client is admitted, another one's datagrams are not taken for its own."""
    with (
        hosts.alone("udp") as host,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mallory,
    ):
        for one in (client, mallory):
            one.connect(("127.0.0.1", host.ports[0]))
        client.send(b"alice")
        assert host.admit() == "alice"
        mallory.send(b"forged")
        client.send(b"true")
        assert host.inbox.wait(lambda: host.inbox.count("true") == 1, worlds.patient())
        assert host.inbox.messages() == ["alice", "true"]
