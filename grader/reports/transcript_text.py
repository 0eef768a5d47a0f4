"""A transcript as lines of text."""

from __future__ import annotations

from collections.abc import Iterator

from grader.language import N_, _, ngettext
from grader.result.verdict import CheckResult, Event

KINDS = {
    "starts": N_("{who} starts {text}"),
    "connects": N_("{who} connects {text}"),
    "comes": N_("{who} comes {text}"),
    "sends": N_("{who} sends {text}"),
    "gets": N_("{who} gets {text}"),
    "sees": N_("{who} sees {text}"),
    "vanishes": N_("{who} vanishes {text}"),
    "types": N_("{who} types {text}"),
    "prints": N_("{who} prints {text}"),
    "complains": N_("{who} complains {text}"),
}
TRAFFIC = ("sends", "gets", "types", "prints", "complains")  # what is said as it is


CLIENT = "'s client"  # what a student's client is called in a transcript, behind its user's name


def transcript(check: CheckResult) -> Iterator[str]:
    """The whole transcript, a line each; a step stands out as ``-- … --``."""
    for event in check.transcript:
        time = _("{time} ms").format(time=f"{event.at * 1000:8.1f}")
        yield f"{time}  {_what(event)}"


def _what(event: Event) -> str:
    if event.kind == "step":
        return f"-- {event.text} --"
    if event.kind == "omitted":
        more = ngettext("(and {count} event more)", "(and {count} events more)", int(event.text))
        return more.format(count=event.text)
    text = repr(event.text) if event.kind in TRAFFIC else event.text
    said = _(KINDS.get(event.kind, "{who} {kind} {text}"))
    words = said.format(who=shown(event.who), kind=event.kind, text=text).strip()
    return _("{words} (fence)").format(words=words) if event.fence else words


def shown(who: str) -> str:
    """Somebody in words: a transcript names them in the same way in every language."""
    if who.endswith(CLIENT):
        return _("{name}'s client").format(name=who.removesuffix(CLIENT))
    return {"server": _("server"), "the client": _("the client")}.get(who, who)
