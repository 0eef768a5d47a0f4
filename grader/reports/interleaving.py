"""How two threads of a server ran, in order: two columns, one for each thread."""

from __future__ import annotations

from collections.abc import Iterator

from grader.fact import Fact
from grader.language import _
from grader.reports.escape import visible
from grader.result.check import CheckResult, Event
from grader.result.verdict import EventKind

COLUMN = 31  # characters: two columns and what stands before them fit into 80
HELD, GOES_ON = "held-before-line", "goes-on-with-line"
MOST = 30  # lines


def lines_run(check: CheckResult) -> list[Event]:
    """What threads of the server ran, as far as it is told."""
    return [event for event in check.transcript if event.kind is EventKind.RUNS]


def thread_of(who: str) -> str:
    """What the thread of the server is called that serves somebody."""
    return _("{who}'s thread").format(who=who)


def columns(check: CheckResult) -> str:
    """A line of text for each line that ran; nothing where none is told."""
    return "\n".join(_columns(lines_run(check)))


def _columns(events: list[Event]) -> Iterator[str]:
    if not events:
        return
    first = events[0].who
    second = next((event.who for event in events if event.who != first), "")
    names = [thread_of(who) if who else "" for who in (first, second)]
    yield _row(*names)
    shown = events[:MOST]
    for event in shown:
        text = _code(event.fact)
        yield _row(text) if event.who == first else _row("", text)
    if len(events) > MOST:
        yield "…"


def _code(fact: Fact | None) -> str:
    """``163 with users_lock:``; a thread that is held stands before its line."""
    if fact is None:
        return ""
    line, code = fact.arguments.get("line"), fact.arguments.get("text")
    if fact.code == HELD:
        return _("(held before line {line})").format(line=line)
    return f"{line} {code}"


def _row(left: str, right: str = "") -> str:
    shown = [visible(text, COLUMN) for text in (left, right)]
    return f"{shown[0]:<{COLUMN}} {shown[1]}".rstrip()
