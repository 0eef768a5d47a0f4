"""Scripted servers, in front of small clients and of sockets of the test's own."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import hosts, programs, worlds

from grader.assignment.protocol import WELCOME, Framing
from grader.chat.dialect import Dialect
from grader.chat.failure import Failure
from grader.chat.participants.host import Host
from grader.chat.participants.terminal import END_OF_FILE, Terminal
from grader.chat.transcript import Transcript
from grader.chat.world import Chat
from grader.fact import MachineError, fact, quoted
from grader.result.check import SERVER, Point
from grader.result.verdict import Difference, Evidence

NOT_SENT = fact("not-sent")
CLIENTS = {
    "tcp": programs.TCP_CLIENT,
    "tcp-raw": programs.raw(programs.TCP_CLIENT),
    "udp": programs.UDP_CLIENT,
}


@pytest.fixture(params=worlds.NETWORKS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=CLIENTS)
def dialect(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def world(tmp_path: Path, dialect: str, kind: str) -> Iterator[Chat]:
    """A chat for a client of each dialect."""
    variant = dialect.partition("-")[0]
    with worlds.world(tmp_path, variant, kind, **{f"{variant}_client": CLIENTS[dialect]}) as made:
        yield made


@pytest.fixture
def host(world: Chat) -> Host:
    return world.host()


@pytest.fixture
def alice(world: Chat, host: Host) -> Terminal:
    """A student's client that has come, but not given its name yet."""
    return world.terminal("alice", host)


@pytest.fixture
def admitted(alice: Terminal, host: Host) -> Terminal:
    """A student's client whose name has been typed and taken."""
    alice.join()
    host.admit()
    return alice


def test_name_is_what_the_client_sends(alice: Terminal, host: Host) -> None:
    """Admitting a client gives the name as it was sent, in whatever dialect."""
    alice.join()
    assert host.admit() == alice.name


def test_framing_is_found_out(admitted: Terminal, host: Host, dialect: str) -> None:
    """How the client ends its messages is learnt by its name."""
    assert admitted.process.alive
    framing = {"tcp": Framing.LINES, "tcp-raw": Framing.RAW, "udp": Framing.DATAGRAMS}
    assert host.inbox.framing == framing[dialect]


def test_second_client_is_spoken_to_in_its_dialect(
    tmp_path: Path, world: Chat, admitted: Terminal, dialect: str
) -> None:
    """What is known of the dialect is used for the next client."""
    del admitted
    known = world.dialect
    variant = dialect.partition("-")[0]
    folder = tmp_path / "again"
    sources = {f"{variant}_client": CLIENTS[dialect]}
    with worlds.world(folder, variant, **sources) as again:
        again.dialect = known
        host = again.host()
        bob = again.terminal("bob", host)
        bob.join()
        assert host.admit() == bob.name


def test_welcome_is_shown(admitted: Terminal, host: Host) -> None:
    """What the server sends arrives at the client."""
    host.welcome()
    for line in WELCOME:
        admitted.expect(line)


def test_messages_are_told_apart(admitted: Terminal, host: Host) -> None:
    """Two messages arrive as two, in whatever dialect."""
    host.send("bob: one")
    host.send("bob: two")
    admitted.expect("bob: one\n")
    admitted.expect("bob: two\n")


def test_what_the_client_sends_is_expected(admitted: Terminal, host: Host) -> None:
    """What the client sends is in the server's inbox."""
    host.expect(admitted.say("hello"), why=NOT_SENT)
    host.expect(admitted.say("again"), why=NOT_SENT)
    assert host.inbox.count(f"{admitted.name}: again") == 1


def test_leaving_client(admitted: Terminal, host: Host) -> None:
    """The leave notice arrives, and the client can end."""
    admitted.leave()
    host.expect(admitted.goodbye, why=NOT_SENT)
    host.close()
    admitted.await_end(END_OF_FILE)
    assert admitted.process.status == 0


