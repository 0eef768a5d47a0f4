"""The people of a class, what each handed in, and what a teacher decided: plain data."""

from __future__ import annotations

import re
import unicodedata

import msgspec

from grader.fact import Fact

Files = dict[str, bytes]  # by their names, which may have folders in them, with slashes


class Person(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who has a row of their own."""

    id: str  # as the LMS has it, else made of the name; a file can be called so
    name: str
    group: str = ""
    email: str = ""
    late: bool = False
    absent: bool = False  # in the roster, and nothing came
    place: str = ""  # what it was in the folder or zip
    there: tuple[str, ...] = ()  # where nothing could be graded: what is there instead
    forgotten: bool = False  # of whom only statistics are left
    troubles: tuple[Fact, ...] = ()  # what was refused, and why there is nothing to grade


class Handed(msgspec.Struct, frozen=True):
    """One submission as it came in: whose, and its files; no files where there are none to grade.

    ``names`` are what the roster may know the person by, in the order of their weight.
    """

    person: Person
    files: Files
    names: tuple[str, ...] = ()


class Attempt(msgspec.Struct, frozen=True):
    """What somebody handed in at one time."""

    person: str  # id
    number: int  # from 1
    digest: str  # of the files


class Decision(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a teacher decided about a person: about a check, or about the mark if it names none."""

    person: str  # id
    check: str  # id of a check, or empty
    value: float  # points, or the mark
    reason: str


def slug(text: str) -> str:
    """An id made of a name: letters, digits, ``-`` and ``_``; it can be a file's name anywhere."""
    plain = unicodedata.normalize("NFC", text)
    made = re.sub(r"[^\w-]+", "-", plain).strip("-_")[:80]
    return made or "unnamed"


def plain_name(text: str) -> str:
    """A name by which two lists can be joined: its words in alphabetical order, in small letters.

    "Иванов, Пётр" and "Пётр Иванов" are the same.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().replace("ё", "е")
    return " ".join(sorted(re.findall(r"\w+", folded)))
