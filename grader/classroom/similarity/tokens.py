"""A program as tokens that stay the same when somebody renames, reformats and comments."""

from __future__ import annotations

import io
import keyword
import tokenize
import zlib
from collections.abc import Iterator
from typing import NamedTuple

KEPT = frozenset(keyword.kwlist)
DROPPED = frozenset(
    {
        *(tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT),
        *(tokenize.ENCODING, tokenize.ENDMARKER),
    }
)
# From Python 3.12 on a formatted string is many tokens: here it is one, as before.
STARTS = getattr(tokenize, "FSTRING_START", -1)
ENDS = getattr(tokenize, "FSTRING_END", -1)
NAME, STRING, NUMBER = "name", "string", "number"
MOST = 60_000  # tokens of one file


class Token(NamedTuple):
    """A token: a number that stands for what it is, and its line."""

    value: int
    line: int


def tokens(source: str) -> list[Token]:
    """The tokens of a file, as far as it can be read."""
    found: list[Token] = []
    try:
        for kind, line in _kinds(source):
            found.append(Token(zlib.crc32(kind.encode()), line))
            if len(found) >= MOST:
                break
    except (tokenize.TokenError, SyntaxError, ValueError, RecursionError):
        pass  # what comes before is compared
    return found


def _kinds(source: str) -> Iterator[tuple[str, int]]:
    depth = 0  # of formatted strings in one another
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == STARTS:
            depth += 1
            if depth == 1:
                yield STRING, token.start[0]
        elif token.type == ENDS:
            depth -= 1
        elif not depth and token.type not in DROPPED:
            yield _kind(token), token.start[0]


def _kind(token: tokenize.TokenInfo) -> str:
    if token.type == tokenize.NAME:
        return token.string if token.string in KEPT else NAME
    if token.type == tokenize.STRING:
        return STRING
    return NUMBER if token.type == tokenize.NUMBER else token.string
