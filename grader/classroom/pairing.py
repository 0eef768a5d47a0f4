"""``class -- pairs``: similar work, ranked and side by side. A person decides what it means."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence

from grader import reports
from grader.classroom import arguments, overview, rows
from grader.classroom.page import page
from grader.classroom.rows import Row
from grader.classroom.similarity import compare, sources
from grader.classroom.similarity.pairs import Pair
from grader.classroom.similarity.sides import sides
from grader.classroom.status import loaded
from grader.classroom.store import Store
from grader.cli.exit_status import ExitStatus
from grader.fact import FactError, fact
from grader.language import _
from grader.reports.escape import visible

NAME = "pairs.html"
SHOWN = 20  # pairs side by side


def run(options: Namespace) -> int:
    """Print the pairs, and write the page that shows them side by side. Raises FactError."""
    out = arguments.out_folder(options)
    with Store(out) as store:
        known = loaded(store)
        made = rows.rows(store, known.how)
        found = compare.pairs(store, made, options.others or None)
        write(store, made, found)
        overview.write(store, known)
    for pair in found[:SHOWN]:
        one, other = visible(pair.name_one, 40), visible(pair.name_other, 40)
        print(f"{pair.score:4.0%}  {one} – {other}")
    print(_("similar, not proven: {path}").format(path=out / NAME))
    sys.stdout.flush()
    return ExitStatus.GRADED


def write(store: Store, made: Sequence[Row], found: Sequence[Pair]) -> None:
    """Write the page of pairs. Raises FactError."""
    digests = {row.person.id: row.digest for row in made if row.digest}
    shown = []
    for pair in found[:SHOWN]:
        one = sources.texts(store.files(digests[pair.one]))
        if pair.other in digests:
            other = sources.texts(store.files(digests[pair.other]))
        else:
            other = sources.model_texts(pair.other)
        shown.append((pair, *sides(one, other)))
    try:
        text = page.dumps_pairs(shown)
        reports.write_whole(store.folder / NAME, text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise FactError(fact("class-unusable", path=str(store.folder), reason=str(error))) from None
