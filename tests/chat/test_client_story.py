"""A scenario in front of a student's client."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support import programs, worlds
from support.programs import changed
from support.worlds import needs_posix

from grader.assignment.protocol import Framing
from grader.chat.client_story import ClientStory
from grader.chat.dialect import Dialect
from grader.chat.journal import Act, Journal
from grader.chat.model.client import shown
from grader.chat.model.finding import Kind
from grader.chat.pace import ENOUGH
from grader.chat.story import Over
from grader.fact import fact
from grader.result.check import SERVER

CLIENT = programs.TCP_CLIENT
SHOWS = "        print(data.decode(), flush=True)\n"
SENDS = '    connection.sendall(f"{name}: {text}".encode() + END)\n'
CLIENTS = {"tcp": CLIENT, "udp": programs.UDP_CLIENT, "raw": programs.raw(CLIENT)}
KNOWN = {
    "tcp": Dialect(client_waits=True, client_framing=Framing.LINES),
    "udp": Dialect(client_waits=True, client_framing=Framing.DATAGRAMS),
    "raw": Dialect(client_waits=False, client_framing=Framing.RAW),
}
each_kind = pytest.mark.parametrize("kind", CLIENTS)


@contextlib.contextmanager
def story(folder: Path, client: str = CLIENT, kind: str = "tcp") -> Iterator[ClientStory]:
    """A story in front of a client whose dialect is known."""
    variant = "udp" if kind == "udp" else "tcp"
    source = {f"{variant}_client": client}
    with worlds.world(folder, variant, dialect=KNOWN[kind].copy(), **source) as world:
        yield ClientStory(world)


def play(folder: Path, client: str, then: Callable[[ClientStory], None]) -> tuple[Journal, bool]:
    """The journal of a story, and whether it was over before its end."""
    with story(folder, client) as played:
        try:
            played.begin()
            then(played)
        except Over:
            return played.journal(), True
        return played.journal(), False


def acts(journal: Journal) -> list[Act]:
    """What people did, and the end of the client."""
    dull = (Act.GETS, Act.SHOWS, Act.QUIET)
    return [e.act for e in journal.entries if e.act not in dull]


def kinds(journal: Journal) -> list[str]:
    return [finding.kind.value for finding in shown(journal).findings]


def text(journal: Journal, act: Act) -> str:
    return "".join(e.text for e in journal.entries if e.act is act)


def one_each(played: ClientStory) -> None:
    played.tell("told {}")
    played.type("typed {}")
    played.leave()


@each_kind
def test_client_that_does_all_it_has_to(kind: str, tmp_path: Path) -> None:
    """All that the client is told, sends and shows is in the journal, and its end."""
    with story(tmp_path, CLIENTS[kind], kind) as played:
        played.begin()
        one_each(played)
        journal = played.journal()
    assert journal.manners.framing is KNOWN[kind].client_framing
    assert acts(journal) == [Act.NAMES, Act.TELLS, Act.SAYS, Act.LEAVES, Act.EXITS]
    (told,) = (e.text for e in journal.entries if e.act is Act.TELLS)
    (said,) = (e.text for e in journal.entries if e.act is Act.SAYS)
    assert told in text(journal, Act.SHOWS)
    assert said in text(journal, Act.GETS)
    assert {e.who for e in journal.entries if e.act is Act.GETS} == {SERVER}
    assert not shown(journal).findings


def test_goodbye_is_due_before_the_server_closes(tmp_path: Path) -> None:
    """The server closes once the client has said goodbye, and the client ends."""
    with story(tmp_path) as played:
        played.begin()
        played.leave()
        journal = played.journal()
    goodbye = played.alice.goodbye
    assert [e.text for e in journal.entries if e.act is Act.LEAVES] == [goodbye]
    assert text(journal, Act.GETS).endswith(f"{goodbye}\n")
    assert [e.text for e in journal.entries if e.act is Act.EXITS] == ["0"]


@pytest.mark.parametrize("client", ["pass", "input()", "1 / 0"])
def test_client_that_never_comes(client: str, tmp_path: Path) -> None:
    """A client that does not reach the server is a failure of its own, and the story is over."""
    with story(tmp_path, client) as played:
        with pytest.raises(Over):
            played.begin()
        failure = played.failure
    assert failure is not None and failure.message == fact("client-not-come")
    if client == "1 / 0":
        assert failure.got is not None
        assert failure.got.arguments["complaint"] == "ZeroDivisionError: division by zero"


def test_client_that_ends_too_early(tmp_path: Path) -> None:
    """A client that ends while others talk has ended, with its status, and the story is over."""
    client = changed(CLIENT, SHOWS, f"{SHOWS}        b': ' in data and os._exit(3)\n")
    journal, over = play(tmp_path, client, one_each)
    assert over
    assert acts(journal) == [Act.NAMES, Act.TELLS, Act.EXITS]
    assert text(journal, Act.EXITS) == "3"


def test_last_words_are_on_the_screen(tmp_path: Path) -> None:
    """What a client prints just before it ends has been shown."""
    client = changed(CLIENT, SHOWS, f"{SHOWS}        b': ' in data and os._exit(3)\n")
    journal, _over = play(tmp_path, client, one_each)
    assert text(journal, Act.TELLS) in text(journal, Act.SHOWS)


def test_client_that_stays(tmp_path: Path) -> None:
    """A client that does not end after leaving has no end in the journal."""
    journal, over = play(tmp_path, CLIENT + "threading.Event().wait()\n", one_each)
    assert not over
    assert acts(journal)[-1] is Act.LEAVES
    assert kinds(journal) == ["stays"]


def test_client_that_shows_nothing_is_told_a_few_things_only(tmp_path: Path) -> None:
    """Once nothing new is told, the server says no more; what is typed goes out all the same."""

    def tell_and_type(played: ClientStory) -> None:
        for _one in range(ENOUGH + 2):
            played.tell()
        played.type()
        played.leave()

    journal, over = play(tmp_path, changed(CLIENT, SHOWS, "        pass\n"), tell_and_type)
    assert not over
    assert acts(journal).count(Act.TELLS) == ENOUGH
    assert kinds(journal) == ["missing"] * ENOUGH
    assert acts(journal)[-1] is Act.EXITS


@needs_posix
def test_screen_that_is_written_byte_by_byte(tmp_path: Path) -> None:
    """Letters whose bytes come apart are shown as letters."""
    slowly = """\
        for byte in data + b"\\n":
            os.write(1, bytes([byte]))
            os.sched_yield()
