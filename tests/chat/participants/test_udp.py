"""A scripted UDP client, against a socket of the test's own."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator

import pytest
from support import worlds
from support.worlds import needs_linux

from grader.assignment.protocol import WELCOME
from grader.chat.dialect import Dialect
from grader.chat.participants import wire
from grader.chat.participants.udp import UdpClient
from grader.chat.participants.wire import DatagramReader
from grader.chat.transcript import Transcript
from grader.sandbox.clock import Deadline
from grader.sandbox.network import Address


@pytest.fixture
def server() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as made:
        made.bind(("127.0.0.1", 0))
        made.settimeout(worlds.PATIENCE)
        yield made


def client(
    address: tuple[str, int], deadline: Callable[..., Deadline] = worlds.patient
) -> UdpClient:
    known = (worlds.LOOPBACK, Dialect(), Transcript(), deadline)
    return UdpClient("alice", Address(*address), *known)


@pytest.fixture
def alice(server: socket.socket) -> Iterator[UdpClient]:
    made = client(server.getsockname())
    made.connect()
    yield made
    made.close()


def test_port_that_somebody_has_had_is_left_alone(server: socket.socket) -> None:
    """Who comes later is never taken for somebody who has vanished from the same port."""
    had = set(range(1, 1 << 16, 2))
    known = (worlds.LOOPBACK, Dialect(), Transcript(), worlds.patient)
    for _ in range(10):
        bob = UdpClient("bob", Address(*server.getsockname()), *known, ports=had)
        bob.connect()
        bob.send("bob")
        port = server.recvfrom(100)[1][1]
        bob.close()
        assert port % 2 == 0 and port in had


def test_no_port_that_is_new(server: socket.socket) -> None:
    """Where every port has been had, that is the grader's own fault."""
    known = (worlds.LOOPBACK, Dialect(), Transcript(), worlds.patient)
    bob = UdpClient("bob", Address(*server.getsockname()), *known, ports=set(range(1 << 16)))
    with pytest.raises(OSError, match="no free port"):
        bob.connect()
    bob.close()


def test_message_is_one_datagram(alice: UdpClient, server: socket.socket) -> None:
    """A message is a datagram without a newline."""
    alice.send("hello")
    alice.say("good morning")
    assert server.recv(100) == b"hello"
    assert server.recv(100) == b"alice: good morning"


def test_empty_message_is_a_datagram(alice: UdpClient, server: socket.socket) -> None:
    """An empty datagram can be sent."""
    alice.send("")
    assert server.recv(100) == b""


def test_name_is_the_first_datagram(server: socket.socket) -> None:
    """Who comes in sends the name first, and once."""
    alice = client(server.getsockname())
    alice.give_name()
    alice.send("hello")
    assert [server.recv(100), server.recv(100)] == [b"alice", b"hello"]
    alice.close()


@needs_linux
def test_name_is_sent_again_while_nobody_is_there() -> None:
    """While the server's port is refused, the name is sent again."""
    address = "127.0.0.1", worlds.free_port("udp")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as server:
        server.settimeout(worlds.PATIENCE)
        asked: list[None] = []

        def open_at_the_third() -> None:
            asked.append(None)
            if len(asked) == 3:
                server.bind(address)

        alice = client(address, lambda **_: worlds.Countdown(100, open_at_the_third))
        alice.give_name()
        alice.close()
        assert len(asked) == 3
        assert server.recv(100) == b"alice"


def test_giving_up_on_a_server_that_never_comes() -> None:
    """A server that is never there is not waited for after the deadline."""
    asked: list[None] = []
    address = "127.0.0.1", worlds.free_port("udp")
    alice = client(address, lambda **_: worlds.Countdown(3, lambda: asked.append(None)))
    alice.give_name()
    alice.close()
    assert len(asked) <= 4


def test_join_waits_for_the_welcome(server: socket.socket) -> None:
    """Joining is: send the name, wait for the welcome."""

    def serve() -> None:
        _, address = server.recvfrom(100)
        for line in WELCOME:
            server.sendto(line.encode(), address)

    thread = threading.Thread(target=serve)
    thread.start()
    alice = client(server.getsockname())
    alice.join()
    thread.join()
    alice.close()
    assert alice.dialect.welcomes is True


def test_joining_again_from_the_same_address(alice: UdpClient, server: socket.socket) -> None:
    """Who joins again is known by the same address."""
    alice.send(alice.name)
    alice.leave()
    assert alice.rejoin()
    received = [server.recvfrom(100) for _ in range(3)]
    assert [data for data, _ in received] == [b"alice", b"*alice left*", b"alice"]
    assert len({address for _, address in received}) == 1


def test_others_datagrams_do_not_come_in(alice: UdpClient, server: socket.socket) -> None:
    """Only what the server sends arrives."""
    alice.send("hello")
    address = server.recvfrom(100)[1]
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as mallory:
        mallory.sendto(b"forged", address)
    server.sendto(b"true", address)
    alice.expect("true")
    assert alice.inbox.messages() == ["true"]


def test_leaving_keeps_the_address(alice: UdpClient, server: socket.socket) -> None:
    """Who has left still sees whether anything comes."""
    alice.leave()
    data, address = server.recvfrom(100)
    server.sendto(b"too late", address)
    alice.expect("too late")
    assert data == b"*alice left*"


@pytest.fixture
def starved(server: socket.socket, monkeypatch: pytest.MonkeyPatch) -> Iterator[UdpClient]:
    """Alice on a busy machine: her reader had no turn yet, three messages are there."""
    monkeypatch.setattr(DatagramReader, "_run", lambda reader: None)
    made = client(server.getsockname())
    made.connect()
    made.send("alice")
    address = server.recvfrom(100)[1]
    for text in (b"bob: hello", b"", b"bob: hello again"):
        server.sendto(text, address)
    assert not made.inbox.messages()
    yield made
    made.close()


def test_all_that_was_sent_is_read_in_the_end(starved: UdpClient) -> None:
    """What the reader has not come to is looked at all the same."""
    starved.read_to_end(worlds.expired())
    assert starved.inbox.messages() == ["bob: hello", "", "bob: hello again"]


def test_reading_to_the_end_has_an_end(starved: UdpClient, monkeypatch: pytest.MonkeyPatch) -> None:
    """However much is sent, no more is read than anybody needs."""
    monkeypatch.setattr(wire, "MAX_MESSAGES", 2)
    starved.read_to_end(worlds.expired())
    assert starved.inbox.messages() == ["bob: hello", ""]


@needs_linux
def test_vanishing_gives_up_the_address(alice: UdpClient, server: socket.socket) -> None:
    """What is sent to who has vanished is refused."""
    alice.send("hello")
    address = server.recvfrom(100)[1]
    alice.vanish()
    server.connect(address)
    server.send(b"anybody?")
    with pytest.raises(ConnectionRefusedError):
        server.recv(100)


@needs_linux
def test_sending_to_a_dead_server(alice: UdpClient, server: socket.socket) -> None:
    """Sending to a server that is gone is no error."""
    server.close()
    for _ in range(5):
        alice.send("hello")
    assert alice.inbox.messages() == []
