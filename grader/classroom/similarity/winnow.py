"""Fingerprints of programs, by winnowing (Schleimer, Wilkerson, Aiken 2003).

Every K tokens in a row have a hash; of every WINDOW hashes in a row the smallest is kept. Two
programs that share K + WINDOW - 1 tokens in a row share a fingerprint, wherever these stand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from grader.classroom.similarity.tokens import Token, tokens

K, WINDOW = 17, 4
BASE, MODULUS = 1_000_003, (1 << 61) - 1


class Place(NamedTuple):
    """Where a fingerprint stands in what somebody handed in."""

    file: str
    first: int  # line
    last: int


Prints = Mapping[int, Place]


def prints(files: Mapping[str, str]) -> dict[int, Place]:
    """The fingerprints of all files of a submission, each where it stands first."""
    found: dict[int, Place] = {}
    for name in sorted(files):
        read = tokens(files[name])
        for at, value in _winnowed(_hashes(read)):
            found.setdefault(value, Place(name, read[at].line, read[at + K - 1].line))
    return found


def _hashes(read: list[Token]) -> list[int]:
    """The hash of every K tokens in a row."""
    lead = pow(BASE, K, MODULUS)
    value, made = 0, []
    for at, token in enumerate(read):
        value = (value * BASE + token.value + 1) % MODULUS
        if at >= K:
            value = (value - (read[at - K].value + 1) * lead) % MODULUS
        if at >= K - 1:
            made.append(value)
    return made


def _winnowed(hashes: list[int]) -> Iterable[tuple[int, int]]:
    """The smallest of every WINDOW hashes in a row, the last one of equals; each once."""
    last = -1
    for start in range(max(len(hashes) - WINDOW + 1, min(len(hashes), 1))):
        window = hashes[start : start + WINDOW]
        least = min(window)
        at = start + len(window) - 1 - window[::-1].index(least)
        if at != last:
            last = at
            yield at, least
