"""Threads that move what a socket receives into an inbox."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator

import pytest
from support import worlds

from grader.assignment.protocol import Framing
from grader.chat import inbox as inboxes
from grader.chat.inbox import Inbox
from grader.chat.participants import wire
from grader.chat.participants.wire import DATAGRAM_WAIT, DatagramReader, Reader
from grader.chat.transcript import Transcript

Pair = tuple[socket.socket, socket.socket]


@pytest.fixture
def pair() -> Iterator[Pair]:
    """Two ends of a TCP connection."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        near = socket.create_connection(server.getsockname())
        far, _ = server.accept()
    with near, far:
        yield near, far


@pytest.fixture
def datagrams() -> Iterator[Pair]:
    """Two UDP sockets that are connected to each other."""
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as near,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as far,
    ):
        near.bind(("127.0.0.1", 0))
        far.bind(("127.0.0.1", 0))
        near.connect(far.getsockname())
        far.connect(near.getsockname())
        yield near, far


def test_what_arrives_is_in_the_inbox(pair: Pair) -> None:
    """What the other side sends is read without being asked for."""
    near, far = pair
    inbox, notes = Inbox(), Transcript()
    reader = Reader(near, inbox, "alice", notes)
    far.sendall(b"name\n")
    assert inbox.wait(lambda: inbox.count("name") == 1, worlds.patient())
    reader.stop()
    assert [(e.who, e.kind, e.text) for e in notes.events()] == [("alice", "gets", "name\n")]


def test_close_is_the_end(pair: Pair) -> None:
    """When the other side closes, the stream has ended, after all that was sent before."""
    near, far = pair
    inbox = Inbox()
    reader = Reader(near, inbox, "alice", Transcript())
    far.sendall(b"name\n")
    far.close()
    inbox.wait(lambda: False, worlds.patient())
    reader.stop()
    assert (inbox.ended, inbox.messages()) == ("closed", ["name"])


def test_reset_is_the_end(pair: Pair) -> None:
    """When the other side breaks the connection off, that can be told from a close."""
    near, far = pair
    inbox = Inbox()
    reader = Reader(near, inbox, "alice", Transcript())
    near.sendall(b"never read")
    far.recv(1)
    far.close()
    inbox.wait(lambda: False, worlds.patient())
    reader.stop()
    assert inbox.ended == "reset"


def test_stop_leaves_the_socket_open(pair: Pair) -> None:
    """A reader that was stopped reads no more, and the connection is as it was."""
    near, far = pair
    inbox = Inbox()
    Reader(near, inbox, "alice", Transcript()).stop()
    far.sendall(b"name\n")
    assert near.recv(100) == b"name\n"
    assert inbox.text() == inbox.ended == ""


def test_stop_ends_the_thread(pair: Pair) -> None:
    """No thread is left of a reader that was stopped, and no socket."""
    before = threading.active_count()
    Reader(pair[0], Inbox(), "alice", Transcript()).stop()
    assert threading.active_count() == before


def test_stop_after_the_end(pair: Pair) -> None:
    """A reader whose stream has ended can be stopped."""
    near, far = pair
    inbox = Inbox()
    reader = Reader(near, inbox, "alice", Transcript())
    far.close()
    inbox.wait(lambda: False, worlds.patient())
    reader.stop()
    assert inbox.ended == "closed"


def test_drained(pair: Pair) -> None:
    """After draining, all that was sent before is in the inbox, and noted."""
    near, far = pair
    inbox, notes = Inbox(), Transcript()
    reader = Reader(near, inbox, "alice", notes)
    for number in range(100):
        far.sendall(b"%d\n" % number)
        assert reader.drain()
        assert inbox.messages() == [str(n) for n in range(number + 1)]
    reader.stop()
    assert "".join(event.text for event in notes.events()) == inbox.text()


def test_draining_after_the_end(pair: Pair) -> None:
    """Of a stream that has ended there is nothing more to wait for."""
    near, far = pair
    inbox = Inbox()
    reader = Reader(near, inbox, "alice", Transcript())
    far.close()
    inbox.wait(lambda: False, worlds.patient())
    reader.drain()
    reader.stop()
    reader.drain()
    assert inbox.ended == "closed"


def test_thread_that_has_no_turn(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a busy machine never lets the reader run, what was sent is not all in."""
    monkeypatch.setattr(wire, "DRAIN_TIME", 0)
    near, far = pair
    over = threading.Event()

    class Waits(Reader):
        def _run(self) -> None:
            over.wait()

    reader = Waits(near, Inbox(), "alice", Transcript())
    assert reader.drain()  # nothing was sent
    far.sendall(b"hello\n")
    assert not reader.drain()
    over.set()
    reader.stop()


def test_flood_is_not_drained(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once there is no more room, what still comes is not waited for."""
    monkeypatch.setattr(inboxes, "MAX_BYTES", 1000)
    near, far = pair
    inbox, over = Inbox(), threading.Event()
    reader = Reader(near, inbox, "alice", Transcript())

    def flood() -> None:
        with contextlib.suppress(OSError):
            while not over.is_set():
                far.sendall(b"spam" * 1000)

    flooding = threading.Thread(target=flood)
    flooding.start()
    try:
        assert not inbox.wait(lambda: False, worlds.patient())
        assert reader.drain()
        assert flooding.is_alive() and inbox.is_full
    finally:
        over.set()
        flooding.join()
        reader.stop()


def test_datagrams_are_drained(datagrams: Pair) -> None:
    """The same holds for datagrams, the empty one included."""
    near, far = datagrams
    near.settimeout(DATAGRAM_WAIT)
    inbox = Inbox(Framing.DATAGRAMS)
    reader = DatagramReader(near, inbox, "alice", Transcript())
    for number in range(50):
        far.send(b"")
        far.send(str(number).encode())
        reader.drain()
        assert inbox.messages()[-2:] == ["", str(number)]
    reader.stop()


def test_datagrams_are_kept_apart(datagrams: Pair) -> None:
    """Each datagram is a message, the empty one too, and none of them is the end."""
    near, far = datagrams
    inbox = Inbox(Framing.DATAGRAMS)
    reader = DatagramReader(near, inbox, "alice", Transcript())
    for data in (b"one", b"", b"two"):
        far.send(data)
    assert inbox.wait(lambda: inbox.count("two") == 1, worlds.patient())
    reader.stop()
    assert inbox.messages() == ["one", "", "two"]
    assert inbox.ended == ""


@worlds.needs_linux
def test_refusal_is_no_end(datagrams: Pair) -> None:
    """That nobody was there is no end: what comes later is read."""
    near, far = datagrams
    inbox = Inbox(Framing.DATAGRAMS)
    reader = DatagramReader(near, inbox, "alice", Transcript())
    address = far.getsockname()
    far.close()
    near.send(b"anybody?")
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as again:
        again.bind(address)
        again.sendto(b"here", near.getsockname())
        assert inbox.wait(lambda: inbox.count("here") == 1, worlds.patient())
    reader.stop()
    assert inbox.ended == ""
