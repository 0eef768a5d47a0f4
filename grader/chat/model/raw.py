"""The inbox of a server that sends no newlines: text in which messages are looked for.

What was said is unguessable, and no text is a part of another one; so a message has come when its
text stands somewhere in what came. Newlines and the edges of chunks do not count.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate, islice

from grader.chat.model.owed import Matter, Owed
from grader.chat.model.received import Piece

SEEN = "\0"  # takes the place of a message that was found; no server sends it and is decoded


def messages_in(pieces: list[Piece], owed: list[Owed]) -> list[Piece]:
    """The messages that stand in some text, and what is left between them.

    A name alone stands in whatever its user says, too: only the first one is it.
    """
    names = {message.text for message in owed if message.matter is Matter.NAME}
    text = "".join(piece.text for piece in pieces).replace(SEEN, "?")
    ends = list(accumulate(len(piece.text) for piece in pieces))

    def came(end: int) -> int:
        """Where in the journal the text up to this place had come."""
        return pieces[bisect_left(ends, end)].at

    found: list[tuple[int, Piece]] = []
    for wanted in sorted({message.text for message in owed} - {""}, key=len, reverse=True):
        most = 1 if wanted in names else len(text)
        matches = islice(re.finditer(re.escape(wanted), text), most)
        found += [(match.start(), Piece(wanted, came(match.end()))) for match in matches]
        text = text.replace(wanted, SEEN * len(wanted), most)
    rests = re.finditer(f"[^{SEEN}]+", text)
    found += [(rest.start(), Piece(rest[0].strip("\r\n"), came(rest.end()))) for rest in rests]
    return [piece for _start, piece in sorted(found, key=lambda f: f[0]) if piece.text]