"""
    with story(tmp_path, changed(CLIENT, SHOWS, slowly)) as played:
        played.begin()
        for _round in range(5):
            played.tell("привет, {} Ёлка 🙂")
        played.alice.inbox.feed("я".encode()[:1])
        played.alice.inbox.feed("я".encode()[1:])
        journal = played.journal()
    assert kinds(journal) == []
    assert text(journal, Act.SHOWS).endswith("я")


def test_client_that_floods_its_screen(tmp_path: Path) -> None:
    """A client that prints one message without end is told no more."""

    def tell(played: ClientStory) -> None:
        for _one in range(3):
            played.tell()

    client = changed(
        CLIENT, SHOWS, "        while b': ' in data or print(data.decode()):\n    " + SHOWS
    )
    journal, _over = play(tmp_path, client, tell)
    assert acts(journal) == [Act.NAMES, Act.TELLS, Act.FLOODS]
    assert set(kinds(journal)) == {"doubled", "flooded"}


def test_client_that_floods_its_server(tmp_path: Path) -> None:
    """A client that sends one message without end is told of, and not waited for."""
    client = changed(CLIENT, SENDS, "    while True:\n    " + SENDS)
    journal, _over = play(tmp_path, client, one_each)
    assert acts(journal)[:4] == [Act.NAMES, Act.TELLS, Act.SAYS, Act.FLOODS]
    (flood,) = (f for f in shown(journal).findings if f.kind is Kind.FLOODED)
    assert (flood.who, flood.act) == (SERVER, Act.SAYS)


def test_same_seed_says_the_same(tmp_path: Path) -> None:
    """What is told and typed depends on the seed alone."""

    def said(folder: Path) -> list[str]:
        with story(folder) as played:
            played.begin()
            played.tell()
            played.type()
            entries = played.journal().entries
        return [e.text for e in entries if e.act in (Act.NAMES, Act.TELLS, Act.SAYS)]

    assert said(tmp_path / "one") == said(tmp_path / "two")
