"""From a journal to what it shows: the whole model, and nothing but its arguments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from grader.assignment.protocol import WELCOME, Framing
from grader.chat.journal import Act, Journal
from grader.chat.model import raw
from grader.chat.model.alignment import Alignment
from grader.chat.model.consequences import GAPS, GREETINGS, counted
from grader.chat.model.finding import Finding, Kind
from grader.chat.model.owed import Duty, Matter, Owed, Presence, Situation, owed, presences
from grader.chat.model.owed import situation as situation_at
from grader.chat.model.received import Piece, pieces

ENDINGS = (Act.CRASHES, Act.REFUSED, Act.FLOODS, Act.ENDS)
DOINGS = (Act.ENTERS, Act.OFFERS, Act.NAMES, Act.SAYS, Act.LEAVES, Act.VANISHES)


@dataclass(frozen=True)
class Occasion:
    """Something that was due: what it is about, and when it was sent."""

    matter: Matter
    situation: Situation
    said: bool = True


@dataclass(frozen=True)
class Shown:
    """What a journal shows: what is wrong, and what there was an occasion for."""

    findings: tuple[Finding, ...]
    due: frozenset[Occasion]
    came: frozenset[Occasion]  # of these, where something came


def findings(journal: Journal) -> tuple[Finding, ...]:
    """Every difference between what came and what had to come, in the order of the journal."""
    return shown(journal).findings


def shown(journal: Journal) -> Shown:
    """All that a journal shows."""
    there = presences(journal)
    messages = owed(journal)
    differences = [*_ends(journal)]
    for who, presence in there.items():
        mine = [message for message in messages if message.receiver == who]
        came = pieces(journal, who)
        arrived = situation_at(journal, there, min(presence.named, len(journal.entries)))
        differences += _aligned(journal, who, came, mine, arrived)
        differences += _reversed(journal, who, came, arrived)
    differences = [_placed(journal, there, difference) for difference in differences]
    differences.sort(key=lambda f: f.at)
    told, excused = counted(journal, differences)
    return _shown(messages, differences, told, excused)


def _shown(
    messages: list[Owed],
    differences: Iterable[Finding],
    told: tuple[Finding, ...],
    excused: frozenset[tuple[Matter, Situation]],
) -> Shown:
    lost = {(f.who, f.text, f.since) for f in differences if f.kind is Kind.MISSING}
    silent = {(f.who, f.text, f.since) for f in told if f.kind is Kind.MISSING}
    due, came = set(), set()
    for message in messages:
        key = (message.receiver, message.text, message.since)
        occasion = Occasion(message.matter, message.situation, message.said)
        if message.duty is not Duty.MUST:
            continue
        if (message.matter, message.situation) in excused:
            continue
        if key not in lost:
            came.add(occasion)
        if key not in lost or key in silent:
            due.add(occasion)
    return Shown(told, frozenset(due), frozenset(came))


def _placed(journal: Journal, there: dict[str, Presence], difference: Finding) -> Finding:
    """A finding with what was done last before it, and how many were there then."""
    again = difference.kind is Kind.DOUBLED and difference.matter in GREETINGS
    about_text = difference.kind in GAPS or (difference.matter is not None and not again)
    at = difference.since if about_text else difference.at
    before = journal.entries[: at + 1]
    doing = next((entry for entry in reversed(before) if entry.act in DOINGS), None)
    present = sum(p.settled <= at < p.going for p in there.values())
    if difference.kind is Kind.CRASHED and doing is not None:
        # Who was greeted was in, though the server ended before anybody could tell.
        newcomer = there[doing.who].settled > at
        present += newcomer and WELCOME[-1] in _text(journal, doing.who)
    about = difference.about or (doing.who if doing else "")
    if difference.kind is Kind.UNASKED or again:  # what it is about may be long over
        difference = replace(difference, situation=situation_at(journal, there, difference.at))
    act = doing.act if doing else None
    return replace(difference, act=act, about=about, present=present)


def _text(journal: Journal, who: str) -> str:
    return "".join(e.text for e in journal.entries if e.who == who and e.act is Act.GETS)


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
    """The server that ended, connections that it ended, and floods."""
    there = presences(journal)
    for at, entry in enumerate(journal.entries):
        if entry.act not in ENDINGS:
            continue
        now = situation_at(journal, there, at)
        if entry.act is Act.CRASHES:
            yield Finding(Kind.CRASHED, "", at, now, got=entry.text)
        elif entry.act is Act.REFUSED:
            yield Finding(Kind.REFUSED, entry.who, at, now)
        elif entry.act is Act.FLOODS:
            yield Finding(Kind.FLOODED, entry.who, at, now)
        elif entry.act is Act.ENDS and at < there[entry.who].going:
            yield Finding(Kind.CUT_OFF, entry.who, at, now, about=entry.who, got=entry.text)
