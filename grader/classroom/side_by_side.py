"""Writes the page that shows similar work side by side."""

from __future__ import annotations

from collections.abc import Sequence

from grader import reports
from grader.classroom.page import page
from grader.classroom.rows import Row
from grader.classroom.similarity import sources
from grader.classroom.similarity.pairs import Pair
from grader.classroom.similarity.sides import sides
from grader.classroom.store import Store

NAME = "pairs.html"
SHOWN = 20  # pairs side by side


def write(store: Store, made: Sequence[Row], found: Sequence[Pair]) -> None:
    """Write the page of pairs. Raises OSError."""
    digests = {row.person.id: row.digest for row in made if row.digest}
    shown = []
    for pair in found[:SHOWN]:
        one = sources.texts(store.files(digests[pair.one]))
        if pair.other in digests:
            other = sources.texts(store.files(digests[pair.other]))
        else:
            other = sources.model_texts(pair.other)
        shown.append((pair, *sides(one, other)))
    text = page.dumps_pairs(shown)
    reports.write_whole(store.folder / NAME, text.encode("utf-8", "backslashreplace"))
