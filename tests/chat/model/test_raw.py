"""The inbox of a server without newlines: messages are looked for in what came."""

from __future__ import annotations

import pytest
from support.journals import RAW, journal, told

from grader.chat.model import raw
from grader.chat.model.findings import findings
from grader.chat.model.owed import Duty, Matter, Owed, Situation
from grader.chat.model.received import Piece

SAID = "+ alice\n+ bob\nalice says Hello there\n"


def owed(*texts: str) -> list[Owed]:
    return [
        Owed("bob", Matter.TEXT, "alice", text, 0, 9, Duty.MUST, Situation.TWO) for text in texts
    ]


def cut(*chunks: str) -> list[Piece]:
    """Chunks that came at 0, 1, ..."""
    return [Piece(text, at) for at, text in enumerate(chunks)]


@pytest.mark.parametrize(
    ("chunks", "found"),
    [
        (["one"], [("one", 0)]),
        (["onetwo"], [("one", 0), ("two", 0)]),
        (["o", "net", "wo"], [("one", 1), ("two", 2)]),
        (["one\n", "\ntwo\r\n"], [("one", 0), ("two", 1)]),
        (["two", "one", "two"], [("two", 0), ("one", 1), ("two", 2)]),
        (["> one"], [("> ", 0), ("one", 0)]),
        (["one!", "\n", "two?"], [("one", 0), ("!", 1), ("two", 2), ("?", 2)]),
        (["what is", " this"], [("what is this", 1)]),
        (["a\0b"], [("a?b", 0)]),
        (["one and more"], [("one and more", 0)]),
        ([], []),
    ],
)
def test_messages_are_found(chunks: list[str], found: list[tuple[str, int]]) -> None:
    """Wherever they are cut, the longest first; newlines do not count, and the rest is kept."""
    came = raw.messages_in(cut(*chunks), owed("one", "two", "one and more"))
    assert [(piece.text, piece.at) for piece in came] == found


def test_an_empty_text_is_no_message() -> None:
    """It would stand everywhere."""
    assert raw.messages_in(cut("one"), owed("", "one")) == cut("one")


ROWS = {
    "in one chunk with the next one": (
        SAID + "alice says Yes\nbob gets alice: Hello therealice: Yes\nquiet", []
    ),
    "cut anywhere": (SAID + "bob gets al\nbob gets ice: Hello there\nquiet", []),
    "doubled in one chunk": (
        SAID + "bob gets alice: Hello therealice: Hello there\nquiet",
        ["doubled bob alice: Hello there"],
    ),
    "altered": (SAID + "bob gets alice: Hello ther\nquiet", ["altered bob alice: Hello there"]),
    "with a time of day": (
        SAID + "bob gets [12:00] alice: Hello there\nquiet", ["unasked bob [12:00] "]
    ),
    "an echo": (
        SAID + "bob gets alice: Hello there\nalice gets alice: Hello there\nquiet",
        ["echoed alice alice: Hello there"],
    ),
    "lost": (SAID + "quiet", ["missing bob alice: Hello there"]),
    "late": (SAID + "quiet\nbob gets alice: Hello there", ["late bob alice: Hello there"]),
}  # fmt: skip


@pytest.mark.parametrize(("steps", "expected"), ROWS.values(), ids=ROWS)
def test_what_is_left_is_altered_or_unasked(steps: str, expected: list[str]) -> None:
    """Nothing else differs from a chat in lines."""
    assert told(findings(journal(steps, RAW))) == expected
