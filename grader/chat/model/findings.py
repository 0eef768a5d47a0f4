"""From a journal to findings: the whole model, and nothing but its arguments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from grader.assignment.protocol import WELCOME, Framing
from grader.chat.journal import Act, Journal
from grader.chat.model import raw
from grader.chat.model.alignment import Alignment
from grader.chat.model.finding import Finding, Kind
from grader.chat.model.owed import Matter, Owed, Situation, owed, presences, situation
from grader.chat.model.received import Piece, pieces

FRAMING = {Kind.NEWLINES, Kind.UNTERMINATED}  # each is told once
GAPS = {Kind.MISSING, Kind.LATE}  # what follows from a crash or a cut-off is no finding


def findings(journal: Journal) -> tuple[Finding, ...]:
    """Every difference between what came and what had to come, in the order of the journal."""
    there = presences(journal)
    messages = owed(journal)
    differences = [*_ends(journal)]
    for who, presence in there.items():
        mine = [message for message in messages if message.receiver == who]
        came = pieces(journal, who)
        arrived = situation(journal, there, min(presence.named, len(journal.entries)))
        differences += _aligned(journal, who, came, mine, arrived)
        differences += _reversed(journal, who, came, arrived)
    differences.sort(key=lambda f: f.at)
    return tuple(_once(_without_consequences(differences)))


def _aligned(
    journal: Journal, who: str, came: list[Piece], mine: list[Owed], arrived: Situation
) -> list[Finding]:
    if journal.manners.framing is Framing.RAW:
        came = raw.messages_in(came, mine)
    return Alignment(who, mine, arrived).align(came)


def _reversed(
    journal: Journal, who: str, came: list[Piece], arrived: Situation
) -> Iterator[Finding]:
    """The two lines of a welcome have an order; nothing else has."""
    text = "\n".join(piece.text for piece in came)
    first, second = (text.find(line) for line in WELCOME)
    if journal.manners.welcomes and 0 <= second < first:
        yield Finding(
            Kind.REVERSED, who, came[0].at, arrived, Matter.WELCOME, who, WELCOME[0], WELCOME[1]
        )


def _ends(journal: Journal) -> Iterator[Finding]:
    """The server that ended, and connections that it ended."""
    there = presences(journal)
    for at, entry in enumerate(journal.entries):
        now = situation(journal, there, at)
        if entry.act is Act.CRASHES:
            yield Finding(Kind.CRASHED, "", at, now, got=entry.text)
        elif entry.act is Act.ENDS and at < there[entry.who].going:
            yield Finding(Kind.CUT_OFF, entry.who, at, now, about=entry.who, got=entry.text)


def _without_consequences(differences: list[Finding]) -> Iterator[Finding]:
    """Leave out what could not but follow: gaps after a crash, and around who was cut off."""
    crashed = min((f.at for f in differences if f.kind is Kind.CRASHED), default=None)
    cut_off = {f.who: f.at for f in differences if f.kind is Kind.CUT_OFF}
    for difference in differences:
        at = difference.at
        victims = [cut_off[who] for who in (difference.who, difference.about) if who in cut_off]
        if difference.kind is Kind.CUT_OFF and crashed is not None and at >= crashed - 1:
            continue
        if difference.kind in GAPS and crashed is not None and at >= crashed:
            continue
        if difference.kind in GAPS and any(at >= victim for victim in victims):
            continue
        yield difference


def _once(differences: Iterable[Finding]) -> Iterator[Finding]:
    """Tell of a framing that is wrong once, not for each message."""
    told: set[Kind] = set()
    for difference in differences:
        if difference.kind in told:
            continue
        if difference.kind in FRAMING:
            told.add(difference.kind)
        yield difference
