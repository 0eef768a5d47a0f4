"""``class -- status`` and ``class -- show ID``: what is stored, told on the terminal."""

from __future__ import annotations

import sys
from argparse import Namespace

from grader.classroom import arguments, overview, rows, settings
from grader.classroom.rows import Row
from grader.classroom.settings import Settings
from grader.classroom.store import Store
from grader.cli.exit_status import ExitStatus
from grader.fact import FactError, fact
from grader.language import _
from grader.reports.escape import visible
from grader.reports.terminal import screen
from grader.reports.terminal.console import make_console
from grader.reports.wording import number


def loaded(store: Store) -> Settings:
    """The settings of a class. Raises FactError where nothing was graded yet."""
    known = settings.load(store)
    if known is None:
        raise FactError(fact("no-class", path=str(store.folder)))
    return known


def row_of(made: list[Row], id_: str) -> Row:
    """The row of a person, by the id. Raises FactError."""
    for row in made:
        if row.person.id == id_:
            return row
    raise FactError(fact("nobody-called-so", id=id_))


def run(options: Namespace) -> int:
    """Print a line for everybody, and what needs the teacher's eyes."""
    out = arguments.out_folder(options)
    with Store(out, writing=False) as store:
        made = rows.rows(store, loaded(store).how)
    for row in made:
        mark = "–" if row.mark is None else number(row.mark)
        state = _(overview.STATES[row.state])
        print(f"{visible(row.person.id, 24):24} {mark:>6}  {visible(row.person.name, 40)}  {state}")
    overview.tell(made, out)
    return overview.status(made)


def show(options: Namespace) -> int:
    """Print what is known of one person."""
    with Store(arguments.out_folder(options), writing=False) as store:
        known = loaded(store)
        row = row_of(rows.rows(store, known.how), options.id)
        result = rows.whole(store, known.how, row)
    print(f"{visible(row.person.name)} ({visible(row.person.id)}): {overview.why(row)}")
    for one in row.decisions:
        about = one.check or _("mark")
        line = _("decided by the teacher: {about} {value} ({reason})")
        print(line.format(about=about, value=number(one.value), reason=visible(one.reason)))
    sys.stdout.flush()
    if result is not None:
        screen.show(result, make_console())
    return ExitStatus.GRADED
