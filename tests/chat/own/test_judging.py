"""From stories to a judgement for each check."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.chat.journal import Act, Entry, Journal, Manners
from grader.chat.own.case import Case
from grader.chat.own.dialect import Identity, OwnDialect, Way
from grader.chat.own.judging import judge
from grader.chat.own.stories import Told
from grader.result.verdict import Verdict

DIALECT = OwnDialect(identity=Identity.ASKED, shape="{name}: {text}", way=Way.WORD, word="/quit")
THREE = ("alice", "bob", "carol")


def come(told_of: bool = True) -> list[Entry]:
    """Three come; the others are told."""
    entries = []
    for number, who in enumerate(THREE):
        entries.append(Entry(Act.ENTERS, who))
        if told_of:
            entries += [Entry(Act.SHOWS, other, f"{who} is here\n") for other in THREE[:number]]
        entries.append(Entry(Act.SETTLES, who))
    return entries


def talk(*present: str, word: str, lost: str = "", echo: bool = False) -> list[Entry]:
    """Each of them says something, and the others are shown it."""
    entries = []
    for who in present:
        text = f"{word}{who}"
        entries.append(Entry(Act.SAYS, who, text))
        shown = [other for other in present if other not in (who, lost) or (echo and other == who)]
        entries += [Entry(Act.SHOWS, other, f"{who}: {text}\n") for other in shown]
    return entries


def leave(notice: str = "alice is gone\n") -> list[Entry]:
    """The first of three leaves."""
    shown = [Entry(Act.SHOWS, other, notice) for other in THREE[1:]]
    return [Entry(Act.LEAVES, "alice", "/quit"), *shown, Entry(Act.EXITS, "alice", "0")]


def case(*entries: Entry, dialect: OwnDialect = DIALECT, **fields: object) -> Case:
    """A chat of which one story was played."""
    told = Told("three", Journal(Manners(), entries), (), [], dialect)
    return Case(dialect, {"three": replace(told, **fields)})  # type: ignore[arg-type]


GOOD = (*come(), *talk(*THREE, word="one"), *leave(), *talk("bob", "carol", word="two"))
CHECKS = ("many-users", "sender-named", "sender-excluded", "survives-leave", "client-leaves",
          "join-notice", "leave-notice")  # fmt: skip


@pytest.mark.parametrize("check", CHECKS)
def test_a_good_chat_passes(check: str) -> None:
    """What a chat shows it gets the points for."""
    assert judge(check, case(*GOOD)).verdict is Verdict.PASS


def test_a_lost_word_fails_many_users() -> None:
    """What was said before anybody left is not held against leaving."""
    told = case(*come(), *talk(*THREE, word="one", lost="carol"), *leave())
    assert judge("many-users", told).verdict is Verdict.FAIL
    assert judge("survives-leave", told).verdict is Verdict.SKIP


def test_a_word_lost_after_a_leave_fails_survives_leave() -> None:
    """The others do not go on."""
    after = talk("bob", "carol", word="two", lost="carol")
    told = case(*come(), *talk(*THREE, word="one"), *leave(), *after)
    assert judge("many-users", told).verdict is Verdict.PASS
    assert judge("survives-leave", told).verdict is Verdict.FAIL


ECHO = (*come(), *talk(*THREE, word="one", echo=True))


@pytest.mark.parametrize(
    ("wire", "verdict"), [(True, Verdict.FAIL), (False, Verdict.PASS), (None, Verdict.OPEN)]
)
def test_the_wire_tells_who_has_shown_the_own_word(wire: bool | None, verdict: Verdict) -> None:
    """The server has sent it back, or the client has printed it itself; or nobody can tell."""
    told = case(*ECHO, came_back={f"one{who}": wire for who in THREE})
    assert judge("sender-excluded", told).verdict is verdict


def test_the_word_of_leaving_is_no_notice() -> None:
    """The others read the word, and are not told what it means."""
    told = case(*come(), *talk(*THREE, word="one"), *leave("alice: /quit\n"))
    assert judge("leave-notice", told).verdict is Verdict.FAIL


def test_without_names_a_notice_needs_none() -> None:
    """Where nobody has a name, a line that nobody has typed is enough."""
    dialect = OwnDialect(identity=Identity.GIVEN, way=Way.WORD, word="/quit")
    told = case(*come(), *talk(*THREE, word="one"), *leave("guest 1 left\n"), dialect=dialect)
    assert judge("leave-notice", told).verdict is Verdict.PASS


def test_a_clock_names_nobody() -> None:
    """A time of day beside a text tells no sender from another."""
    dialect = OwnDialect(identity=Identity.NONE)
    entries = [*come(told_of=False)]
    for second, who in enumerate(THREE):
        entries.append(Entry(Act.SAYS, who, f"one{who}"))
        others = [other for other in THREE if other != who]
        entries += [Entry(Act.SHOWS, o, f"[12:00:0{second}] one{who}\n") for o in others]
    assert judge("sender-named", case(*entries, dialect=dialect)).verdict is Verdict.FAIL


def test_who_was_told_by_a_busy_machine_is_open() -> None:
    """What a machine that had no time has shown says nothing."""
    assert judge("many-users", case(*GOOD, starved=True)).verdict is Verdict.OPEN
