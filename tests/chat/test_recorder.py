"""The journal of a scenario while it is played."""

from __future__ import annotations

import threading

import pytest

from grader.assignment.protocol import Framing
from grader.chat import recorder
from grader.chat.journal import Act, Entry, Manners
from grader.chat.recorder import Recorder

MANNERS = Manners()


def entries(made: Recorder) -> list[tuple[Act, str, str]]:
    return [(e.act, e.who, e.text) for e in made.journal(MANNERS).entries]


def test_what_happens_is_noted_in_order() -> None:
    """Each entry says what happened, to whom, and when since the beginning."""
    times = iter((100.0, 100.5, 102.25))
    made = Recorder(lambda: next(times))
    made.add(Act.ENTERS, "alice")
    made.add(Act.SAYS, "alice", "alice: hello")
    assert made.journal(MANNERS).entries == (
        Entry(Act.ENTERS, "alice", "", 0.5),
        Entry(Act.SAYS, "alice", "alice: hello", 2.25),
    )


def test_journal_has_the_manners() -> None:
    """How the server speaks stands in the journal as it was given."""
    manners = Manners(Framing.RAW, welcomes=False)
    assert Recorder().journal(manners).manners == manners


def test_nothing_is_added_behind_the_end() -> None:
    """Once the journal was taken, what still comes is no part of it."""
    made = Recorder()
    heard = made.listener("alice", Framing.LINES)
    before = made.journal(MANNERS)
    heard(b"late\n")
    made.add(Act.QUIET)
    assert made.journal(MANNERS) == before


def test_pieces_are_noted_as_they_came() -> None:
    """Over TCP a piece is cut anywhere, and stays as it was cut."""
    made = Recorder()
    heard = made.listener("alice", Framing.LINES)
    heard(b"na")
    heard(b"me\nYou")
    assert entries(made) == [(Act.GETS, "alice", "na"), (Act.GETS, "alice", "me\nYou")]


@pytest.mark.parametrize("framing", [Framing.LINES, Framing.RAW])
def test_character_in_pieces_is_one_character(framing: Framing) -> None:
    """Over TCP a character whose bytes come apart is put together."""
    made = Recorder()
    heard = made.listener("alice", framing)
    for byte in "я🙂\n".encode():
        heard(bytes([byte]))
    assert "".join(text for _act, _who, text in entries(made)) == "я🙂\n"


def test_each_receiver_has_characters_of_their_own() -> None:
    """Half a character of one is not put together with what another one gets."""
    made = Recorder()
    alice, bob = (made.listener(who, Framing.LINES) for who in ("alice", "bob"))
    first, second = "я".encode()[:1], "я".encode()[1:]
    alice(first)
    bob(b"hello\n")
    alice(second)
    assert [text for _act, who, text in entries(made) if who == "bob"] == ["hello\n"]


def test_datagrams_are_whole() -> None:
    """A datagram that ends within a character is not put together with the next one."""
    made = Recorder()
    heard = made.listener("alice", Framing.DATAGRAMS)
    heard("я".encode()[:1])
    heard(b"")
    heard(b"bob: hi")
    assert [text for _act, _who, text in entries(made)] == ["\\xd1", "", "bob: hi"]


def test_bytes_that_are_no_text_are_shown() -> None:
    """What is no UTF-8 stays visible, and does no harm to what comes next."""
    made = Recorder()
    heard = made.listener("alice", Framing.LINES)
    heard(b"\xff\n")
    heard(b"bob: hi\n")
    assert [text for _act, _who, text in entries(made)] == ["\\xff\n", "bob: hi\n"]


def test_what_a_client_shows() -> None:
    """A listener may be for what stands on the screen of a client."""
    made = Recorder()
    made.listener("alice", Framing.RAW, Act.SHOWS)(b"bob: hi\n")
    assert entries(made) == [(Act.SHOWS, "alice", "bob: hi\n")]


@pytest.mark.parametrize(
    ("limit", "framing", "piece"),
    [
        ("MAX_BYTES", Framing.LINES, b"x" * 10),
        ("MAX_MESSAGES", Framing.LINES, b"\n" * 10),
        ("MAX_PIECES", Framing.LINES, b"x"),
        ("MAX_MESSAGES", Framing.DATAGRAMS, b"x"),
    ],
)
def test_flood(limit: str, framing: Framing, piece: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """More than anybody can be owed is told of once, and not kept."""
    monkeypatch.setattr(recorder, limit, 20)
    made = Recorder()
    heard = made.listener("alice", framing)
    fit = 20 // (10 if len(piece) == 10 else 1)
    for _one in range(fit):
        heard(piece)
    assert not made.is_flooded
    for _one in range(150):
        heard(piece)
        made.add(Act.QUIET)
    assert made.is_flooded
    acts = [act for act, _who, _text in entries(made)]
    assert (acts.count(Act.GETS), acts.count(Act.FLOODS)) == (fit, 1)


def test_flood_of_all_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts is all that comes to all participants."""
    monkeypatch.setattr(recorder, "MAX_MESSAGES", 1)
    made = Recorder()
    for who in ("alice", "bob"):
        made.listener(who, Framing.LINES)(b"hello\n")
    assert entries(made) == [(Act.GETS, "alice", "hello\n"), (Act.FLOODS, "bob", "")]


def test_screen_that_is_painted_anew_is_no_flood(monkeypatch: pytest.MonkeyPatch) -> None:
    """A client may show all lines again for each message."""
    monkeypatch.setattr(recorder, "MAX_MESSAGES", 3)
    made = Recorder()
    made.listener("alice", Framing.RAW, Act.SHOWS)(b"\n" * 100)
    assert not made.is_flooded


def test_screen_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A client may show only so much, and what its server gets is counted apart."""
    monkeypatch.setattr(recorder, "MAX_SHOWN", 10)
    made = Recorder()
    made.listener("server", Framing.LINES)(b"x" * 20)
    heard = made.listener("alice", Framing.RAW, Act.SHOWS)
    heard(b"x" * 10)
    assert not made.is_flooded
    heard(b"x")
    assert made.is_flooded


def test_pieces_of_many_threads_are_all_there() -> None:
    """What comes to several at once is all noted, each in its order."""
    made = Recorder()

    def feed(who: str) -> None:
        heard = made.listener(who, Framing.DATAGRAMS)
        for number in range(100):
            heard(str(number).encode())

    threads = [threading.Thread(target=feed, args=(who,)) for who in ("alice", "bob", "carol")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    come = entries(made)
    for who in ("alice", "bob", "carol"):
        assert [text for _act, to, text in come if to == who] == [str(n) for n in range(100)]
