"""A scripted TCP client, against a socket of the test's own."""

from __future__ import annotations

import socket

import pytest
from support import worlds
from support.tcp_clients import client, everything

from grader.assignment.protocol import Framing
from grader.chat.dialect import Dialect
from grader.chat.failure import Failure
from grader.chat.participants.tcp import TcpClient
from grader.fact import fact


def flood(connection: socket.socket) -> None:
    """Send more than any buffer can hold."""
    for _ in range(10_000):
        connection.send(b"x" * 65536)


def test_name_request_with_a_newline(
    alice: TcpClient, connection: socket.socket, dialect: Dialect
) -> None:
    """A server whose name request ends in a newline speaks in lines."""
    connection.sendall(b"name\n")
    assert alice.await_name_request() == "name"
    assert dialect.server_framing == alice.inbox.framing == Framing.LINES
    assert dialect.asks is True


def test_name_request_without_newline(
    alice: TcpClient, connection: socket.socket, dialect: Dialect
) -> None:
    """A server whose name request does not end in a newline speaks without frames."""
    connection.sendall(b"name")
    assert alice.await_name_request() == "name"
    assert dialect.server_framing == alice.inbox.framing == Framing.RAW


def test_newline_that_comes_later(server: socket.socket, dialect: Dialect) -> None:
    """A newline that comes after the name request, before the server is still, counts."""

    def settle(seconds: float) -> bool:
        connection.sendall(b"\n")
        return alice.inbox.wait(lambda: "\n" in alice.inbox.text(), worlds.patient())

    alice = client(server.getsockname(), dialect, settle)
    alice.connect()
    connection, _ = server.accept()
    with connection:
        connection.sendall(b"name")
        alice.await_name_request()
        alice.close()
    assert dialect.server_framing == Framing.LINES


def test_server_that_does_not_ask(server: socket.socket, dialect: Dialect) -> None:
    """A server that asks nothing is remembered, and not waited for again."""
    alice = client(server.getsockname(), dialect, deadline=lambda **_: worlds.Countdown(2))
    alice.connect()
    assert alice.await_name_request() == ""
    assert dialect.asks is False
    alice.close()
    bob = client(server.getsockname(), dialect, deadline=pytest.fail)
    assert bob.await_name_request() == ""


def test_known_dialect_is_used_from_the_start(server: socket.socket) -> None:
    """Once the dialect is known, the next participant speaks it at once."""
    raw, lines = Dialect(server_framing=Framing.RAW), Dialect(server_framing=Framing.LINES)
    assert client(server.getsockname(), raw).inbox.framing == Framing.RAW
    assert client(server.getsockname(), lines).inbox.framing == Framing.LINES


def test_lines_end_in_a_newline(alice: TcpClient, connection: socket.socket) -> None:
    """To a server that speaks in lines, a message is a line."""
    alice.send("one")
    alice.send("two")
    alice.half_close()
    assert everything(connection) == b"one\ntwo\n"


def test_raw_messages_are_sent_well_apart(
    alice: TcpClient, connection: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To a server without frames, the second message waits until the server is still."""
    settled: list[float] = []
    monkeypatch.setattr(alice, "_settle", settled.append)
    alice.inbox.framing = Framing.RAW
    alice.send("one")
    assert settled == []
    alice.send("two")
    assert len(settled) == 1
    alice.half_close()
    assert everything(connection) == b"onetwo"


def test_bytes_are_sent_as_they_are(alice: TcpClient, connection: socket.socket) -> None:
    """Any bytes can be sent, and stand in the transcript."""
    alice.send_bytes(b"\xff\n")
    alice.half_close()
    assert everything(connection) == b"\xff\n"
    assert any(e.kind == "sends" for e in alice.transcript.events())


def test_connect_tries_again(dialect: Dialect) -> None:
    """While nobody listens yet, connecting is tried again."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        alice = client(
            server.getsockname(),
            dialect,
            deadline=lambda **_: worlds.Countdown(100, server.listen),
        )
        alice.connect()
        accepted, address = server.accept()
        with accepted:
            alice.close()
    assert address[0] == "127.0.0.1"


def test_connect_gives_up(dialect: Dialect) -> None:
    """When nobody ever listens, that is a failure that says so."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        address = nobody.getsockname()
        with pytest.raises(Failure) as caught:
            client(address, dialect, deadline=worlds.expired).connect()
    assert caught.value.message == fact("could-not-connect", name="alice")
    assert caught.value.expected == fact("accepts-on-port", port=address[1])
    assert caught.value.got is not None and caught.value.got.code == "verbatim"


def test_leave_reads_to_the_end(alice: TcpClient, connection: socket.socket) -> None:
    """Who leaves says so, sends no more, and reads what the server still sends."""
    connection.sendall(b"bob: bye\n")
    connection.shutdown(socket.SHUT_WR)
    alice.leave()
    assert everything(connection) == b"*alice left*\n"
    assert alice.has("bob: bye")
    assert alice.inbox.ended == "closed"


def test_half_close_goes_on_reading(alice: TcpClient, connection: socket.socket) -> None:
    """Who has closed the sending half still reads."""
    alice.half_close()
    assert everything(connection) == b""
    connection.sendall(b"still here\n")
    alice.expect("still here")


def test_vanish_in_order(alice: TcpClient, connection: socket.socket) -> None:
    """Who vanishes by FIN is gone without a word."""
    alice.vanish("fin")
    assert everything(connection) == b""


def test_vanish_by_reset(alice: TcpClient, connection: socket.socket) -> None:
    """Who vanishes by RST breaks the connection off."""
    alice.vanish("reset")
    with pytest.raises(ConnectionResetError):
        connection.recv(1)


def test_closing_leaves_nothing_open(alice: TcpClient, connection: socket.socket) -> None:
    """Closing ends the connection though its reader was waiting in it."""
    alice.close()
    assert everything(connection) == b""
    assert alice.inbox.ended == "closed"


def test_sending_to_nobody(alice: TcpClient, connection: socket.socket) -> None:
    """Sending over a connection that was broken off is no error."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    connection.close()
    alice.inbox.wait(lambda: False, worlds.patient())
    alice.send("hello")
    alice.send("hello")
    alice.half_close()
    assert alice.inbox.ended == "reset"


def test_reader_that_never_reads(alice: TcpClient, connection: socket.socket) -> None:
    """Who stops reading lets the server's bytes pile up until it cannot send any more."""
    alice.stop_reading()
    connection.setblocking(False)
    with pytest.raises(BlockingIOError):
        flood(connection)
    assert alice.inbox.text() == ""


def test_reader_that_reads_again(alice: TcpClient, connection: socket.socket) -> None:
    """Who reads again gets all that has waited meanwhile."""
    alice.stop_reading()
    connection.sendall(b"first\n")
    alice.read_again()
    connection.sendall(b"second\n")
    alice.expect("second", within=worlds.patient())
    assert alice.inbox.messages() == ["first", "second"]


def test_reading_to_the_end_of_who_never_reads(alice: TcpClient, connection: socket.socket) -> None:
    """Who reads no more does not wait for an end that cannot be seen."""
    alice.stop_reading()
    alice.send_no_more()
    alice.read_to_end(worlds.patient())
    assert everything(connection) == b""
