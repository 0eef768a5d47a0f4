"""A transcript as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from grader.language import N_, _, figure
from grader.reports.sentences import say
from grader.result.check import CLIENT, SERVER, CheckResult, Event
from grader.result.verdict import EventKind

_CLIENT_DOES = {
    EventKind.PRINTS: N_("{who}'s client prints {text}"),
    EventKind.COMPLAINS: N_("{who}'s client complains {text}"),
}
_DOES = {
    EventKind.STARTS: N_("{who} starts the client"),
    EventKind.CONNECTS: N_("{who} connects {text}"),
    EventKind.COMES: N_("{who} comes {text}"),
    EventKind.SENDS: N_("{who} sends {text}"),
    EventKind.GETS: N_("{who} gets {text}"),
    EventKind.SEES: N_("{who} sees {text}"),
    EventKind.VANISHES: N_("{who} vanishes {text}"),
    EventKind.RUNS: N_("{who}'s thread: {text}"),
    EventKind.TYPES: N_("{who} types {text}"),
    EventKind.PRINTS: N_("{who} prints {text}"),
    EventKind.COMPLAINS: N_("{who} complains {text}"),
}
# These are quoted as they arrived; all others are told by their fact, if there is one.
_QUOTED = (
    EventKind.SENDS,
    EventKind.GETS,
    EventKind.TYPES,
    EventKind.PRINTS,
    EventKind.COMPLAINS,
)


def transcript(check: CheckResult) -> Iterator[str]:
    """The whole transcript, a line each; a step stands out as ``-- … --``."""
    for event in check.transcript:
        time = _("{time} ms").format(time=figure(f"{event.at * 1000:8.1f}"))
        yield f"{time}  {_line(event)}"


def _line(event: Event) -> str:
    if event.kind is EventKind.STEP:
        return f"-- {say(event.fact)} --"
    if event.kind is EventKind.OMITTED:
        return say(event.fact)
    client = event.kind is not EventKind.RUNS and event.who not in (
        SERVER,
        CLIENT,
    )  # who prints there is somebody's client
    sentence = (_CLIENT_DOES if client else _DOES).get(event.kind, _DOES[event.kind])
    text = repr(event.text) if event.kind in _QUOTED else say(event.fact)
    words = _(sentence).format(who=shown(event.who), text=text).strip()
    return _("{words} (fence)").format(words=words) if event.fence else words


def shown(who: str) -> str:
    """The name to show: the server and the client have one in each language."""
    return {SERVER: _("server"), CLIENT: _("the client")}.get(who, who)
