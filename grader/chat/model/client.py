"""The model of a client: what it has to send, what it has to show, and how it ends.

Everything that its server gets is compared with what the user typed, exactly once and in order of
typing; each message for the user is looked for on the screen, where prompts and the client's own
words may stand around it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from grader.assignment import protocol
from grader.assignment.protocol import Framing
from grader.chat.journal import Act, Entry, Journal
from grader.chat.model import raw
from grader.chat.model.alignment import Alignment
from grader.chat.model.finding import Finding, Kind
from grader.chat.model.findings import Occasion, Shown
from grader.chat.model.owed import Duty, Matter, Owed, Situation
from grader.chat.model.received import pieces
from grader.result.check import SERVER

TYPED = {Act.NAMES: Matter.NAME, Act.SAYS: Matter.TEXT, Act.LEAVES: Matter.LEAVE}
DOINGS = (*TYPED, Act.TELLS)
TWO = Situation.TWO
CONTROLS = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1b\][^\x07\x1b]*(\x07|\x1b\\)|\x1b[ -~]|[\r\x07]")
AS_BYTES = ("b'", 'b"')  # how Python shows bytes


def shown(journal: Journal) -> Shown:
    """All that a journal of a client shows."""
    owed = list(_owed(journal))
    found = [_placed(journal, finding) for finding in _sent(journal, owed)]
    found += _of_who_is_late(list(_screen(journal)))
    found += [_placed(journal, finding) for finding in _floods(journal)]
    found += _end(journal)
    found.sort(key=lambda f: f.at)
    over = [f.at for f in found if f.kind is Kind.EXITED]
    # What comes after a flood is not kept.
    over += [at for at, entry in enumerate(journal.entries) if entry.act is Act.FLOODS]
    ended = min(over, default=len(journal.entries))
    told = _once(f for f in found if f.at <= ended or f.kind is not Kind.MISSING)
    due = frozenset(Occasion(o.matter, TWO) for o in owed if o.since < ended)
    shows = any(e.act is Act.TELLS for e in journal.entries[:ended])
    due |= {Occasion(Matter.JOIN, TWO)} if shows else set()
    return Shown(tuple(told), due, due)


def _owed(journal: Journal) -> Iterator[Owed]:
    for at, entry in enumerate(journal.entries):
        if entry.act in TYPED:
            due = _quiet_after(journal, at)
            yield Owed(SERVER, TYPED[entry.act], entry.who, entry.text, at, due, Duty.MUST, TWO)


def _quiet_after(journal: Journal, at: int) -> int:
    entries = journal.entries
    later = range(at + 1, len(entries))
    return next((n for n in later if entries[n].act is Act.QUIET), len(entries))


def _sent(journal: Journal, owed: list[Owed]) -> list[Finding]:
    """What came to the server beside what was typed."""
    came = pieces(journal, SERVER)
    if journal.manners.framing is Framing.RAW:
        came = raw.messages_in(came, owed)
    # The name may come before it was asked for, and so before it was typed.
    early = [replace(o, since=0) if o.matter is Matter.NAME else o for o in owed]
    return Alignment(SERVER, early, TWO).align(came)


def _placed(journal: Journal, finding: Finding) -> Finding:
    """A finding with what was done last before it."""
    before = journal.entries[: finding.at + 1]
    act = next((e.act for e in reversed(before) if e.act in DOINGS), None)
    return replace(finding, act=act)


def _screen(journal: Journal) -> Iterator[Finding]:
    """What the screen shows of each message for the user."""
    for at, entry in enumerate(journal.entries):
        if entry.act is Act.TELLS:
            due = _quiet_after(journal, at)
            for finding in _on_screen(entry, _text(journal, at, due), _text(journal, at)):
                # What comes too late is known only in the end.
                known = len(journal.entries) - 1 if finding.kind is Kind.LATE else due
                yield replace(finding, at=known, since=at, act=Act.TELLS, about=entry.who)


def _of_who_is_late(found: list[Finding]) -> list[Finding]:
    """Where one message is shown too late, those behind it are not missing: they would come too."""
    late = min((f.since for f in found if f.kind is Kind.LATE), default=None)
    return [f for f in found if late is None or f.kind is not Kind.MISSING or f.since < late]


def _on_screen(entry: Entry, soon: str, later: str) -> Iterator[Finding]:
    """How one message is shown; ``later`` is all that was shown to the end.

    Blanks at its end are not seen, and so forgiven.
    """
    text = entry.text.rstrip()
    shown_as_bytes = [start for start in AS_BYTES if start + text in later]
    plain = Finding(Kind.MISSING, entry.who, 0, TWO, text=entry.text)
    if shown_as_bytes:
        yield replace(plain, kind=Kind.ALTERED, got=_line_with(later, text))
    elif later.count(text) > 1:
        yield replace(plain, kind=Kind.DOUBLED)
    elif text in later and text not in soon:
        yield replace(plain, kind=Kind.LATE)
    elif text not in later:
        near = _nearest(later, text)
        yield replace(plain, kind=Kind.ALTERED, got=near) if near else plain


def _nearest(screen: str, text: str) -> str:
    """A line of the screen in which the most telling word of a message stands."""
    words = protocol.text_of(text).split()
    telling = max(words, key=lambda word: (any(c.isdigit() for c in word), len(word)), default="")
    return _line_with(screen, telling) if telling else ""


def _line_with(screen: str, text: str) -> str:
    return next((line for line in screen.splitlines() if text in line), "")


def _text(journal: Journal, start: int, end: int | None = None) -> str:
    """What a screen shows: colours, and what else moves a cursor, is not to be read."""
    pieces = journal.entries[start:end]
    return CONTROLS.sub("", "".join(e.text for e in pieces if e.act is Act.SHOWS))


def _end(journal: Journal) -> Iterator[Finding]:
    """A client that ends although nobody has left, badly, or not at all."""
    doing: Act | None = None
    came = "".join(e.text for e in journal.entries if e.act is Act.GETS)
    for at, entry in enumerate(journal.entries):
        doing = entry.act if entry.act in DOINGS else doing
        if doing is Act.NAMES and entry.who in came:
            doing = Act.TELLS  # the name was given; the welcome is on its way
        if entry.act is Act.EXITS and (doing is not Act.LEAVES or entry.text != "0"):
            yield Finding(Kind.EXITED, entry.who, at, TWO, got=entry.text, act=doing, since=at)
    left = [at for at, entry in enumerate(journal.entries) if entry.act is Act.LEAVES]
    if left and not any(entry.act is Act.EXITS for entry in journal.entries):
        last = len(journal.entries) - 1
        who = journal.entries[left[0]].who
        yield Finding(Kind.STAYS, who, last, TWO, act=Act.LEAVES, since=left[0])


def _floods(journal: Journal) -> Iterator[Finding]:
    """More than anybody has typed, or was told."""
    for at, entry in enumerate(journal.entries):
        if entry.act is Act.FLOODS:
            yield Finding(Kind.FLOODED, entry.who, at, TWO, since=at)


def _once(differences: Iterator[Finding]) -> Iterator[Finding]:
    """A newline that is missing or too many is told once."""
    told: set[Kind] = set()
    for difference in differences:
        if difference.kind not in told:
            yield difference
        if difference.kind in (Kind.NEWLINES, Kind.UNTERMINATED):
            told.add(difference.kind)
