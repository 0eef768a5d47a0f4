"""What scripted clients have in common: a goodbye, hanging up, and all that was sent so far."""

from __future__ import annotations

import socket
from pathlib import Path

from support import tcp_clients, worlds

from grader.assignment.protocol import WELCOME
from grader.chat.dialect import Dialect
from grader.chat.participants.tcp import TcpClient
from grader.fact import fact


def test_goodbye_leaves_the_connection_as_it_is(
    alice: TcpClient, connection: socket.socket
) -> None:
    """Whoever says goodbye sends the leave notice, and can still read and write."""
    alice.say_goodbye()
    assert connection.recv(100) == b"*alice left*\n"
    connection.sendall(b"bob: bye\n")
    alice.expect("bob: bye")
    alice.send("more")
    assert connection.recv(100) == b"more\n"
    assert fact("leaves", name="alice") in [event.fact for event in alice.transcript.events()]


def test_hanging_up_closes_in_order(alice: TcpClient, connection: socket.socket) -> None:
    """The other side reads the goodbye and then the end of the stream, not a reset."""
    alice.say_goodbye()
    alice.hang_up()
    assert tcp_clients.everything(connection) == b"*alice left*\n"
    assert alice.inbox.ended == "closed"


def test_hanging_up_twice(alice: TcpClient, connection: socket.socket) -> None:
    """Whoever has hung up can do so again, and has nothing to take in."""
    del connection
    alice.hang_up()
    alice.hang_up()
    alice.drain()
    assert alice.inbox.text() == ""


def test_all_that_was_sent_is_taken_in(alice: TcpClient, connection: socket.socket) -> None:
    """After that, everything sent before is in the inbox without any wait for a text."""
    for number in range(50):
        connection.sendall(b"bob: %d\n" % number)
        alice.drain()
        assert alice.inbox.messages()[-1] == f"bob: {number}"


def test_nothing_to_take_in_before_connecting(server: socket.socket) -> None:
    """Who has not connected yet was sent nothing."""
    alice = tcp_clients.client(server.getsockname(), Dialect())
    alice.drain()
    assert alice.inbox.text() == ""


def test_over_udp_the_socket_stays(tmp_path: Path) -> None:
    """Over UDP there is no connection to close: what comes afterwards is still taken in."""
    with worlds.world(tmp_path, "udp") as world:
        alice, bob = world.join("alice", "bob")
        alice.say_goodbye()
        bob.expect(alice.goodbye)
        alice.hang_up()
        assert alice.rejoin()
        bob.expect(f"{alice.name} joined!")
        world.settle(0.01)
        alice.drain()
        assert alice.count(WELCOME[0]) == 2
