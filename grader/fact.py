"""A message to people, before it is put into words: a code with arguments.

``grader.reports.sentences`` has a sentence for each code; nothing else makes one.
"""

from __future__ import annotations

from typing import Annotated, Union

import msgspec
from msgspec import Meta

# A text as it came, a number, another fact, or several texts or facts.
Argument = Union[str, int, float, "Fact", tuple[Union[str, "Fact"], ...]]
MAX_DEPTH = 8  # of facts in facts; ours have three, and the code that walks through them recurses


class Fact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that a report can say in any language."""

    code: Annotated[str, Meta(description='which sentence, such as "message-missing"')]
    arguments: Annotated[
        dict[str, Argument],
        Meta(description="the arguments of the sentence: texts, numbers, other facts"),
    ]

    def __post_init__(self) -> None:
        """Refuse a fact that is nested too deeply. Raises ValueError."""
        if self.depth > MAX_DEPTH:
            raise ValueError(f"expected at most {MAX_DEPTH} facts in one another, got more")

    @property
    def depth(self) -> int:
        """How many facts are in one another here: 1 for one without others."""
        values = self.arguments.values()
        items = [item for v in values for item in (v if isinstance(v, tuple) else (v,))]
        return 1 + max((item.depth for item in items if isinstance(item, Fact)), default=0)


class FactError(Exception):
    """An error that the user is told in one line; it ends the command."""

    def __init__(self, why: Fact) -> None:
        super().__init__(why.code)
        self.fact = why


class MachineError(FactError):
    """Something that a check needs and the machine lacks: an ERROR, not the student's failure."""


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
