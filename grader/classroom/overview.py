"""What is written and said after every command that changes something: page, rows, exit status."""

from __future__ import annotations

import dataclasses
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from grader import reports
from grader.classroom import pages, rows, side_by_side
from grader.classroom.page import page
from grader.classroom.rows import Row, State
from grader.classroom.settings import Settings
from grader.classroom.similarity import compare
from grader.classroom.similarity.pairs import STANDS_OUT, Pair
from grader.classroom.store import Store
from grader.cli.exit_status import ExitStatus
from grader.fact import FactError, fact
from grader.language import N_, _
from grader.reports.escape import visible
from grader.reports.sentences import say

INDEX = "index.html"
PROJECTOR = "projector.html"  # the same without names
STATES = {
    State.GRADED: N_("graded"),
    State.WAITING: N_("not graded yet"),
    State.BY_HAND: N_("to be graded by hand"),
    State.NOTHING: N_("nothing found"),
    State.ABSENT: N_("absent"),
    State.ERROR: N_("the grader failed"),
}
OFTEN = 20  # seconds between two pages while a class is graded,
SHARE = 20  # or so many times what it takes to write one
MOST = 20  # people who need eyes that are named on the terminal


def write(store: Store, known: Settings) -> list[Row]:
    """Write the class page; returns the rows that are on it. Raises FactError."""
    made = rows.rows(store, known.how)
    pairs = compare.pairs(store, made)
    made = _with_similar(made, pairs)
    try:
        pages.write(store, known.how, made)
        side_by_side.write(store, made, pairs)
        for name, names in ((PROJECTOR, False), (INDEX, True)):
            text = page.dumps(made, known, pairs, names=names)
            reports.write_whole(store.folder / name, text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise FactError(fact("class-unusable", path=str(store.folder), reason=str(error))) from None
    return made


class NowAndThen:
    """Writes the page while a class is graded: the first row at once, others from time to time."""

    def __init__(self, store: Store, known: Settings) -> None:
        self._store, self._known = store, known
        self._next = 0.0  # on the monotonic clock

    def __call__(self) -> None:
        """There is one result more."""
        if time.monotonic() >= self._next:
            began = time.monotonic()
            write(self._store, self._known)
            took = time.monotonic() - began
            self._next = time.monotonic() + max(OFTEN, SHARE * took)


def _with_similar(made: Sequence[Row], pairs: Sequence[Pair]) -> list[Row]:
    """The rows, each with the ids of those whose work is alike so much that it stands out."""
    similar: dict[str, list[str]] = {}
    for pair in pairs:
        if pair.score >= STANDS_OUT:
            similar.setdefault(pair.one, []).append(pair.other)
            similar.setdefault(pair.other, []).append(pair.one)
    return [dataclasses.replace(r, similar=tuple(similar.get(r.person.id, ()))) for r in made]


def status(made: Sequence[Row]) -> int:
    """The exit status that says how it went."""
    errors = [row for row in made if row.state is State.ERROR]
    if errors and len(errors) == len([row for row in made if row.digest]):
        return ExitStatus.GRADER_FAILED
    return ExitStatus.BELOW if any(row.needs_eyes for row in made) else ExitStatus.GRADED


def tell(made: Sequence[Row], out: Path) -> None:
    """Say how far the class is, who needs a look, and where the page is."""
    counts = Counter(row.state for row in made)
    parts = [f"{_(STATES[state])}: {counts[state]}" for state in State if counts[state]]
    print("; ".join(parts) or _("nobody is in this class yet"))
    eyes = [row for row in made if row.needs_eyes]
    for row in eyes[:MOST]:
        print(f"  {visible(row.person.id, 30)}  {visible(row.person.name, 40)}: {why(row)}")
    if len(eyes) > MOST:
        print(f"  {_('{count} more').format(count=len(eyes) - MOST)}")
    print(_("page: {path}").format(path=out / INDEX))
    sys.stdout.flush()


def why(row: Row) -> str:
    """Why somebody needs a look, in a line."""
    said = [_(STATES[row.state])]
    if row.other_grader:
        said = [_("graded by another version of the grader")]
    if row.most is not None and row.mark is not None:
        said = [_("open checks: the mark is a range")]
        said.append(f"{row.mark:g}–{row.most:g}")
    said += [visible(say(declined), 200) for declined in row.declined]
    if row.failure:
        said.append(visible(row.failure, 200))
    said += [visible(say(trouble), 200) for trouble in row.person.troubles[:2]]
    if row.person.there:
        there = ", ".join(visible(name, 60) for name in row.person.there)
        said.append(_("there is: {names}").format(names=there))
    return "; ".join(said)
