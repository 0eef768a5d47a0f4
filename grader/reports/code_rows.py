"""The rows about the student's code: what it raised, and where its threads stand."""

from __future__ import annotations

from collections.abc import Sequence

from grader.fact import fact
from grader.language import _, ngettext
from grader.reports.sentences import say
from grader.result.check import CheckResult, Place, Raised, Standing

MAIN = "MainThread"  # as threading calls it
MOST = 4  # lines in which threads stand


def at(place: Place) -> str:
    """``tcp_server.py, line 41``."""
    return _("{file}, line {number}").format(file=place.file, number=place.line)


def error(raised: Raised) -> str:
    """``NameError: name 'nme' is not defined``."""
    return f"{raised.error}: {raised.text}" if raised.text else raised.error


def raised(raised: Raised) -> str:
    """An exception, and below it the line that raised it."""
    text = error(raised)
    if raised.thread:
        text = _("{error} (in thread {thread})").format(error=text, thread=raised.thread)
    return f"{text}\n{_line(raised.place, raised.code)}" if raised.place else text


def standing(threads: Sequence[Standing]) -> str:
    """Where threads stand: a line each, those that stand in the same line together."""
    together: dict[tuple[Place, str], list[str]] = {}
    for one in reversed(threads):  # the main thread comes last
        together.setdefault((one.place, one.code), []).append(one.thread)
    lines = [f"{_who(names)}: {_line(*where)}" for where, names in together.items()]
    more = len(lines) - MOST
    return "\n".join(lines[:MOST] + ([_("{count} more").format(count=more)] if more > 0 else []))


def why(check: CheckResult) -> str:
    """What a line that has room for one reason says of the code; or nothing."""
    if check.cause:
        return say(check.cause)
    return error(check.raised[0]) if check.raised else ""


def _line(place: Place, code: str) -> str:
    return f"{at(place)}: {code}"


def _who(names: Sequence[str]) -> str:
    if len(names) > 1:
        count = ngettext("{count} thread", "{count} threads", len(names))
        return count.format(count=len(names))
    if names[0] == MAIN:
        return say(fact("main-thread"))
    return say(fact("thread-named", name=names[0]) if names[0] else fact("another-thread"))
