"""The message sequence diagram of a check: what is drawn, before it is known how.

Lanes stand side by side, the server's first; rows follow one another in order of time. A row
is an arrow from one lane to another, a note on a lane, a fence through all lanes (traffic that
only shows what has not come), or a gap. What a failure is about is loud.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from grader.assignment import protocol
from grader.assignment.protocol import NAME_REQUEST, WELCOME
from grader.assignment.variants import UDP
from grader.language import N_, _, ngettext
from grader.reports.interleaving import HELD, thread_of
from grader.reports.sentences import say
from grader.result.check import SERVER, CheckResult, Event, Point
from grader.result.verdict import Difference, EventKind, Verdict

MAX_LANES, MAX_ROWS = 6, 28
FIRST_ROWS = 6  # so many stay at the beginning where rows have to be left out
# Checks that are about coming in: there the handshake is drawn.
TRAFFIC = (EventKind.SENDS, EventKind.GETS)
ABOUT_NAMES = ("handshake", "empty-name", "taken-name", "silent-newcomer", "client-name")
LOUD = {
    Difference.MISSING: N_("never arrived"),
    Difference.UNWANTED: N_("should not have arrived"),
    Difference.DOUBLED: N_("arrived again"),
}


class RowKind(str, Enum):
    """How a row is drawn."""

    ARROW = "arrow"
    NOTE = "note"
    FENCE = "fence"
    GAP = "gap"


ARROW, NOTE, FENCE, GAP = RowKind


@dataclass(frozen=True)
class Row:
    """One thing that happened. ``source`` and ``target`` are names of lanes, the same in a note."""

    kind: RowKind
    source: str
    target: str
    text: str
    loud: bool = False  # whether a failure is about it
    remark: str = ""  # what is wrong with it, in a few words
    lost: bool = False  # it never arrived
    begins: str = ""  # the lane that begins here
    ends: str = ""  # the lane that ends here

    @property
    def lanes(self) -> set[str]:
        """The lanes that it touches."""
        return {self.source, self.target} - {""}


@dataclass(frozen=True)
class Diagram:
    """Everything that is drawn."""

    lanes: tuple[str, ...]
    rows: tuple[Row, ...]
    others: int = 0  # participants who are left out

    def life(self, lane: str) -> range:
        """The rows beside which a lane is drawn."""
        begin = next((at for at, row in enumerate(self.rows) if row.begins == lane), 0)
        ends = [at for at, row in enumerate(self.rows) if row.ends == lane]
        return range(begin, ends[-1] + 1 if ends and ends[-1] >= begin else len(self.rows))


def not_drawn(diagram: Diagram) -> str:
    """How many participants are left out, in words."""
    count = diagram.others
    line = ngettext("({count} other not drawn)", "({count} others not drawn)", count)
    return line.format(count=count)


def diagram(check: CheckResult) -> Diagram | None:
    """The diagram of a check; None where nobody joined."""
    rows = list(_rows(check))
    if not any(row.kind is ARROW for row in rows):
        return None
    rows = _marked(rows, check)
    lanes = _chosen(rows, check.point)
    everybody = {lane for row in rows for lane in row.lanes}
    kept = [row for row in rows if row.lanes <= set(lanes)]
    return Diagram(lanes, tuple(_shortened(_fenced(kept))), len(everybody - set(lanes)))


# From events to rows.


def _rows(check: CheckResult) -> Iterator[Row]:
    events = [e for e in check.transcript if e.who or e.kind is EventKind.OMITTED]
    scripted = any(e.who == SERVER and e.kind in TRAFFIC for e in events)
    client = SERVER  # whom a scripted server talks to
    fences = {line for e in events if e.fence for line in _lines(check, e)}
    for event in events:
        if event.kind is EventKind.STARTS:
            client = event.who
            yield Row(NOTE, client, client, _("starts the client"), begins=client)
        elif event.kind is EventKind.CONNECTS and not scripted:
            text = _("connects") if _about_names(check) else _("joins")
            yield Row(ARROW, event.who, SERVER, text, begins=event.who)
        elif event.kind is EventKind.VANISHES:
            text = _("vanishes {how}").format(how=say(event.fact)).strip()
            yield Row(NOTE, event.who, event.who, text, ends=event.who)
        elif event.kind is EventKind.SEES:
            text = _("sees {what}").format(what=say(event.fact))
            yield Row(NOTE, event.who, event.who, text, ends=event.who)
        elif event.kind is EventKind.RUNS:
            yield _line_run(event)
        elif event.kind is EventKind.OMITTED:
            yield Row(GAP, "", "", say(event.fact))
        elif event.kind in TRAFFIC:
            at, other = (SERVER, client) if event.who == SERVER else (event.who, SERVER)
            ends = (at, other) if event.kind is EventKind.SENDS else (other, at)
            for line in _lines(check, event):
                kind = FENCE if line in fences else ARROW
                if not _is_handshake(check, line, event.who):
                    yield Row(kind, *ends, line)
                elif line == event.who and check.variant == UDP.name:
                    yield Row(kind, *ends, _("joins"), begins=event.who)
        elif event.kind in (EventKind.TYPES, EventKind.PRINTS):
            yield from _at_terminal(check, event, scripted)


def _line_run(event: Event) -> Row:
    """A line that a thread of the server runs, on a lane of the thread's own."""
    lane = thread_of(event.who)
    held = event.fact is not None and event.fact.code == HELD
    return Row(NOTE, lane, lane, say(event.fact), loud=held, begins=lane)


