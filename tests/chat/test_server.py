"""The submission's server in one check."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import programs, worlds
from support.programs import changed

from grader.chat.failure import Failure
from grader.fact import Fact, fact
from grader.result.verdict import EventKind, Evidence
from grader.sandbox.network import DEFAULT_PORT, Address

SERVERS = {"tcp": programs.TCP_SERVER, "udp": programs.UDP_SERVER}
each_kind = pytest.mark.parametrize("kind", worlds.NETWORKS)
each_variant = pytest.mark.parametrize("variant", ["tcp", "udp"])


@each_kind
@each_variant
def test_server_starts_again_at_the_same_place(tmp_path: Path, variant: str, kind: str) -> None:
    """A server that is started again gets the same arguments and is found again."""
    with worlds.world(tmp_path, variant, kind) as world:
        server = world.start_server()
        server.kill()
        server.stop()
        again = world.start_server()
        world.join("alice")
        assert again.alive and not server.alive
    steps = [event.fact for event in world.transcript.events() if event.kind is EventKind.STEP]
    assert steps[:2] == [fact("server-starts"), fact("server-starts-again")]


@each_kind
@each_variant
def test_hard_coded_port(tmp_path: Path, variant: str, kind: str) -> None:
    """A server that takes no arguments is found at the port of its own choice."""
    port = worlds.free_port(variant)
    server = changed(
        SERVERS[variant], "address = options.host, options.port", f"address = '', {port}"
    )
    with worlds.world(tmp_path, variant, kind, **{f"{variant}_server": server}) as world:
        alice, bob = world.join("alice", "bob")
        bob.expect(alice.say("hello"))


@each_variant
@pytest.mark.parametrize(
    ("server", "status", "complaint"),
    [("1 / 0", 1, "ZeroDivisionError: division by zero"), ("pass", 0, "")],
)
def test_server_that_ends(
    tmp_path: Path, variant: str, server: str, status: int, complaint: str
) -> None:
    """Of a server that ends at once, it is said how."""
    with (
        worlds.world(tmp_path, variant, **{f"{variant}_server": server}) as world,
        pytest.raises(Failure) as caught,
    ):
        world.start_server()
    assert caught.value.message == fact("server-not-started")
    assert caught.value.got == ended(f"{variant}_server.py", status, complaint)
    assert caught.value.evidence == (Evidence.END_OF_STREAM,)


def ended(file: str, status: int, complaint: str = "") -> Fact:
    """How a program ended, with its last complaint if there was any."""
    how = fact("program-ended", file=file, status=status)
    return fact("complaining", how=how, complaint=complaint) if complaint else how


def test_server_that_ends_while_somebody_joins(tmp_path: Path) -> None:
    """Where a server's port is known nobody waits for it; that it ended is told all the same."""
    with worlds.world(tmp_path, "tcp", tcp_server="1 / 0") as world:
        world.dialect.address = Address("127.0.0.1", worlds.free_port("tcp"))
        with pytest.raises(Failure) as caught:
            world.join("alice")
    assert caught.value.message == fact("server-not-started")
    assert caught.value.got == ended("tcp_server.py", 1, "ZeroDivisionError: division by zero")


@each_kind
@each_variant
def test_known_port_is_connected_to(tmp_path: Path, variant: str, kind: str) -> None:
    """What one check has learnt of the server's port, the next one uses."""
    place = worlds.networks(kind)
    with worlds.world(tmp_path / "first", variant, place) as first:
        first.join("alice")
    with worlds.world(tmp_path / "second", variant, place, dialect=first.dialect) as second:
        alice, bob = second.join("alice", "bob")
        bob.expect(alice.say("hello"))
    assert first.dialect.address is not None


@pytest.mark.parametrize(
    ("variant", "expected", "got"),
    [("tcp", "listens-tcp", "nothing-listens-tcp"), ("udp", "bound-udp", "nothing-bound-udp")],
)
def test_server_that_does_not_listen(tmp_path: Path, variant: str, expected: str, got: str) -> None:
    """Of a server that opens no port, it is said that nothing listens."""
    with (
        worlds.world(tmp_path, variant, **{f"{variant}_server": "input()"}) as world,
        pytest.raises(Failure) as caught,
    ):
        world.start_server()
    failure = caught.value
    assert failure.message == fact("server-not-started")
    assert (failure.expected, failure.got) == (fact(expected, port=DEFAULT_PORT), fact(got))
    assert failure.evidence == (Evidence.QUIET,)


@pytest.mark.parametrize("restless", [False, True])
def test_restless_server(restless: bool, tmp_path: Path) -> None:
    """Where a check asks for it, the server's threads rest in the middle of what they do."""
    told = "import sys; print('traced', bool(sys.gettrace()), flush=True)\n"
    server = told + programs.PROGRAMS["tcp_server.py"]
    with worlds.world(tmp_path, "tcp", tcp_server=server) as chat:
        chat.restless = restless
        chat.join("alice")
    assert f"traced {restless}\n" in chat.processes[0]._stdout.text
