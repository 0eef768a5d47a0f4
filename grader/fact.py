"""What is to be said, before it is known in which words: a code, and what goes into it.

``grader.reports.sentences`` has a sentence for each code; nothing else makes one.
"""

from __future__ import annotations

from typing import Union

import msgspec

# A text as it came, a number, another fact, or several texts or facts.
Argument = Union[str, int, float, "Fact", tuple[Union[str, "Fact"], ...]]


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that a report can say in any language."""

    code: str  # "message-lost"
    arguments: dict[str, Argument]


class FactError(Exception):
    """Something that a user is to be told in one line, which ends what was asked for."""

    def __init__(self, why: Fact) -> None:
        super().__init__(why.code)
        self.fact = why


class MachineError(FactError):
    """What a check needs and the machine lacks: an ERROR, and nobody's failure."""


def fact(code: str, **arguments: Argument) -> Fact:
    """A fact; texts in it become such that JSON can write them."""
    return Fact(code, {name: _writable(value) for name, value in arguments.items()})


def quoted(*texts: str) -> Fact:
    """Several texts that came, one behind the other; or that nothing came."""
    return fact("texts", texts=texts) if texts else fact("nothing")


def writable(text: str) -> str:
    """A text without lone surrogates, which UTF-8 cannot write: they become Python escapes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _writable(value: Argument) -> Argument:
    if isinstance(value, str):
        return writable(value)
    if isinstance(value, tuple):
        return tuple(writable(item) if isinstance(item, str) else item for item in value)
    return value
