"""Scenarios that nobody has played: journals by hand, as a check gets them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from msgspec.structs import replace

from grader.assignment.variants import TCP, Role, Variant
from grader.chat.dialect import Dialect
from grader.chat.journal import Act, Journal, Manners
from grader.chat.model import client, findings
from grader.chat.played import Played
from grader.fact import Fact, fact
from grader.grading.pytest_plugin.playing import Journals
from grader.result.check import Event
from grader.result.verdict import EventKind, Evidence
from support.journals import LINES, journal

WHAT_PEOPLE_DO = {Act.ENTERS, Act.SAYS, Act.LEAVES, Act.VANISHES, Act.TELLS}


def played(name: str, steps: str, manners: Manners = LINES, end: Fact | None = None) -> Played:
    """A scenario that went like this; one second passes from each entry to the next."""
    written = journal(steps, manners)
    timed = (replace(entry, at=float(at)) for at, entry in enumerate(written.entries))
    whole = Journal(manners, tuple(timed))
    shown = client.shown(whole) if name.startswith("client-") else findings.shown(whole)
    transcript = tuple(
        Event(entry.at, EventKind.STEP, "", "", fact("leaves", name=entry.who), False)
        for entry in whole.entries
        if entry.act in WHAT_PEOPLE_DO
    )
    return Played(
        name,
        journal=whole,
        shown=shown,
        transcript=transcript,
        unwritten=(),
        end=end,
        starved=False,
        may_lack=False,
    )


@dataclass
class Told(Journals):
    """Journals of scenarios that were told, and not played; which were asked for is kept."""

    stories: Mapping[str, Played]
    learnt: Dialect = field(default_factory=Dialect)
    variant: Variant = TCP
    used: list[Played] = field(default_factory=list)
    deciding: Played | None = None
    transcript: tuple[Event, ...] = ()
    evidence: set[Evidence] = field(default_factory=set)
    asked: list[str] = field(default_factory=list)

    def dialect(self, role: Role) -> Dialect:
        del role
        return self.learnt

    def played(self, name: str, scenario: object) -> Played:
        del scenario
        self.asked.append(name)
        return self.stories.get(name) or played(name, "")

    def played_client(self, name: str, scenario: object) -> Played:
        return self.played(name, scenario)


def told(stories: Mapping[str, str], learnt: Dialect | None = None) -> Told:
    """What a check gets of scenarios that went like this, by name."""
    known = {name: played(name, steps) for name, steps in stories.items()}
    return Told(known, learnt or Dialect(server_framing=LINES.framing, relays=True, welcomes=True))
