"""``class -- pairs``: similar work, ranked and side by side. A person decides what it means."""

from __future__ import annotations

import sys
from argparse import Namespace

from grader.classroom import arguments, overview, rows, side_by_side
from grader.classroom.similarity import compare
from grader.classroom.status import loaded
from grader.classroom.store import Store
from grader.cli.exit_status import ExitStatus
from grader.language import _
from grader.reports.escape import visible


def run(options: Namespace) -> int:
    """Print the pairs, and write the page that shows them side by side. Raises FactError."""
    out = arguments.out_folder(options)
    with Store(out) as store:
        known = loaded(store)
        made = rows.rows(store, known.how)
        found = compare.pairs(store, made, options.others or None)
        overview.write(store, known)
    for pair in found[: side_by_side.SHOWN]:
        one, other = visible(pair.name_one, 40), visible(pair.name_other, 40)
        print(f"{pair.score:4.0%}  {one} – {other}")
    print(_("similar, not proven: {path}").format(path=out / side_by_side.NAME))
    sys.stdout.flush()
    return ExitStatus.GRADED
