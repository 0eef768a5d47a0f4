"""From a finding to what a failure says: in codes, which a report puts into words."""

from __future__ import annotations

import math
from collections.abc import Mapping

from grader.assignment.protocol import Framing
from grader.assignment.tasks import task_of_message
from grader.assignment.variants import TCP, UDP, Role
from grader.chat.failure import Failure
from grader.chat.journal import Act
from grader.chat.model.finding import Finding, Kind
from grader.chat.model.owed import Matter
from grader.chat.model.received import pieces
from grader.chat.participants.wire import SEEN
from grader.chat.played import Played
from grader.checks.codes import GENERAL, INCOMPLETE, MESSAGES, OF_THE_REQUEST, POINTS
from grader.checks.ownership import CLIENT_FEEDS
from grader.fact import Fact, fact, quoted
from grader.result.check import SERVER, Event, Point
from grader.result.verdict import Evidence

SEVERAL = {
    "handshake",
    "sender-excluded",
    "client-leaves",
}  # checks of which not every message belongs to one task
TOGETHER = "several-in-one"
TWICE = 2
SHOWN = 3  # messages that are shown in place of one that is missing


def failure(check: str, finding: Finding, played: Played) -> Failure:
    """The failure of a check by a finding."""
    kind = finding.kind
    code = MESSAGES.get((check, kind)) or MESSAGES[kind]
    if check == "handshake" and finding.matter is Matter.REQUEST:
        code = OF_THE_REQUEST.get(kind, code)
    if code == MESSAGES[Kind.UNTERMINATED] and _in_datagrams(played):
        code = TOGETHER
    expected, got = _sides(finding, played)
    happened_to = {} if code in GENERAL else {"name": finding.who}
    return Failure(
        fact(code, **happened_to),
        expected=expected,
        got=got,
        evidence=[_evidence(finding, played)],
        point=Point(POINTS[kind], finding.who, finding.text) if kind in POINTS else None,
        wrong=kind not in INCOMPLETE,
        task=_task(check, finding, played),
    )


def _task(check: str, finding: Finding, played: Played) -> int | None:
    """Of a check that is about several messages the task of the one that is wrong."""
    if check not in SEVERAL:
        return None
    variant = UDP if _in_datagrams(played) else TCP
    role = Role.CLIENT if check in CLIENT_FEEDS else Role.SERVER
    return task_of_message(finding.text or finding.got, variant, role)


def _sides(finding: Finding, played: Played) -> tuple[Fact, Fact]:
    """What was expected and what came."""
    text, came = fact("text", text=finding.text), fact("text", text=finding.got or finding.text)
    ended = played.end or fact("nothing")
    sides: Mapping[Kind, tuple[Fact, Fact]] = {
        Kind.DOUBLED: (fact("exactly-once", text=finding.text), _got_twice(finding)),
        Kind.LATE: (text, fact("too-late", text=finding.got or finding.text)),
        Kind.ALTERED: (text, came),
        Kind.REVERSED: (text, came),
        Kind.ECHOED: (_nothing_like(finding), came),
        Kind.OWN_JOIN: (_nothing_like(finding), came),
        Kind.EARLY: (_nothing_like(finding), came),
        Kind.AFTERWARDS: (_nothing_like(finding), came),
        Kind.UNASKED: (_nothing_more(finding), came),
        Kind.FLOODED: (_nothing_more(finding), fact("no-end")),
        Kind.UNTERMINATED: _unterminated(finding, played),
        Kind.NEWLINES: (_newlines(played), fact("newline-too-many-at", text=finding.got)),
        Kind.CUT_OFF: (fact("connection-stays", name=finding.who), _ended(played, finding)),
        Kind.CRASHED: (fact("runs-until-stopped"), ended),
        Kind.REFUSED: (fact("accepts"), ended),
        Kind.STAYS: (fact("ends-by-itself"), fact("still-runs")),
        Kind.EXITED: (_client_goes_on(finding), ended),
    }
    return sides.get(finding.kind) or (text, _instead(finding, played))


def _nothing_like(finding: Finding) -> Fact:
    return fact("nothing-like", text=finding.text, name=finding.who)


def _nothing_more(finding: Finding) -> Fact:
    if finding.who == SERVER:
        return fact("only-what-was-typed")
    return fact("nothing-unasked", name=finding.who)


def _client_goes_on(finding: Finding) -> Fact:
    return fact("exit-status-0" if finding.act is Act.LEAVES else "client-runs-on")


def _got_twice(finding: Finding) -> Fact:
    return fact("got-times", name=finding.who, count=TWICE)


def _newlines(played: Played) -> Fact:
    return fact("no-newline" if _in_datagrams(played) else "one-newline")


def _unterminated(finding: Finding, played: Played) -> tuple[Fact, Fact]:
    if _in_datagrams(played):
        return fact("datagram-each"), fact("text", text=finding.got)
    return fact("newline-each"), fact("without-newline", text=finding.got)


def _in_datagrams(played: Played) -> bool:
    return played.journal.manners.framing is Framing.DATAGRAMS


def _instead(finding: Finding, played: Played) -> Fact:
    """What came to somebody since the missing message was sent."""
    if finding.act is Act.TELLS:
        shows = [e.text for e in played.journal.entries[: finding.at] if e.act is Act.SHOWS]
        return quoted(*"".join(shows).splitlines()[-SHOWN:])
    came = [p for p in pieces(played.journal, finding.who) if finding.since <= p.at <= finding.at]
    return quoted(*(piece.text for piece in came[:SHOWN]))


def _ended(played: Played, finding: Finding) -> Fact:
    return played.end or fact(SEEN.get(finding.got, "nothing"))


def _evidence(finding: Finding, played: Played) -> Evidence:
    if finding.kind in (Kind.CRASHED, Kind.CUT_OFF, Kind.EXITED):
        return Evidence.END_OF_STREAM
    if finding.kind in (Kind.MISSING, Kind.REFUSED, Kind.STAYS):
        return Evidence.END_OF_STREAM if played.end else Evidence.QUIET
    return Evidence.SEEN


def up_to(played: Played, finding: Finding) -> tuple[Event, ...]:
    """The events of a story up to what is wrong."""
    entries = played.journal.entries
    if finding.at >= len(entries) - 1:
        return played.transcript
    # What a participant got is in the journal a moment before it is in the transcript.
    later = (entry.at for entry in entries[finding.at :] if entry.act is Act.QUIET)
    until = next(later, math.inf)
    return tuple(event for event in played.transcript if event.at < until)
