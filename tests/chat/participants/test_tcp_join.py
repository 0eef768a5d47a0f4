"""Scripted TCP clients join: what a server's answer tells of its framing."""

from __future__ import annotations

import socket
import threading

import pytest
from support import worlds
from support.tcp_clients import client, everything

from grader.assignment.protocol import WELCOME, Framing
from grader.chat.dialect import Dialect
from grader.chat.participants.tcp import TcpClient


def test_join(alice: TcpClient, server: socket.socket) -> None:
    """Joining is: connect, answer the name request, wait for the welcome."""
    thread = threading.Thread(target=serve, args=(server, b"\n"))
    thread.start()
    alice.join()
    thread.join()
    assert alice.dialect.welcomes is True


def test_join_without_frames(alice: TcpClient, server: socket.socket, dialect: Dialect) -> None:
    """A server that answers the bare name reads without frames too."""
    thread = threading.Thread(target=serve, args=(server, b""))
    thread.start()
    alice.join()
    thread.join()
    assert (dialect.server_framing, dialect.server_reads) == (Framing.RAW, Framing.RAW)


def serve(server: socket.socket, end: bytes) -> None:
    """Admit one client, in one of the dialects."""
    connection, _ = server.accept()
    with connection:
        connection.sendall(b"name" + end)
        assert connection.recv(100) == b"alice" + end
        connection.sendall(b"".join(line.encode() + end for line in WELCOME))


def test_answer_that_comes_at_once(
    alice: TcpClient, connection: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An answer that is there before anybody has looked for it is an answer."""
    send = alice.send_bytes

    def send_and_be_kept_waiting(data: bytes, *, fence: bool = False) -> None:
        send(data, fence=fence)
        connection.sendall(b"You are connected!")
        alice.inbox.wait(lambda: "connected" in alice.inbox.text(), worlds.patient())

    connection.sendall(b"name")
    alice.await_name_request()
    monkeypatch.setattr(alice, "send_bytes", send_and_be_kept_waiting)
    alice.deadline = lambda **_: worlds.Countdown(5)
    alice.give_name()
    assert alice.dialect.server_reads == Framing.RAW


def test_server_that_sends_no_newlines_but_waits_for_one(
    alice: TcpClient, connection: socket.socket
) -> None:
    """A server that does not answer the bare name gets its newline, and lines from then on."""
    connection.sendall(b"name")
    alice.await_name_request()
    alice.deadline = lambda **_: worlds.Countdown(2)
    alice.give_name()
    alice.send("hello")
    alice.half_close()
    assert everything(connection) == b"alice\nhello\n"
    assert alice.dialect.server_reads == Framing.LINES


def test_name_is_given_once_to_a_server_that_is_known(server: socket.socket) -> None:
    """Once it is known how a server reads, nobody waits to find it out again."""
    dialect = Dialect(server_framing=Framing.RAW, server_reads=Framing.RAW)
    alice = client(server.getsockname(), dialect, deadline=worlds.patient)
    alice.connect()
    connection, _ = server.accept()
    with connection:
        alice.give_name()
        alice.half_close()
        assert everything(connection) == b"alice"
        alice.close()
