"""Journals written by hand, one step a line, and findings as short as they are told apart.

``+ alice`` is a join, all of it right; ``alice: hello > bob carol`` is a message and who got it;
``- alice > bob`` is a goodbye and ``! alice reset > bob`` an end without one, each with those who
got the notice. All of these are waited for. Any other line is one entry: ``bob gets alice: hello``,
``bob gets~ alice: he`` for a piece that is not whole, ``quiet``.
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.assignment import protocol
from grader.assignment.protocol import Framing
from grader.chat.journal import Act, Entry, Journal, Manners
from grader.chat.model.finding import Finding

LINES = Manners()
DATAGRAMS = Manners(Framing.DATAGRAMS)
RAW = Manners(Framing.RAW)
NOBODYS = {Act.QUIET, Act.CRASHES}


def journal(steps: str, manners: Manners = LINES) -> Journal:
    """The journal of these steps."""
    return Journal(manners, tuple(_Writer(manners).written(steps)))


def told(findings: tuple[Finding, ...]) -> list[str]:
    """Each finding as kind, receiver and text: ``missing bob alice: hello``."""
    return [" ".join(filter(None, (f.kind.value, f.who, f.text or f.got))) for f in findings]


class _Writer:
    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._end = manners.framing.end.decode()
        self._present: list[str] = []

    def written(self, steps: str) -> Iterator[Entry]:
        for step in filter(None, (line.lstrip() for line in steps.split("\n"))):
            yield from self._step(step)

    def _step(self, step: str) -> Iterator[Entry]:
        deed, arrow, receivers = step.partition(" >")
        first, _, rest = deed.partition(" ")
        if first == "+":
            yield from self._join(rest)
        elif first == "-":
            yield from self._go(rest, Entry(Act.LEAVES, rest, protocol.left(rest)), receivers)
        elif first == "!":
            who, _, how = rest.partition(" ")
            yield from self._go(who, Entry(Act.VANISHES, who, how), receivers)
        elif first.endswith(":") and arrow:
            yield Entry(Act.SAYS, first[:-1], deed)
            yield from self._everywhere(deed, receivers.split())
        else:
            yield self._entry(step)

    def _join(self, who: str) -> Iterator[Entry]:
        yield Entry(Act.ENTERS, who)
        if self._manners.asks and self._manners.framing is not Framing.DATAGRAMS:
            yield self._comes(who, protocol.NAME_REQUEST)
        yield Entry(Act.NAMES, who, who)
        for line in protocol.WELCOME if self._manners.welcomes else ():
            yield self._comes(who, line)
        yield from self._everywhere(protocol.joined(who), self._present)
        yield Entry(Act.SETTLES, who)
        self._present.append(who)

    def _go(self, who: str, deed: Entry, receivers: str) -> Iterator[Entry]:
        self._present.remove(who)
        yield deed
        yield from self._everywhere(protocol.left(who), receivers.split())

    def _everywhere(self, line: str, receivers: list[str]) -> Iterator[Entry]:
        yield from (self._comes(who, line) for who in receivers)
        yield Entry(Act.QUIET, "")

    def _comes(self, who: str, line: str) -> Entry:
        return Entry(Act.GETS, who, line + self._end)

    def _entry(self, step: str) -> Entry:
        first, _, rest = step.partition(" ")
        if first in {act.value for act in NOBODYS}:
            return Entry(Act(first), "", rest)
        doing, _, text = rest.partition(" ")
        if doing in ("gets~", "shows~"):
            return Entry(Act(doing[:-1]), first, text)
        act = Act(doing)
        if act is Act.GETS:
            return self._comes(first, text)
        if act in (Act.SAYS, Act.TELLS):
            speaker, _, words = text.partition(" ") if act is Act.TELLS else (first, "", text)
            return Entry(act, first, protocol.message(speaker, words))
        if act is Act.SHOWS:
            return Entry(act, first, f"{text}\n")
        return Entry(act, first, text or _usual(act, first))


def _usual(act: Act, who: str) -> str:
    return {Act.NAMES: who, Act.LEAVES: protocol.left(who)}.get(act, "")
