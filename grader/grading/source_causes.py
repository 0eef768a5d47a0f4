"""What of a source made a failure, where its texts show it: for the explanation alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from grader.assignment import protocol
from grader.fact import fact
from grader.grading.causes import Cause
from grader.grading.shown import said_last, text_of
from grader.result.check import CheckResult, Place
from grader.submission import literals
from grader.submission.tree import modules

# What somebody says of no other words than these is that somebody has left.
ABOUT_LEAVING = ("left", "leave", "exit", "quit")


def cause_of(result: CheckResult, sources: Mapping[str, str]) -> Cause | None:
    """The cause that shows in what came and in the source."""
    try:
        return next(_causes(result, sources), None)
    except RecursionError:  # what nests so deep is not read
        return None


def place_of(result: CheckResult, sources: Mapping[str, str]) -> Place | None:
    """The one line that has made a text that came in other words than it should have."""
    try:
        made = literals.made(modules(sources), _came(result)) if _came(result) else None
    except RecursionError:
        return None
    return Place(made.file, made.line) if made else None


def _causes(result: CheckResult, sources: Mapping[str, str]) -> Iterator[Cause]:
    known = modules(sources)
    made = literals.made(known, _came(result)) if _came(result) else None
    if made is not None and made.unfilled:
        place = Place(made.file, made.line)
        yield Cause(fact("forgot-f", line=made.line), place)
    said = protocol.text_of(said_last(result)) if _cuts_off(result) else ""
    for one in literals.sought(known) if said else ():
        if one.word.strip("* ") in ABOUT_LEAVING and one.is_in(said):
            place = Place(one.file, one.line)
            yield Cause(fact("leaves-at-a-word", line=one.line, word=one.word), place)


def _cuts_off(result: CheckResult) -> bool:
    return result.message is not None and result.message.code == "cut-off"


def _came(result: CheckResult) -> str:
    """A text that came and is none that should have come."""
    got, expected = result.got, result.expected
    if got is None or got.code != "text" or expected is None:
        return ""
    text = got.arguments["text"]
    right = {text_of(result), expected.arguments.get("text")}
    return text if isinstance(text, str) and text not in right else ""