def _at_terminal(check: CheckResult, event: Event, scripted: bool) -> Iterator[Row]:
    """What is typed and printed: a note where the messages themselves can be seen."""
    who = event.who
    if who == SERVER:
        return
    for line in _lines(check, event):
        if scripted:
            words = _("types {text}") if event.kind is EventKind.TYPES else _("prints {text}")
            yield Row(NOTE, who, who, words.format(text=line))
        elif event.kind is EventKind.TYPES:
            yield Row(ARROW, who, SERVER, line)
        elif line not in WELCOME:
            yield Row(ARROW, SERVER, who, line)


def _lines(check: CheckResult, event: Event) -> list[str]:
    """The messages in a piece of text; on TCP the lines."""
    if check.variant == UDP.name and event.kind in TRAFFIC:
        return [event.text]
    return event.text.removesuffix("\n").split("\n")


def _about_names(check: CheckResult) -> bool:
    return check.name in ABOUT_NAMES


def _is_handshake(check: CheckResult, line: str, who: str) -> bool:
    return not _about_names(check) and line in (NAME_REQUEST, *WELCOME, who)


def _marked(rows: list[Row], check: CheckResult) -> list[Row]:
    """Highlight what the failure is about; add at the end what never arrived."""
    point = check.point
    if check.verdict is not Verdict.FAIL:
        return rows
    if point is None or not point.who:
        return [*rows, Row(NOTE, SERVER, SERVER, say(check.message), loud=True)]
    if point.kind is Difference.MISSING:
        source = protocol.speaker_of(point.text) if point.who == SERVER else SERVER
        drawn = {lane for row in rows for lane in row.lanes}
        clients = [row.begins for row in rows if row.begins]
        start = source if source in drawn else next(iter(clients), SERVER)
        remark = _(LOUD[point.kind])
        return [*rows, Row(ARROW, start, point.who, point.text, True, remark, lost=True)]
    mine = [at for at, r in enumerate(rows) if r.target == point.who and r.text == point.text]
    wrong = mine[1:] if point.kind is Difference.DOUBLED else mine
    if not wrong:
        return [*rows, Row(NOTE, point.who, point.who, point.text, True, _(LOUD[point.kind]))]
    return [
        replace(row, kind=ARROW, loud=True, remark=_(LOUD[point.kind])) if at in wrong else row
        for at, row in enumerate(rows)
    ]


# What fits.


def _chosen(rows: Sequence[Row], point: Point | None) -> tuple[str, ...]:
    """The server, whom the failure is about, then the latest to join; in order of joining."""
    order = list(dict.fromkeys([SERVER, *(lane for row in rows for lane in _both(row))]))
    speaker = protocol.speaker_of(point.text) if point else ""
    threads = [row.source for row in rows if row.kind is NOTE and row.begins == row.source]
    wanted = [SERVER, *threads, *([point.who, speaker] if point else [])]
    latest = (lane for row in reversed(rows) for lane in _both(row))
    chosen = [lane for lane in dict.fromkeys([*wanted, *latest]) if lane in order][:MAX_LANES]
    return tuple(lane for lane in order if lane in chosen)


def _both(row: Row) -> tuple[str, ...]:
    return tuple(lane for lane in (row.source, row.target) if lane)


def _fenced(rows: Iterable[Row]) -> Iterator[Row]:
    """Draw all the traffic of a fence as one row, behind what it has brought along."""
    fence = Row(FENCE, "", "", _("fence"))
    waits = False
    for row in rows:
        if waits and row.kind is not FENCE and (row.source != SERVER or row.lost):
            yield fence
            waits = False
        if row.kind is FENCE:
            waits = True
        else:
            yield row
    if waits:
        yield fence


def _shortened(rows: Iterable[Row]) -> list[Row]:
    """Leave out rows in the middle where they are too many; what is loud stays."""
    rows = list(rows)
    if len(rows) <= MAX_ROWS:
        return rows
    last = len(rows) - (MAX_ROWS - FIRST_ROWS - 1)
    middle = rows[FIRST_ROWS:last]
    # The lanes that begin or end in the middle still have to.
    kept = [row for row in middle if row.loud or row.begins or row.ends]
    gap = Row(GAP, "", "", _("{count} more").format(count=len(middle) - len(kept)))
    return [*rows[:FIRST_ROWS], gap, *kept, *rows[last:]]
