"""What came to somebody, cut into messages: by lines, by datagrams, or not at all."""

from __future__ import annotations

from dataclasses import dataclass

from grader.assignment.protocol import Framing
from grader.chat.journal import Act, Journal


@dataclass(frozen=True)
class Piece:
    """One message that came, as it stands in the framing of the server."""

    text: str
    at: int  # where in the journal its last byte came
    ended: bool = True  # whether its newline came, or its datagram was whole
    newlines: int = 0  # newlines too many behind it: on a datagram


def pieces(journal: Journal, who: str) -> list[Piece]:
    """All that came to somebody, in order."""
    chunks = [
        (at, entry.text)
        for at, entry in enumerate(journal.entries)
        if entry.who == who and entry.act is Act.GETS
    ]
    framing = journal.manners.framing
    if framing is Framing.DATAGRAMS:
        return [_datagram(at, text) for at, text in chunks]
    if framing is Framing.RAW:
        return [Piece(text, at) for at, text in chunks]
    return _lines(chunks)


def _datagram(at: int, text: str) -> Piece:
    bare = text.rstrip("\n")
    return Piece(bare, at, newlines=len(text) - len(bare))


def _lines(chunks: list[tuple[int, str]]) -> list[Piece]:
    found: list[Piece] = []
    rest, last = "", 0
    for at, text in chunks:
        *whole, rest = (rest + text).split("\n")
        found += [Piece(line, at) for line in whole]
        last = at
    return [*found, Piece(rest, last, ended=False)] if rest else found