def test_client_that_does_not_come(tmp_path: Path, kind: str) -> None:
    """A client that ends without coming is said to have ended."""
    with worlds.world(tmp_path, "tcp", kind, tcp_client="pass") as world:
        host = world.host()
        world.terminal("alice", host)
        with pytest.raises(Failure) as caught:
            host.admit()
    assert caught.value.message == fact("client-not-come")
    assert caught.value.got == fact("client-ended-before")
    assert caught.value.evidence == (Evidence.END_OF_STREAM,)


each_variant = pytest.mark.parametrize("variant", hosts.MAKERS)


@each_variant
def test_silent_client(variant: str) -> None:
    """A client that does not come in time has not come."""
    with hosts.alone(variant) as host:
        host.deadline = lambda **_: worlds.Countdown(2)  # type: ignore[method-assign]
        with pytest.raises(Failure) as caught:
            host.admit()
    failure = caught.value
    assert failure.message == fact("client-not-come")
    wanted = {"tcp": "connection-to-port", "udp": "name-to-port"}[variant]
    assert (failure.expected, failure.got) == (fact(wanted, port=host.ports[0]), fact("nothing"))
    assert failure.evidence == (Evidence.QUIET,)


@each_variant
def test_any_of_several_ports_will_do(variant: str) -> None:
    """A client that comes to a port of its own choice is admitted there."""
    kind = {"tcp": socket.SOCK_STREAM, "udp": socket.SOCK_DGRAM}[variant]
    dialect = Dialect(client_waits=False)
    with (
        hosts.alone(variant, 0, worlds.free_port(variant), dialect=dialect) as host,
        socket.socket(socket.AF_INET, kind) as client,
    ):
        client.connect(("127.0.0.1", host.ports[1]))
        client.sendall(b"alice")
        assert host.admit() == "alice"


@each_variant
def test_port_that_is_taken_is_left_out(variant: str) -> None:
    """A port that somebody else has is not among those of the server."""
    with hosts.alone(variant) as other, hosts.alone(variant, other.ports[0], 0) as host:
        assert len(host.ports) == 1
        assert host.ports != other.ports


@each_variant
def test_no_port_at_all(variant: str) -> None:
    """Where no port can be had there is no server, and that is said."""
    with hosts.alone(variant) as other, pytest.raises(MachineError) as caught:
        hosts.MAKERS[variant](
            "127.0.0.1",
            other.ports,
            worlds.LOOPBACK,
            Dialect(),
            Transcript(),
            lambda: None,
            worlds.still,
        )
    assert caught.value.fact == fact("no-free-port", ports=tuple(map(str, other.ports)))


@each_variant
def test_message_that_does_not_come(variant: str) -> None:
    """What came instead is shown, and whether the client had ended."""
    kind = {"tcp": socket.SOCK_STREAM, "udp": socket.SOCK_DGRAM}[variant]
    dialect = Dialect(client_waits=True)
    with (
        hosts.alone(variant, dialect=dialect) as host,
        socket.socket(socket.AF_INET, kind) as client,
    ):
        client.connect(("127.0.0.1", host.ports[0]))
        end = b"\n" if variant == "tcp" else b""
        client.sendall(b"alice" + end)
        host.admit()
        client.sendall(b"alice: hallo" + end)
        host.inbox.wait(lambda: host.inbox.count("alice: hallo") == 1, worlds.patient())
        host.deadline = lambda **_: worlds.Countdown(2)  # type: ignore[method-assign]
        with pytest.raises(Failure) as caught:
            host.expect("alice: hello", why=NOT_SENT)
    failure = caught.value
    assert failure.message == NOT_SENT
    assert failure.expected == fact("text", text="alice: hello")
    assert failure.got == quoted("alice: hallo")
    assert failure.point == Point(Difference.MISSING, SERVER, "alice: hello")
    assert failure.evidence == (Evidence.QUIET,)
