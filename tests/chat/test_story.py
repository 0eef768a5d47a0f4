"""A scenario as it is played at a submission's server."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support import programs, worlds
from support.programs import changed

from grader.assignment.protocol import WELCOME, Framing
from grader.chat.dialect import Dialect
from grader.chat.journal import Act, Journal, Vanishing
from grader.chat.model.findings import findings
from grader.chat.pace import ENOUGH
from grader.chat.participants.client import Client
from grader.chat.stage import Stage
from grader.chat.story import Over, Story

SERVER = programs.TCP_SERVER
RELAY = "            relay(data, name)\n"
KNOWN = {
    "tcp": Dialect(Framing.LINES, Framing.LINES, None, True, True, True, True),
    "udp": Dialect(Framing.DATAGRAMS, Framing.DATAGRAMS, None, False, True, True, True),
    "raw": Dialect(Framing.RAW, Framing.RAW, None, True, True, True, True),
}
SERVERS = {"tcp": SERVER, "udp": programs.UDP_SERVER, "raw": programs.raw(SERVER)}
Play = Callable[[Story], None]


@contextlib.contextmanager
def story(folder: Path, server: str = SERVER, kind: str = "tcp", seed: int = 1) -> Iterator[Story]:
    """A story at a server whose dialect is known."""
    variant = "udp" if kind == "udp" else "tcp"
    source = {f"{variant}_server": server}
    dialect = KNOWN[kind].copy()
    with worlds.world(folder, variant, seed=seed, dialect=dialect, **source) as world:
        yield Story(world)


def acts(journal: Journal, who: str = "") -> list[Act]:
    """What happened, to one or to all, but for what came and for quiet."""
    dull = (Act.GETS, Act.QUIET)
    return [e.act for e in journal.entries if e.act not in dull and who in ("", e.who)]


def came(journal: Journal, who: str) -> str:
    return "".join(e.text for e in journal.entries if e.act is Act.GETS and e.who == who)


@pytest.mark.parametrize("kind", SERVERS)
def test_people_come_and_talk(kind: str, tmp_path: Path) -> None:
    """All that people do and get is in the journal, and the model finds nothing wrong."""
    with story(tmp_path, SERVERS[kind], kind) as played:
        alice, bob = played.join("alice", "bob")
        played.say(alice, "one {}")
        played.say(bob)
        journal = played.journal()
    assert journal.manners.framing is KNOWN[kind].server_framing
    coming = [Act.ENTERS, Act.NAMES, Act.SETTLES]
    assert acts(journal) == [*coming, *coming, Act.SAYS, Act.SAYS]
    first, second = (e for e in journal.entries if e.act is Act.SAYS)
    assert (first.who, second.who) == (alice.name, bob.name)
    assert first.text.startswith(f"{alice.name}: one ")
    assert first.text in came(journal, bob.name) and second.text in came(journal, alice.name)
    assert WELCOME[1] in came(journal, bob.name)
    assert not findings(journal)


@pytest.mark.parametrize("kind", SERVERS)
def test_somebody_leaves(kind: str, tmp_path: Path) -> None:
    """Whoever leaves says goodbye; the others hear it, and talk on."""
    with story(tmp_path, SERVERS[kind], kind) as played:
        alice, bob, carol = played.join("alice", "bob", "carol")
        played.leave(alice)
        assert played.present == [bob, carol]
        played.say(bob)
        journal = played.journal()
    assert acts(journal, bob.name)[-1] is Act.SAYS
    closed = [] if kind == "udp" else [Act.ENDS]  # by alice, who has heard everything
    assert acts(journal, alice.name)[3:] == [Act.LEAVES, *closed]
    assert alice.goodbye in came(journal, bob.name) and alice.goodbye in came(journal, carol.name)
    assert not findings(journal)


@pytest.mark.parametrize(
    ("kind", "how"),
    [("tcp", Vanishing.FIN), ("tcp", Vanishing.RESET), ("udp", Vanishing.DEAD)],
)
def test_somebody_vanishes(kind: str, how: Vanishing, tmp_path: Path) -> None:
    """Whoever vanishes says nothing; over TCP the others are told."""
    with story(tmp_path, SERVERS[kind], kind) as played:
        alice, bob = played.join("alice", "bob")
        played.vanish(alice, how)
        journal = played.journal()
    assert [e.text for e in journal.entries if e.act is Act.VANISHES] == [how.value]
    assert (alice.goodbye in came(journal, bob.name)) is (kind == "tcp")
    assert not findings(journal)


def test_name_that_begins_with_another(tmp_path: Path) -> None:
    """Somebody may have a name of which another one is the beginning."""
    with story(tmp_path) as played:
        (alice,) = played.join("alice")
        (longer,) = played.join_beginning(alice)
        (another,) = played.join_beginning(alice)
    names = {alice.name, longer.name, another.name}
    assert len(names) == 3
    assert all(name.startswith(alice.name) for name in names)


def draws(folder: Path, seed: int) -> list[str]:
    with story(folder, seed=seed) as played:
        alice, bob = played.join("alice", "bob")
        for speaker in (alice, bob, alice):
            played.say(speaker)
        return [e.text for e in played.journal().entries if e.act is Act.SAYS]


def test_same_seed_says_the_same(tmp_path: Path) -> None:
    """Names and texts depend on the seed alone."""
    first, again, other = (draws(tmp_path / str(n), seed) for n, seed in enumerate((5, 5, 6)))
    assert first == again
    assert not set(first) & set(other)


def play(folder: Path, server: str, then: Play, kind: str = "tcp") -> tuple[Journal, bool]:
    """The journal of a story, and whether it was over before its end."""
    with story(folder, server, kind) as played:
        try:
            then(played)
        except Over:
            return played.journal(), True
        return played.journal(), False


def talk(played: Story) -> None:
    """Two say one thing after the other."""
    everyone = played.join("alice", "bob")
    for _round in range(ENOUGH):
        for speaker in everyone:
            played.say(speaker)


def test_story_goes_on_without_what_does_not_come(tmp_path: Path) -> None:
    """A message that is lost keeps nobody from saying the next one."""
    lost = "            said.append(data)\n            len(said) == 2 or relay(data, name)\n"
    server = changed(changed(SERVER, RELAY, lost), "users = {}\n", "users, said = {}, []\n")
    journal, over = play(tmp_path, server, talk)
    assert not over
    assert acts(journal).count(Act.SAYS) == 2 * ENOUGH
    assert [finding.kind.value for finding in findings(journal)] == ["missing"]


def test_story_is_over_once_it_has_nothing_new_to_tell(tmp_path: Path) -> None:
    """A server that passes nothing on is asked a few times only."""
    journal, over = play(tmp_path, changed(SERVER, RELAY, "            pass\n"), talk)
    assert over
    assert acts(journal).count(Act.SAYS) == ENOUGH


def test_message_in_other_words_has_come(tmp_path: Path) -> None:
    """Nobody waits for a text that came in other words."""
    server = changed(SERVER, "relay(data, name)", 'relay(b"> " + data, name)')
    journal, over = play(tmp_path, server, talk)
    assert not over
    assert {finding.kind.value for finding in findings(journal)} == {"altered"}


def test_the_same_again_is_waited_for(tmp_path: Path) -> None:
    """A text that has come before has not come again before it comes."""
    slow = "            time.sleep(0.05)\n" + RELAY
    server = "import time\n" + changed(SERVER, RELAY, slow)
    with story(tmp_path, server) as played:
        alice, _bob = played.join("alice", "bob")
        for _time in range(2):
            played.say(alice, "the same")
        assert not findings(played.journal())


def test_server_that_ends(tmp_path: Path) -> None:
    """A server that ends is a crash, and the end of the story."""
    journal, over = play(tmp_path, changed(SERVER, RELAY, "            os._exit(3)\n"), talk)
    assert over
    assert acts(journal).count(Act.SAYS) == acts(journal).count(Act.CRASHES) == 1


@pytest.mark.parametrize("kind", ["tcp", "udp"])
def test_server_that_does_not_start(kind: str, tmp_path: Path) -> None:
    """Where nothing listens nobody enters."""
    journal, over = play(tmp_path, "1 / 0", talk, kind)
    assert over
    assert acts(journal) == [Act.CRASHES]


def test_door_that_is_closed(tmp_path: Path) -> None:
    """Whoever cannot connect is refused; the others have entered."""
    server = changed(SERVER, "while True:\n    threading", "for _one in range(1):\n    threading")
    server += "listener.close()\nthreading.Event().wait()\n"
    journal, over = play(tmp_path, server, talk)
    assert over
    assert acts(journal) == [Act.ENTERS, Act.NAMES, Act.SETTLES, Act.ENTERS, Act.REFUSED]


def test_newcomer_who_is_cut_off(tmp_path: Path) -> None:
    """Whose connection is ended has not settled, and the story is over."""
    cut = "    if users:\n        connection.close()\n        return\n"
    asks = '    connection.sendall(b"name" + END)\n'
    journal, over = play(tmp_path, changed(SERVER, asks, cut + asks), talk)
    assert over
    assert acts(journal)[-3:] == [Act.ENTERS, Act.ENDS, Act.NAMES]


def test_who_was_cut_off_says_nothing(tmp_path: Path) -> None:
    """Somebody whose connection the server has ended cannot speak."""
    server = changed(SERVER, RELAY, f"{RELAY}            break\n")
    with story(tmp_path, server) as played:
        alice, bob = played.join("alice", "bob")
        played.say(alice)
        played.say(alice)
        played.say(bob)
        journal = played.journal()
    assert [e.who for e in journal.entries if e.act is Act.SAYS] == [alice.name, bob.name]
    assert Act.ENDS in acts(journal, alice.name)


def test_what_comes_late_is_in_the_journal(tmp_path: Path) -> None:
    """What comes once everybody has stopped talking is looked for at the end."""
    late = "            threading.Timer(0.9, relay, (b'late', name)).start()\n"
    with story(tmp_path, changed(SERVER, RELAY, late + RELAY)) as played:
        alice, bob = played.join("alice", "bob")
        played.say(alice)
        played.look_late()
        journal = played.journal()
    assert "late" in came(journal, bob.name)


@pytest.mark.parametrize("kind", ["tcp", "udp"])
def test_flood_ends_the_story(kind: str, tmp_path: Path) -> None:
    """A server that never stops sending is told of, and not waited for."""
    spam = "[relay(b'spam', b'') for _ in iter(int, 1)]"
    tcp = changed(SERVER, RELAY, f"            {spam}\n")
    old = "        relay(data, sender)\n"
    udp = changed(programs.UDP_SERVER, old, f"        {spam}\n")
    journal, over = play(tmp_path, {"tcp": tcp, "udp": udp}[kind], talk, kind)
    assert over
    assert acts(journal).count(Act.FLOODS) == 1
    assert acts(journal).count(Act.SAYS) == 1


def test_framing_is_that_of_the_server(tmp_path: Path) -> None:
    """As long as nothing is known of a server, it is taken to speak as its variant does."""
    for variant, framing in (("tcp", Framing.LINES), ("udp", Framing.DATAGRAMS)):
        with worlds.world(tmp_path / variant, variant) as world:
            assert Story(world).manners.framing is framing


@pytest.mark.parametrize("rests", [True, False])
def test_what_was_not_taken_in_is_the_fault_of_the_machine(
    rests: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the server rests; one that never does may send more and more."""
    with story(tmp_path) as played:
        alice, _bob = played.join("alice", "bob")
        monkeypatch.setattr(Client, "drain", lambda _self: False)
        monkeypatch.setattr(Stage, "settle", lambda *_: rests)
        played.say(alice)
        assert played.chat.dialect.patience.starved is rests
