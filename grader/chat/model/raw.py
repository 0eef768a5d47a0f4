"""The inbox of a server that sends no newlines: text in which messages are looked for.

What was said is unguessable, and no text is a part of another one; so a message has come when its
text stands somewhere in what came. Newlines and the edges of chunks do not count.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Callable

from grader.chat.model.owed import Owed
from grader.chat.model.received import Piece

SEEN = "\0"  # takes the place of a message that was found; no server sends it and is decoded


def messages_in(pieces: list[Piece], owed: list[Owed]) -> list[Piece]:
    """The messages that stand in some text, and what is left between them."""
    text = "".join(piece.text for piece in pieces).replace(SEEN, "?")
    ends = list(itertools.accumulate(len(piece.text) for piece in pieces))

    def came(end: int) -> int:
        """Where in the journal the text up to this place had come."""
        return pieces[min(bisect.bisect_left(ends, end), len(pieces) - 1)].at if pieces else 0

    found: list[tuple[int, Piece]] = []
    for wanted in sorted({message.text for message in owed}, key=len, reverse=True):
        start = text.find(wanted)
        while start >= 0:
            end = start + len(wanted)
            found.append((start, Piece(wanted, came(end))))
            text = text[:start] + SEEN * len(wanted) + text[end:]
            start = text.find(wanted)
    return [piece for _start, piece in sorted(found + _rests(text, came), key=lambda f: f[0])]


def _rests(text: str, came: Callable[[int], int]) -> list[tuple[int, Piece]]:
    """What no message accounts for."""
    rests, start = [], 0
    for rest in text.split(SEEN):
        words = rest.strip("\r\n")
        if words:
            rests.append((start, Piece(words, came(start + len(rest)))))
        start += len(rest) + 1
    return rests

