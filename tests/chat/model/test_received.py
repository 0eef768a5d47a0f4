"""What came to somebody, cut into messages."""

from __future__ import annotations

import pytest
from support.journals import DATAGRAMS, LINES, RAW, journal

from grader.chat.journal import Act, Entry, Journal, Manners
from grader.chat.model.received import Piece, pieces


def came(manners: Manners, *chunks: str) -> list[Piece]:
    """The pieces of chunks that came to bob, the first one at place 0."""
    return pieces(Journal(manners, tuple(Entry(Act.GETS, "bob", text) for text in chunks)), "bob")


def texts(found: list[Piece]) -> list[tuple[str, int, bool]]:
    return [(piece.text, piece.at, piece.ended) for piece in found]


@pytest.mark.parametrize(
    ("chunks", "lines"),
    [
        (("one\n",), [("one", 0, True)]),
        (("one\ntwo\n",), [("one", 0, True), ("two", 0, True)]),
        (("o", "ne\nt", "wo\n"), [("one", 1, True), ("two", 2, True)]),
        (("one",), [("one", 0, False)]),
        (("one", "\n"), [("one", 0, True)]),
        (("\n", "one\n"), [("", 0, True), ("one", 1, True)]),
        (("one\n\n",), [("one", 0, True), ("", 0, True)]),
        (("", "one\n", ""), [("one", 1, True)]),
        ((), []),
    ],
)
def test_lines_end_at_newlines(chunks: tuple[str, ...], lines: list[tuple[str, int, bool]]) -> None:
    """A line has come when its text has, wherever it was cut, and though its newline is late."""
    assert texts(came(LINES, *chunks)) == lines


def test_a_line_knows_when_each_part_of_it_came() -> None:
    """Of a line that was put together from several chunks each has a place of its own."""
    (piece,) = came(LINES, "bob joi", "ned!", "bob: hello\n")
    assert [piece.came(length) for length in (7, 8, 11, 12, 21)] == [0, 1, 1, 2, 2]


@pytest.mark.parametrize(("text", "newlines"), [("one", 0), ("one\n", 1), ("one\n\n", 2)])
def test_datagrams_are_whole(text: str, newlines: int) -> None:
    """A datagram is a message, and newlines at its end are too many."""
    assert came(DATAGRAMS, text, "two") == [Piece("one", 0, newlines=newlines), Piece("two", 1)]


def test_raw_chunks_are_left_as_they_are() -> None:
    """Where no newlines are sent nothing tells where a message ends."""
    assert came(RAW, "one\ntwo", "three") == [Piece("one\ntwo", 0), Piece("three", 1)]


def test_only_what_came_to_somebody_is_theirs() -> None:
    """What others get, and what somebody says, is not in an inbox."""
    heard = journal("alice gets hello\nbob says hello\nbob gets goodbye")
    assert texts(pieces(heard, "bob")) == [("goodbye", 2, True)]
