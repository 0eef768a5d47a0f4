"""What came beside what was owed: altered, glued, unasked, late, badly framed."""

from __future__ import annotations

import pytest
from support.journals import DATAGRAMS, LINES, journal, told

from grader.assignment.protocol import WELCOME
from grader.chat.journal import Act, Entry, Journal, Manners
from grader.chat.model.alignment import MAX_FINDINGS
from grader.chat.model.finding import Kind
from grader.chat.model.findings import findings

TWO = "+ alice\n+ bob\n"
THREE = TWO + "+ carol\n"
SAID = TWO + "alice says Hello there\n"
BOB = "bob enters\nbob gets name\nbob names\n"
GREETED = "\n".join(f"bob gets {line}" for line in WELCOME) + "\n"
ALTERED = {
    "a time of day before it": (SAID + "bob gets [12:00] alice: Hello there\nquiet"),
    "a prefix": (SAID + "bob gets > alice: Hello there\nquiet"),
    "trimmed": (SAID + "bob gets alice: Hello ther\nquiet"),
    "its name is missing": (SAID + "bob gets Hello there\nquiet"),
    "its name stands twice": (SAID + "bob gets alice: alice: Hello there\nquiet"),
    "in small letters": (SAID + "bob gets alice: hello there\nquiet"),
}


@pytest.mark.parametrize("steps", ALTERED.values(), ids=ALTERED)
def test_an_altered_message_has_come(steps: str) -> None:
    """It is altered, and neither missing nor unasked."""
    assert told(findings(journal(steps))) == ["altered bob alice: Hello there"]


ROWS = {
    "something else": (
        SAID + "bob gets 1 2 3 4 5 6 7\nquiet",
        ["unasked bob 1 2 3 4 5 6 7", "missing bob alice: Hello there"],
    ),
    "an echo in other words": (
        SAID + "bob gets alice: Hello there\nalice gets >alice: Hello there\nquiet",
        ["echoed alice alice: Hello there"],
    ),
    "again in other words": (
        SAID + "bob gets alice: Hello there\nbob gets >alice: Hello there\nquiet",
        ["doubled bob alice: Hello there"],
    ),
    "an own join in other words": (
        TWO + "bob gets *bob joined!*\nquiet", ["own-join bob bob joined!"]
    ),
    "a join notice in other words": (
        "+ alice\n" + BOB + GREETED + "alice gets bob has joined!\nquiet\nbob settles",
        ["altered alice bob joined!"],
    ),
    "a welcome in other words": (
        "+ alice\n" + BOB + GREETED.replace("You are", "you are now")
        + "alice gets bob joined!\nquiet\nbob settles",
        ["altered bob You are connected!"],
    ),
    "after the wait": (
        SAID + "quiet\nbob gets alice: Hello there", ["late bob alice: Hello there"]
    ),
    "after the wait, and altered": (
        SAID + "quiet\nbob gets >alice: Hello there",
        ["altered bob alice: Hello there", "late bob alice: Hello there"],
    ),
    "a welcome in the wrong order": (
        BOB + f"bob gets {WELCOME[1]}\nbob gets {WELCOME[0]}\nquiet\nbob settles",
        ["reversed bob You are connected!"],
    ),
    "the welcome behind a notice at somebody else": (
        "+ alice\n" + BOB + "alice gets bob joined!\n" + GREETED + "quiet\nbob settles", []
    ),
    "half of a welcome": (
        BOB + f"bob gets {WELCOME[0]}\nquiet\nbob settles", [f"missing bob {WELCOME[1]}"]
    ),
    "an unasked line to a newcomer": (
        BOB + GREETED + "bob gets 2 users\nquiet\nbob settles", ["unasked bob 2 users"]
    ),
}  # fmt: skip


@pytest.mark.parametrize(("steps", "expected"), ROWS.values(), ids=ROWS)
def test_each_difference_is_one_finding(steps: str, expected: list[str]) -> None:
    """What is near to a message is that message; all else came unasked."""
    assert told(findings(journal(steps))) == expected


FRAMES = {
    "a notice glued to a message": (
        "+ alice\n" + BOB + GREETED + "alice gets~ bob joined!\nquiet\nbob settles\n"
        "bob: Hello there > alice",
        ["unterminated alice bob joined!bob: Hello there"],
    ),
    "two messages glued": (
        SAID + "alice says Yes\nbob gets~ alice: Hello there\nbob gets alice: Yes\nquiet",
        ["unterminated bob alice: Hello therealice: Yes"],
    ),
    "the last line": (
        SAID + "bob gets~ alice: Hello there\nquiet", ["unterminated bob alice: Hello there"]
    ),
    "an empty line": (
        SAID + "bob gets alice: Hello there\nbob gets \nquiet",
        ["newlines bob alice: Hello there"],
    ),
    "only once": (
        THREE + "alice says Hello there\nbob gets~ alice: Hello there\n"
        "carol gets~ alice: Hello there\nquiet",
        ["unterminated bob alice: Hello there"],
    ),
    "glued and doubled": (
        SAID + "bob gets alice: Hello therealice: Hello there\nquiet",
        ["doubled bob alice: Hello there", "unterminated bob alice: Hello therealice: Hello there"],
    ),
    "in small pieces": (
        SAID + "bob gets~ ali\nbob gets~ ce: Hello\nbob gets  there\nquiet", []
    ),
}  # fmt: skip


@pytest.mark.parametrize(("steps", "expected"), FRAMES.values(), ids=FRAMES)
def test_framing(steps: str, expected: list[str]) -> None:
    """What is badly framed has come all the same, in time."""
    assert told(findings(journal(steps))) == expected


def with_pieces(manners: Manners, *texts: str) -> Journal:
    """Alice said hello, and these pieces came to bob."""
    came = [Entry(Act.GETS, "bob", text) for text in texts]
    said = journal(SAID, manners)
    return Journal(manners, (*said.entries, *came, Entry(Act.QUIET, "")))


@pytest.mark.parametrize("end", ["\n", "\n\n"])
def test_a_newline_on_a_datagram_is_one_finding(end: str) -> None:
    """However many there are, and the message has come."""
    (found,) = findings(with_pieces(DATAGRAMS, f"alice: Hello there{end}"))
    assert (found.kind, found.got) == (Kind.NEWLINES, "alice: Hello there")


def test_a_newline_before_each_line_is_one_too_many() -> None:
    """The text was there in time, though its newline comes with the next one."""
    found = findings(with_pieces(LINES, "\nalice: Hello there"))
    assert [f.kind for f in found] == [Kind.NEWLINES, Kind.UNTERMINATED]


@pytest.mark.parametrize("between", ["", "\n"])
def test_two_messages_in_one_datagram_have_both_come(between: str) -> None:
    """The welcome in one datagram is one finding."""
    entries = (
        Entry(Act.ENTERS, "bob"),
        Entry(Act.NAMES, "bob", "bob"),
        Entry(Act.GETS, "bob", between.join(WELCOME)),
        Entry(Act.QUIET, ""),
        Entry(Act.SETTLES, "bob"),
    )
    assert [f.kind for f in findings(Journal(DATAGRAMS, entries))] == [Kind.UNTERMINATED]


def test_an_inbox_tells_of_so_much_and_no_more() -> None:
    """A flood of lines that nobody has said is cut off, and what is missing is still told."""
    found = findings(with_pieces(LINES, *["1 2 3 4 5 6 7\n"] * (3 * MAX_FINDINGS)))
    assert {f.kind for f in found} == {Kind.UNASKED, Kind.MISSING}
    assert len(found) <= MAX_FINDINGS + 1
