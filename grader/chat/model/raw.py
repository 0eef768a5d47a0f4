"""The inbox of a server that sends no newlines: text in which messages are looked for.

What was said is unguessable, and no text is a part of another one; so a message has come when its
text stands somewhere in what came. Newlines and the edges of chunks do not count.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate

from grader.chat.model.owed import Owed
from grader.chat.model.received import Piece

SEEN = "\0"  # takes the place of a message that was found; no server sends it and is decoded


def messages_in(pieces: list[Piece], owed: list[Owed]) -> list[Piece]:
    """The messages that stand in some text, and what is left between them."""
    text = "".join(piece.text for piece in pieces).replace(SEEN, "?")
    ends = list(accumulate(len(piece.text) for piece in pieces))

    def came(end: int) -> int:
        """Where in the journal the text up to this place had come."""
        return pieces[bisect_left(ends, end)].at

    found: list[tuple[int, Piece]] = []
    for wanted in sorted({message.text for message in owed} - {""}, key=len, reverse=True):
        matches = re.finditer(re.escape(wanted), text)
        found += [(match.start(), Piece(wanted, came(match.end()))) for match in matches]
        text = text.replace(wanted, SEEN * len(wanted))
    rests = re.finditer(f"[^{SEEN}]+", text)
    found += [(rest.start(), Piece(rest[0].strip("\r\n"), came(rest.end()))) for rest in rests]
    return [piece for _start, piece in sorted(found, key=lambda f: f[0]) if piece.text]
