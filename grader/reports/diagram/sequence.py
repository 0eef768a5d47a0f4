"""The message sequence diagram of a check: what is drawn, before it is known how.

Lanes stand side by side, the server's first; rows follow one another in order of time. A row
is an arrow from one lane to another, a note on a lane, a fence through all lanes (traffic that
only shows what has not come), or a gap. What a failure is about is loud.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from grader.assignment.protocol import NAME_REQUEST, WELCOME
from grader.assignment.variants import UDP
from grader.language import N_, _, ngettext
from grader.result.verdict import CheckResult, Event, Point, Verdict

SERVER = "server"
MAX_LANES, MAX_ROWS = 6, 28
FIRST_ROWS = 6  # so many stay at the beginning where rows have to be left out
# Checks that are about coming in: there the handshake is drawn.
ABOUT_NAMES = ("handshake", "empty-name", "taken-name", "silent-newcomer", "client-name")
LOUD = {
    "missing": N_("never came"),
    "unwanted": N_("should not have come"),
    "doubled": N_("came again"),
}


@dataclass(frozen=True)
class Row:
    """One thing that happened. ``source`` and ``target`` are names of lanes, the same in a note."""

    kind: str  # "arrow", "note", "fence" or "gap"
    source: str
    target: str
    text: str
    loud: str = ""  # what is wrong with it, in a few words
    lost: bool = False  # it never came
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
    """The diagram of a check; None where nobody has come in."""
    rows = list(_rows(check))
    if not any(row.kind == "arrow" for row in rows):
        return None
    rows = _marked(rows, check)
    lanes = _chosen(rows, check.point)
    everybody = {lane for row in rows for lane in row.lanes}
    kept = [row for row in rows if row.lanes <= set(lanes)]
    return Diagram(lanes, tuple(_shortened(_fenced(kept))), len(everybody - set(lanes)))


# From events to rows.


def _rows(check: CheckResult) -> Iterator[Row]:
    events = check.transcript
    scripted = any(e.who == SERVER and e.kind in ("sends", "gets") for e in events)
    client = SERVER  # whom a scripted server talks to
    fences = {line for e in events if e.fence for line in _lines(check, e)}
    for event in events:
        if event.kind == "starts":
            client = event.who
            yield Row("note", client, client, _("starts the client"), begins=client)
        elif event.kind == "connects" and not scripted:
            text = _("connects") if _about_names(check) else _("joins")
            yield Row("arrow", event.who, SERVER, text, begins=event.who)
        elif event.kind == "vanishes":
            text = _("vanishes {how}").format(how=event.text)
            yield Row("note", event.who, event.who, text, ends=event.who)
        elif event.kind == "sees":
            text = _("sees {what}").format(what=event.text)
            yield Row("note", event.who, event.who, text, ends=event.who)
        elif event.kind == "omitted":
            yield Row("gap", "", "", _("{count} more").format(count=event.text))
        elif event.kind in ("sends", "gets"):
            at, other = (SERVER, client) if event.who == SERVER else (event.who, SERVER)
            ends = (at, other) if event.kind == "sends" else (other, at)
            for line in _lines(check, event):
                kind = "fence" if line in fences else "arrow"
                if not _is_handshake(check, line, event.who):
                    yield Row(kind, *ends, line)
                elif line == event.who and check.id.startswith(f"{UDP}."):
                    yield Row(kind, *ends, _("joins"), begins=event.who)
        elif event.kind in ("types", "prints"):
            yield from _at_terminal(check, event, scripted)


def _at_terminal(check: CheckResult, event: Event, scripted: bool) -> Iterator[Row]:
    """What is typed and printed: a note where the messages themselves can be seen."""
    who = event.who.removesuffix("'s client")
    if who == SERVER:
        return
    for line in _lines(check, event):
        if scripted:
            words = _("types {text}") if event.kind == "types" else _("prints {text}")
            yield Row("note", who, who, words.format(text=line))
        elif event.kind == "types":
            yield Row("arrow", who, SERVER, line)
        elif line not in WELCOME:
            yield Row("arrow", SERVER, who, line)


def _lines(check: CheckResult, event: Event) -> list[str]:
    """The messages in a piece of text; on TCP the lines."""
    if check.id.startswith(f"{UDP}.") and event.kind in ("sends", "gets"):
        return [event.text]
    return event.text.removesuffix("\n").split("\n")


def _about_names(check: CheckResult) -> bool:
    return check.id.partition(".")[2] in ABOUT_NAMES


def _is_handshake(check: CheckResult, line: str, who: str) -> bool:
    return not _about_names(check) and line in (NAME_REQUEST, *WELCOME, who)


def _marked(rows: list[Row], check: CheckResult) -> list[Row]:
    """Make loud what the failure is about; at the end what never came."""
    point = check.point
    if check.verdict is not Verdict.FAIL:
        return rows
    if point is None:
        return [*rows, Row("note", SERVER, SERVER, check.message, loud="!")]
    if point.kind == "missing":
        source = point.text.partition(":")[0] if point.who == SERVER else SERVER
        known = {lane for row in rows for lane in row.lanes}
        clients = [row.begins for row in rows if row.begins]
        start = source if source in known else next(iter(clients), SERVER)
        return [*rows, Row("arrow", start, point.who, point.text, _(LOUD[point.kind]), lost=True)]
    mine = [at for at, r in enumerate(rows) if r.target == point.who and r.text == point.text]
    wrong = mine[1:] if point.kind == "doubled" else mine
    if not wrong:
        loud = _(LOUD.get(point.kind, "!"))
        return [*rows, Row("note", point.who, point.who, point.text, loud)]
    return [
        replace(row, kind="arrow", loud=_(LOUD.get(point.kind, "!"))) if at in wrong else row
        for at, row in enumerate(rows)
    ]


# What there is room for.


def _chosen(rows: Sequence[Row], point: Point | None) -> tuple[str, ...]:
    """The server, whom the failure is about, then whoever came last; in order of coming."""
    order = list(dict.fromkeys([SERVER, *(lane for row in rows for lane in _both(row))]))
    speaker = point.text.partition(":")[0] if point else ""
    wanted = [SERVER, *([point.who, speaker] if point else [])]
    latest = (lane for row in reversed(rows) for lane in _both(row))
    chosen = [lane for lane in dict.fromkeys([*wanted, *latest]) if lane in order][:MAX_LANES]
    return tuple(lane for lane in order if lane in chosen)


def _both(row: Row) -> tuple[str, ...]:
    return tuple(lane for lane in (row.source, row.target) if lane)


def _fenced(rows: Iterable[Row]) -> Iterator[Row]:
    """Draw all the traffic of a fence as one row, behind what it has brought along."""
    fence = Row("fence", "", "", _("fence"))
    waits = False
    for row in rows:
        if waits and row.kind != "fence" and (row.source != SERVER or row.lost):
            yield fence
            waits = False
        if row.kind == "fence":
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
    gap = Row("gap", "", "", _("{count} more").format(count=len(middle) - len(kept)))
    return [*rows[:FIRST_ROWS], gap, *kept, *rows[last:]]
