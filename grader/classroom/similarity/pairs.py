"""Two pieces of work that are alike."""

from __future__ import annotations

import msgspec

STANDS_OUT = 0.4  # score of a pair that a teacher is to look at


class Pair(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two who handed in what is alike; the other may be somebody of an earlier class."""

    score: float  # 0 to 1
    one: str  # id of a person
    other: str  # id of a person, or what else it is like
    shared: int  # fingerprints
    name_one: str = ""
    name_other: str = ""
