"""The world of one check."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from support import programs, worlds
from support.programs import changed
from support.worlds import needs_linux, world_with

from grader.chat.chats import TcpChat, UdpChat
from grader.chat.dialect import Dialect
from grader.chat.failure import Failure, Unmet
from grader.chat.participants.tcp import TcpClient
from grader.chat.participants.tcp_host import TcpHost
from grader.chat.participants.udp import UdpClient
from grader.chat.participants.udp_host import UdpHost
from grader.chat.world import Chat
from grader.fact import fact
from grader.result.verdict import Evidence
from grader.sandbox import activity

SERVERS = {"tcp": programs.TCP_SERVER, "udp": programs.UDP_SERVER}


def test_server_starts(world: Chat) -> None:
    """A server is started and found, and somebody can join."""
    server = world.start_server()
    world.join("alice")
    assert server.alive


def test_server_starts_by_itself(world: Chat) -> None:
    """Who wants to join has the server started first."""
    world.join("alice")
    assert [p.who for p in world.processes] == ["server"]
    assert world.transcript.events()[0].fact == fact("server-starts")


def test_drawn_words_are_unique(world: Chat) -> None:
    """A word is never drawn twice, and begins as it was asked for."""
    drawn = [world.draw("hello") for _ in range(100)]
    assert len(set(drawn)) == 100
    assert all(re.fullmatch("hello[0-9a-f]{6}", word) for word in drawn)


def test_numbers_that_come_again_are_drawn_again(world: Chat) -> None:
    """Words stay unique where the same number is drawn twice."""
    numbers = [7, 7, 7, 8]

    class Loaded(random.Random):
        def randrange(self, *args: int) -> int:
            return numbers.pop(0)

    world.rng = Loaded()
    assert [world.draw("alice"), world.draw("bob"), world.draw("bob")] == [
        "alice000007",
        "bob000007",
        "bob000008",
    ]


def test_same_seed_draws_the_same_words(tmp_path: Path) -> None:
    """With the same seed the same words are drawn, with another one others."""

    def draws(number: int, seed: int) -> list[str]:
        with worlds.world(tmp_path / str(number), "tcp", seed=seed) as world:
            return [world.draw("hello") for _ in range(3)]

    assert draws(1, 5) == draws(2, 5) != draws(3, 6)


def test_joining_a_silent_server_is_pointless(world: Chat) -> None:
    """Once a server is known to say nothing, no check waits for it again."""
    world.dialect = Dialect(asks=False, welcomes=False, announces=False, relays=False)
    with pytest.raises(Unmet) as caught:
        world.join("alice")
    assert caught.value.fact == fact("server-silent")
    assert not world.processes


def test_message_is_delivered(world: Chat) -> None:
    """A message that reached everybody once is counted once for each of the others."""
    alice, bob, carol = world.join("alice", "bob", "carol")
    delivery = world.deliver(alice)
    assert delivery.counts == {bob.name: 1, carol.name: 1}
    assert delivery.evidence is Evidence.FENCED
    delivery.expect_everywhere(fact("not-delivered"), exactly=True)


def test_message_with_a_text_of_ones_own(world: Chat) -> None:
    """A check may say itself what is said."""
    alice, bob = world.join("alice", "bob")
    assert world.deliver(alice, "good morning").line == f"{alice.name}: good morning"
    assert bob.has(f"{alice.name}: good morning")


RELAY = {"tcp": "            relay(data, name)", "udp": "        relay(data, sender)\n        if"}


def with_relay(variant: str, condition: str) -> str:
    """The server, passing messages on under a condition."""
    line = RELAY[variant]
    first = line.splitlines()[0]
    indent = " " * (len(first) - len(first.lstrip()))
    return changed(SERVERS[variant], line, f"{indent}{condition}: {line.lstrip()}")


def test_lost_message_is_fenced(tmp_path: Path, variant: str) -> None:
    """A message that is lost, while later ones arrive, is known to be lost without a deadline."""
    server = with_relay(variant, "if b'hello' not in data")
    with world_with(tmp_path, variant, server) as world:
        alice, bob = world.join("alice", "bob")
        delivery = world.deliver(alice)
        assert delivery.counts == {bob.name: 0}
        assert delivery.evidence is Evidence.FENCED


def test_doubled_message_is_counted(tmp_path: Path, variant: str) -> None:
    """A message that comes twice is counted twice."""
    server = with_relay(variant, "for _ in range(1 + (b'hello' in data))")
    with world_with(tmp_path, variant, server) as world:
        alice, bob = world.join("alice", "bob")
        assert world.deliver(alice).counts == {bob.name: 2}


def test_server_that_passes_nothing_on(tmp_path: Path, variant: str) -> None:
    """Where the fence gets lost too, the server's idleness shows that nothing comes."""
    with world_with(tmp_path, variant, with_relay(variant, "if b' left*' in data")) as world:
        alice, bob = world.join("alice", "bob")
        delivery = world.deliver(alice)
        assert delivery.counts == {bob.name: 0}
        assert delivery.evidence is Evidence.QUIET


