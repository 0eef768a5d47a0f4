"""A transcript as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from grader.verdict import CheckResult, Event

TRAFFIC = ("sends", "gets", "types", "prints", "complains")  # what is said as it is


def transcript(check: CheckResult) -> Iterator[str]:
    """The whole transcript, a line each; a step stands out as ``-- … --``."""
    for event in check.transcript:
        yield f"{event.at * 1000:8.1f} ms  {_what(event)}"


def _what(event: Event) -> str:
    if event.kind == "step":
        return f"-- {event.text} --"
    if event.kind == "omitted":
        return f"(and {event.text} events more)"
    text = repr(event.text) if event.kind in TRAFFIC else event.text
    words = " ".join(filter(None, (event.who, event.kind, text)))
    return f"{words} (fence)" if event.fence else words
