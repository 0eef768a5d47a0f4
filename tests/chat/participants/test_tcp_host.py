"""Scripted TCP servers: newlines, hanging up, clients that are gone."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from support import hosts, worlds

from grader.assignment.protocol import Framing
from grader.chat.dialect import Dialect
from grader.chat.failure import Failure
from grader.chat.participants.host import Host
from grader.fact import fact

NOT_SENT = fact("not-sent")


def test_message_without_its_newline(tmp_path: Path) -> None:
    """A message that lacks only the newline is shown as such."""
    del tmp_path
    with hosts.alone("tcp") as host:
        host.inbox.feed(b"alice\nalice: hello")
        host.deadline = lambda **_: worlds.Countdown(2)  # type: ignore[method-assign]
        with pytest.raises(Failure) as caught:
            host.expect("alice: hello", why=NOT_SENT)
    assert caught.value.got == fact("without-newline", text="alice: hello")


def admit(client: socket.socket, host: Host, *then: bytes) -> bytes:
    """Admit a client that answers the name request at once; what it was sent."""
    client.connect(("127.0.0.1", host.ports[0]))
    client.settimeout(worlds.PATIENCE)
    client.sendall(b"".join(then))
    host.admit()
    host.send("hello")
    host.close()
    return b"".join(iter(lambda: client.recv(100), b""))


def test_client_that_wants_none_is_not_sent_a_newline() -> None:
    """A client that is known to take `name` without newline gets no newlines at all."""
    with (
        hosts.alone("tcp", dialect=Dialect(client_waits=False)) as host,
        socket.socket() as client,
    ):
        assert admit(client, host, b"alice") == b"namehello"


def test_client_that_nobody_knows_gets_lines() -> None:
    """As long as nothing is known of a client, it is spoken to as the protocol says."""
    with hosts.alone("tcp") as host, socket.socket() as client:
        assert admit(client, host, b"alice") == b"name\nhello\n"


def test_client_that_is_known_to_wait_gets_lines() -> None:
    """A client that is known to wait for the newline gets it at once."""
    with (
        hosts.alone("tcp", dialect=Dialect(client_waits=True)) as host,
        socket.socket() as client,
    ):
        assert admit(client, host, b"alice\n") == b"name\nhello\n"


def test_newline_of_the_name_that_comes_later() -> None:
    """A client whose name comes in two pieces, newline last, speaks in lines."""
    dialect = Dialect(client_waits=False)

    def settle(seconds: float) -> bool:
        del seconds
        client.sendall(b"\n")
        return host.inbox.wait(lambda: "\n" in host.inbox.text(), worlds.patient())

    with hosts.alone("tcp", settle=settle, dialect=dialect) as host, socket.socket() as client:
        client.connect(("127.0.0.1", host.ports[0]))
        client.sendall(b"alice")
        assert host.admit() == "alice"
        assert host.inbox.framing == Framing.LINES


def test_hanging_up_is_the_end_for_the_client() -> None:
    """A server that hangs up closes the connection in order."""
    with hosts.alone("tcp", dialect=Dialect(client_waits=True)) as host, socket.socket() as client:
        client.connect(("127.0.0.1", host.ports[0]))
        client.settimeout(worlds.PATIENCE)
        client.sendall(b"alice\n")
        host.admit()
        host.hang_up()
        assert client.recv(100) == b"name\n"
        assert client.recv(100) == b""


def test_sending_to_a_client_that_is_gone() -> None:
    """Sending to a client that has broken the connection off is no error."""
    with hosts.alone("tcp", dialect=Dialect(client_waits=True)) as host:
        with socket.socket() as client:
            client.connect(("127.0.0.1", host.ports[0]))
            client.sendall(b"alice\n")
            host.admit()
            client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        host.inbox.wait(lambda: False, worlds.patient())
        host.send("hello")
        host.send("hello")
        assert host.inbox.ended == "reset"