def test_fence_brings_everything_before_it(world: Chat) -> None:
    """After a fence, what was sent before it has arrived."""
    alice, bob, carol = world.join("alice", "bob", "carol")
    lines = [bob.say(f"number {n}") for n in range(5)]
    world.fence(bob)
    assert [carol.count(line) for line in lines] == [alice.count(line) for line in lines] == [1] * 5
    assert Evidence.FENCED in world.evidence


def test_who_is_gone_gets_no_messages(world: Chat) -> None:
    """A participant who is gone is not waited for, and still belongs to everybody."""
    alice, bob, carol = world.join("alice", "bob", "carol")
    world.gone(carol)
    carol.leave()
    bob.expect(carol.goodbye)
    assert world.deliver(alice).counts == {bob.name: 1}
    assert carol in world.everybody()


def test_last_look_finds_nothing_new(world: Chat) -> None:
    """What never came has still not come after the last byte."""
    alice, bob = world.join("alice", "bob")
    world.fence(bob)
    bob.never_got(f"{bob.name} joined!")
    world.finish()
    assert not alice.watches


def test_last_look_catches_what_comes_late(tmp_path: Path) -> None:
    """What comes only when its receiver goes away has come all the same."""
    server = changed(
        programs.TCP_SERVER,
        "    with lock:\n        del users[name]",
        "    connection.sendall(name + b' joined!' + END)\n    with lock:\n        del users[name]",
    )
    with world_with(tmp_path, "tcp", server) as world:
        _alice, bob = world.join("alice", "bob")
        world.fence(bob)
        bob.never_got(f"{bob.name} joined!")
        with pytest.raises(Failure) as caught:
            world.finish()
    assert caught.value.message == fact("message-late", name=bob.name)


def test_client_meets_a_scripted_server(world: Chat) -> None:
    """A client that is started for a scripted server comes to it."""
    host = world.host()
    alice = world.terminal("alice", host)
    alice.join()
    assert host.admit() == alice.name


def test_client_meets_the_server(world: Chat) -> None:
    """A client that is started without a scripted server comes to the submission's own."""
    (bob,) = world.join("bob")
    alice = world.terminal("alice")
    alice.join()
    bob.expect(f"{alice.name} joined!")


def test_client_with_a_hard_coded_port(tmp_path: Path, variant: str, kind: str) -> None:
    """A client that takes no arguments finds a scripted server at the port of its choice."""
    port = worlds.free_port(variant)
    source = {"tcp": programs.TCP_CLIENT, "udp": programs.UDP_CLIENT}[variant]
    client = changed(
        source, "address = options.host, options.port", f"address = '127.0.0.1', {port}"
    )
    client = changed(client, "options = parser.parse_args()", "options = parser.parse_known_args()")
    with worlds.world(tmp_path, variant, kind, **{f"{variant}_client": client}) as world:
        host = world.host()
        alice = world.terminal("alice", host)
        alice.join()
        assert host.admit() == alice.name


def test_newcomers_are_of_the_variant(world: Chat, variant: str) -> None:
    """Over TCP a newcomer is a TCP client, over UDP a UDP client."""
    kinds = {"tcp": (TcpChat, TcpClient), "udp": (UdpChat, UdpClient)}
    assert (type(world), type(world.newcomer("alice"))) == kinds[variant]
    assert world.variant.name == variant


def test_scripted_servers_are_of_the_variant(world: Chat, variant: str) -> None:
    """Over TCP the scripted server is one of TCP, over UDP one of UDP."""
    assert type(world.host()) is {"tcp": TcpHost, "udp": UdpHost}[variant]


def test_name_request_comes_over_tcp_alone(world: Chat, variant: str) -> None:
    """Who has come without a name yet is asked for it over TCP; over UDP nobody is."""
    alice = world.newcomer("alice")
    alice.connect()
    assert alice.await_name_request() == {"tcp": "name", "udp": ""}[variant]


def test_same_address_is_for_udp_alone(world: Chat, variant: str) -> None:
    """Over UDP a user who has left can come back from the same address, over TCP not."""
    (alice,) = world.join("alice")
    alice.leave()
    assert alice.rejoin() is (variant == "udp")


def test_still_server_settles(world: Chat) -> None:
    """A server that waits for its users becomes still."""
    world.join("alice")
    assert world.settle(0.01)


@needs_linux
def test_no_look_where_the_system_does_not_tell(
    world: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system shows no threads there is no sample, and the wall clock runs."""
    monkeypatch.setattr(activity, "_supported", False)
    world.start_server()
    assert world.sample() is None
