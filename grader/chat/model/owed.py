"""What each inbox must hold, may hold and must not hold, from what the participants did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from grader.assignment import protocol
from grader.assignment.protocol import Framing
from grader.chat.journal import Act, Entry, Journal, Vanishing

NEVER_YET = 1 << 30  # behind the end of every journal


class Matter(str, Enum):
    """What a message of the server's is about."""

    NAME = "name"  # from a client
    REQUEST = "request"
    WELCOME = "welcome"
    JOIN = "join"
    TEXT = "text"
    LEAVE = "leave"


class Duty(str, Enum):
    """Whether a message has to come."""

    MUST = "must"  # exactly once
    MAY = "may"  # at most once
    NEVER = "never"


class Situation(str, Enum):
    """When a message was sent: it decides which check is about it."""

    TWO = "two"  # two are there
    MANY = "many"
    AFTER_LEAVE = "after-leave"
    AFTER_VANISH = "after-vanish"


@dataclass(frozen=True)
class Owed:
    """One message to one receiver. ``since`` and ``due`` are positions in the journal."""

    receiver: str
    matter: Matter
    about: str  # who speaks, joins or leaves
    text: str
    since: int
    due: int  # by then it has come, or is missing
    duty: Duty
    situation: Situation
    said: bool = True  # of a leave notice: whether whoever left said so
    afterwards: bool = False  # it must never come, since the receiver had left


@dataclass
class Presence:
    """When somebody was there, as positions in the journal."""

    entered: int = NEVER_YET
    named: int = NEVER_YET
    settled: int = NEVER_YET
    going: int = NEVER_YET  # said goodbye, or vanished
    gone: int = NEVER_YET  # the first quiet after that
    vanished: bool = False  # without a word: a server need not know


@dataclass(frozen=True)
class _News:
    """Something that is told to everybody else."""

    matter: Matter
    about: str
    text: str
    at: int
    due: int
    sure: bool = True  # False: it may get lost, or need not be told
    said: bool = True


def presences(journal: Journal) -> dict[str, Presence]:
    """When each participant was there."""
    found: dict[str, Presence] = {}
    for at, entry in enumerate(journal.entries):
        if not entry.who:
            continue
        here = found.setdefault(entry.who, Presence())
        match entry.act:
            case Act.ENTERS:
                here.entered = at
            case Act.NAMES:
                here.named = at
            case Act.SETTLES:
                here.settled = at
            case Act.LEAVES | Act.VANISHES:
                here.going, here.gone = at, _quiet_after(journal, at)
                here.vanished = entry.act is Act.VANISHES
    return found


def owed(journal: Journal) -> list[Owed]:
    """Everything that is owed to anybody, and what nobody may get."""
    there = presences(journal)
    messages = [*_greetings(journal, there)]
    for news in _news(journal, there):
        now = situation(journal, there, news.at)
        for receiver, presence in there.items():
            duty = _duty(news, receiver, presence, alone=_is_alone(there, news))
            messages.append(
                Owed(
                    receiver, news.matter, news.about, news.text,
                    news.at, news.due, duty, now, news.said, news.at >= presence.gone,
                )
            )  # fmt: skip
    return messages


def _is_alone(there: dict[str, Presence], news: _News) -> bool:
    """Whether nobody was there to be told: then nothing tells when a server had told everybody."""
    return not any(p.settled <= news.at < p.going for p in there.values())


def _duty(news: _News, receiver: str, presence: Presence, *, alone: bool) -> Duty:
    """Whether a receiver has to get some news: the model's rule of windows."""
    if receiver == news.about:
        return Duty.NEVER  # an echo, one's own join notice
    if alone and news.matter is Matter.JOIN and news.at < presence.gone:
        return Duty.MAY
    if news.due < presence.named:
        return Duty.NEVER
    if news.at >= presence.gone:
        return Duty.MAY if presence.vanished else Duty.NEVER
    settled = presence.settled <= news.at
    stays = news.due <= presence.going
    return Duty.MUST if settled and stays and news.sure else Duty.MAY


def _news(journal: Journal, there: dict[str, Presence]) -> Iterator[_News]:
    resets = journal.manners.framing is not Framing.DATAGRAMS  # there an end can be noticed
    for at, entry in _deeds(journal):
        due = _quiet_after(journal, at)
        if entry.act is Act.SAYS:
            presence = there[entry.who]
            lost = presence.going < due and _is_reset(journal.entries, presence.going)
            yield _News(Matter.TEXT, entry.who, entry.text, at, due, sure=not lost)
        elif entry.act is Act.NAMES:
            in_ = there[entry.who].settled < NEVER_YET
            yield _News(Matter.JOIN, entry.who, protocol.joined(entry.text), at, due, sure=in_)
        elif entry.act is Act.LEAVES:
            yield _News(Matter.LEAVE, entry.who, protocol.left(entry.who), at, due)
        elif entry.act is Act.VANISHES and there[entry.who].named < NEVER_YET:
            text = protocol.left(entry.who)
            yield _News(Matter.LEAVE, entry.who, text, at, due, sure=resets, said=False)
        elif entry.act is Act.ENDS and at < there[entry.who].going:
            # A server that has cut somebody off may tell the others.
            yield _News(Matter.LEAVE, entry.who, protocol.left(entry.who), at, due, sure=False)


def _deeds(journal: Journal) -> Iterator[tuple[int, Entry]]:
    """What is no piece that came: of those there may be very many."""
    return ((at, e) for at, e in enumerate(journal.entries) if e.act is not Act.GETS)


def _is_reset(entries: tuple[Entry, ...], at: int) -> bool:
    return entries[at].act is Act.VANISHES and entries[at].text == Vanishing.RESET.value


def _greetings(journal: Journal, there: dict[str, Presence]) -> Iterator[Owed]:
    """The requests and the welcome, as far as the server sends any."""
    manners = journal.manners
    for at, entry in _deeds(journal):
        due, who = _quiet_after(journal, at), entry.who
        now = situation(journal, there, at)
        asked = entry.act is Act.OFFERS or (
            entry.act is Act.ENTERS and manners.framing is not Framing.DATAGRAMS
        )
        if asked and manners.asks:
            text = protocol.NAME_REQUEST
            yield Owed(who, Matter.REQUEST, who, text, at, due, Duty.MUST, now)
        if entry.act is Act.NAMES and manners.welcomes:
            for line in protocol.WELCOME:
                yield Owed(who, Matter.WELCOME, who, line, at, due, Duty.MUST, now)


def _quiet_after(journal: Journal, at: int) -> int:
    """The first quiet behind a position; the end of the journal where there is none."""
    entries = journal.entries
    later = range(at + 1, len(entries))
    return next((n for n in later if entries[n].act is Act.QUIET), len(entries))


def situation(journal: Journal, there: dict[str, Presence], at: int) -> Situation:
    """What a message is about that is sent at this place."""
    before = journal.entries[:at]
    if any(entry.act is Act.VANISHES for entry in before):
        return Situation.AFTER_VANISH
    if any(entry.act is Act.LEAVES for entry in before):
        return Situation.AFTER_LEAVE
    present = sum(p.settled <= at < p.going for p in there.values())
    return Situation.MANY if present > 2 else Situation.TWO
