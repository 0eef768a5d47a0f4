"""What came to somebody, cut into messages: by lines, by datagrams, or not at all."""

from __future__ import annotations

from dataclasses import dataclass

from grader.assignment.protocol import Framing
from grader.chat.journal import Act, Journal


@dataclass(frozen=True)
class Piece:
    """One message that came, as it stands in the framing of the server."""

    text: str
    at: int  # where in the journal its text was whole; its newline may come later
    ended: bool = True  # whether its newline came, or its datagram was whole
    newlines: int = 0  # newlines too many behind it: on a datagram
    ends: tuple[tuple[int, int], ...] = ()  # of each chunk: where in the text, and in the journal

    def came(self, length: int) -> int:
        """Where in the journal so many of its characters had come."""
        return next((at for end, at in self.ends if end >= length), self.at)


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
    text = ""
    ends: list[tuple[int, int]] = []
    for at, chunk in chunks:
        for number, words in enumerate(chunk.split("\n")):
            if number:
                found.append(Piece(text, ends[-1][1] if ends else at, ends=tuple(ends)))
                text, ends = "", []
            if words:
                text += words
                ends.append((len(text), at))
    rest = [Piece(text, ends[-1][1], ended=False, ends=tuple(ends))] if ends else []
    return found + rest
