"""``class -- decide ID [CHECK] VALUE --reason TEXT``: what a teacher decides is stored."""

from __future__ import annotations

import contextlib
from argparse import Namespace
from collections.abc import Sequence

from grader.assignment import modes
from grader.assignment.check_ids import name_of
from grader.classroom import arguments, overview, rows, rules
from grader.classroom.people import Decision
from grader.classroom.rows import Row
from grader.classroom.settings import Settings
from grader.classroom.status import loaded, row_of
from grader.classroom.store import Store
from grader.cli.exit_status import ExitStatus
from grader.fact import FactError, fact, writable


def run(options: Namespace) -> int:
    """Store a decision, and write the page anew. Raises FactError."""
    out = arguments.out_folder(options)
    with Store(out) as store:
        known = loaded(store)
        row = row_of(rows.rows(store, known.how), options.id)
        check, value = _meant(options.what, row, known)
        store.decide(Decision(row.person.id, check, value, writable(options.reason)))
        made = overview.write(store, known)
    overview.tell([one for one in made if one.person.id == options.id], out)
    return ExitStatus.GRADED


def _meant(words: Sequence[str], row: Row, known: Settings) -> tuple[str, float]:
    """The id of a check, or nothing, and a value that it can have. Raises FactError."""
    check = _check(words[0]) if len(words) == 2 else ""
    value = -1.0
    with contextlib.suppress(ValueError):
        value = float(words[-1].replace(",", "."))
    most = known.rules.out_of or 100.0
    if check:
        own = {c.id: c.max_points for c in row.result.checks} if row.result else {}
        if check not in own:
            raise FactError(fact("no-check-there", word=check))
        most = rules.max_points(known.rules, own)[check] or 1  # a star is earned or not
    if len(words) > 2 or not 0 <= value <= most:
        raise FactError(fact("decision-value", got=" ".join(words), most=most))
    return check, value


def _check(word: str) -> str:
    """The id of the check that a word names. Raises FactError."""
    ids = [id_ for mode in modes.MODES for id_ in modes.check_ids(mode)]
    ids = list(dict.fromkeys(ids))
    found = [id_ for id_ in ids if word == id_] or [id_ for id_ in ids if word == name_of(id_)]
    if len(found) > 1:
        raise FactError(fact("several-checks", word=word, names=tuple(found)))
    if not found:
        raise FactError(fact("no-check-there", word=word))
    return found[0]
