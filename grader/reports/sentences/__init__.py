"""The sentences for facts: a table for each kind, and what makes one of them out of a fact.

The tables have the English sentences; the catalog has the others. A text that somebody sent is
quoted as Python quotes it (``{text!r}``), so that every blank of it is seen.
"""

from __future__ import annotations

from collections.abc import Mapping

from grader.fact import Argument, Fact
from grader.language import Sentence, _, figure, ngettext
from grader.reports.calling import COMMAND
from grader.reports.sentences.asked_for import ASKED_FOR
from grader.reports.sentences.causes import CAUSES
from grader.reports.sentences.classes import CLASSES
from grader.reports.sentences.failures import FAILURES
from grader.reports.sentences.handed_in import HANDED_IN
from grader.reports.sentences.hints import HINTS
from grader.reports.sentences.machine import MACHINE
from grader.reports.sentences.own import OWN
from grader.reports.sentences.steps import STEPS
from grader.reports.sentences.values import VALUES

SENTENCES: Mapping[str, Sentence] = {
    **STEPS,
    **FAILURES,
    **CAUSES,
    **VALUES,
    **HANDED_IN,
    **ASKED_FOR,
    **MACHINE,
    **CLASSES,
    **OWN,
}
# What every sentence may say, whatever its fact: how the reader calls the grader.
KNOWN: Mapping[str, str] = {"command": COMMAND}


class _Several(tuple[str, ...]):
    """Several texts in a sentence: quoted or not, with commas between them."""

    __slots__ = ()

    def __repr__(self) -> str:
        return ", ".join(map(repr, self))

    def __format__(self, _form: str) -> str:
        return ", ".join(self)


class _Number:
    """A number in a sentence, as the language in use writes it."""

    def __init__(self, value: float) -> None:
        self.value = value

    def __format__(self, form: str) -> str:
        return figure(format(self.value, form))


def say(fact: Fact | None) -> str:
    """A fact in the language in use; nothing for none.

    A code that is not in the tables, as in the result of another rubric, is shown as it is, and
    so is one whose arguments are not those of its sentence. No fact makes this raise.
    """
    if fact is None:
        return ""
    values = {name: _value(argument) for name, argument in fact.arguments.items()}
    if fact.code == "task" and "title" in values:  # the kit's, in the skeleton's language
        values["title"] = _(str(values["title"]))
    known = {**KNOWN, **values}
    sentence = SENTENCES.get(fact.code)
    try:
        if isinstance(sentence, tuple):
            return ngettext(*sentence, _count(values["count"])).format(**known)
        if sentence is not None:
            return _(sentence).format(**known)
    except (KeyError, TypeError, ValueError, OverflowError):
        pass
    return ", ".join([fact.code, *(f"{name} {value}" for name, value in values.items())])


def hint(failure: Fact | None) -> str:
    """What to look at next after a failure; nothing where no hint would help."""
    return _(HINTS.get(failure.code, "")) if failure else ""


def _count(value: object) -> float:
    if not isinstance(value, _Number):
        raise TypeError("expected a number")
    return value.value


def _value(argument: Argument) -> object:
    if isinstance(argument, Fact):
        return say(argument)
    if isinstance(argument, tuple):
        return _Several(say(item) if isinstance(item, Fact) else item for item in argument)
    if isinstance(argument, int | float):
        return _Number(argument)
    return argument
