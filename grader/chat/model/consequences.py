"""What is left out since it follows from something else: a fault counts once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from grader.chat.journal import Act, Journal
from grader.chat.model.finding import Finding, Kind
from grader.chat.model.owed import Matter, Situation

FRAMING = {Kind.NEWLINES, Kind.UNTERMINATED}  # each is told once
OVER = {Kind.CRASHED, Kind.FLOODED}  # the end of all that is known
GAPS = {Kind.MISSING, Kind.LATE}  # what follows from a crash or a cut-off is no finding
COMMON = {Kind.MISSING, Kind.LATE, Kind.DOUBLED, Kind.ALTERED}  # see _known_already
GREETINGS = (Matter.REQUEST, Matter.WELCOME, Matter.JOIN)
EASIEST = (Situation.TWO, Situation.MANY)  # in these a message has nothing but its way to go


def counted(
    journal: Journal, differences: list[Finding]
) -> tuple[tuple[Finding, ...], frozenset[tuple[Matter, Situation]]]:
    """Those that count, and of what nothing can be said in which situation.

    A server that loses messages among two also loses them among many and once somebody has left;
    that is no fault of the leaving. Whom no message reaches no notice reaches either.
    """
    left = list(_once(_without_consequences(journal, differences)))
    known: list[Finding] = []
    excused: set[tuple[Matter, Situation]] = set()
    for difference in left:
        if not _known_already(difference, left):
            known.append(difference)
        # An altered message has come: that says enough about the way that it went.
        elif difference.kind is not Kind.ALTERED and difference.matter is not None:
            excused.add((difference.matter, difference.situation))
    return tuple(known), frozenset(excused)


def _known_already(difference: Finding, differences: list[Finding]) -> bool:
    """Whether a message fared in the same way when fewer were there, or nobody had left."""
    before = [f for f in differences if f.at < difference.at]
    if difference.matter in (Matter.JOIN, Matter.LEAVE) and difference.kind in GAPS:
        lost = (f for f in before if f.kind in GAPS and f.matter is Matter.TEXT)
        if any(f.who == difference.who for f in lost):
            return True
    if not _is_common(difference):
        return False
    easier: tuple[Situation, ...] = EASIEST
    if difference.situation in EASIEST:
        easier = EASIEST[: EASIEST.index(difference.situation)]
    same = GAPS if difference.kind in GAPS else {difference.kind}
    if difference.matter in GREETINGS:
        same = COMMON  # in whatever words it comes: what is wrong with it was wrong before
    alike = (f for f in before if f.kind in same and f.matter is difference.matter)
    return any(f.situation in easier and _is_common(f) for f in alike)


def _is_common(difference: Finding) -> bool:
    """Whether this can go wrong in the same way whoever is there, and whoever has left."""
    if difference.kind is Kind.UNASKED:
        return difference.act is Act.SAYS
    return difference.kind in COMMON and difference.matter in (Matter.TEXT, *GREETINGS)


def _without_consequences(journal: Journal, differences: list[Finding]) -> Iterator[Finding]:
    """Leave out what could not but follow: gaps after a crash, and around who was cut off.

    What comes after a flood is not kept, so that nothing is known to be missing.
    """
    crashed = min((f.at for f in differences if f.kind is Kind.CRASHED), default=None)
    over = min((f.at for f in differences if f.kind in OVER), default=None)
    begun = _last_quiet(journal, crashed)
    cut_off = {f.who: f.at for f in differences if f.kind in (Kind.CUT_OFF, Kind.REFUSED)}
    # What comes late comes to whoever is there by then.
    behind = {f.text for f in differences if f.kind in GAPS}
    for difference in differences:
        at = difference.at
        victims = [cut_off[who] for who in (difference.who, difference.about) if who in cut_off]
        if difference.kind is Kind.CUT_OFF and crashed is not None and at >= begun:
            continue
        if difference.kind in GAPS and over is not None and at >= over:
            continue
        if difference.kind in GAPS and any(at >= victim for victim in victims):
            continue
        if difference.kind is Kind.EARLY and difference.text in behind:
            continue
        yield difference


def _last_quiet(journal: Journal, before: int | None) -> int:
    """Where the server was last known to be well before it ended."""
    entries = journal.entries[: before or 0]
    return max((n for n, entry in enumerate(entries) if entry.act is Act.QUIET), default=0)


def _once(differences: Iterable[Finding]) -> Iterator[Finding]:
    """Tell of a framing that is wrong once, not for each message."""
    told: set[Kind] = set()
    for difference in differences:
        if difference.kind in told:
            continue
        if difference.kind in FRAMING:
            told.add(difference.kind)
        yield difference
