"""The pairs of a class as it is stored; kept until somebody hands in something else."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

import msgspec
from msgspec.structs import replace

from grader.classroom.rows import Row
from grader.classroom.similarity import sources
from grader.classroom.similarity.pairs import STANDS_OUT, Pair
from grader.classroom.similarity.ranking import ranked
from grader.classroom.similarity.winnow import Place, prints
from grader.classroom.store import Store

SETTING = "pairs"
MOST = 100  # pairs that are kept
Prints = dict[int, Place]


class Kept(msgspec.Struct, frozen=True):
    """Pairs, and what they were made of."""

    stamp: str
    others: tuple[str, ...]  # folders of earlier classes
    pairs: tuple[Pair, ...]


def pairs(store: Store, rows: Sequence[Row], others: Sequence[str] | None = None) -> list[Pair]:
    """The pairs of these rows, the most alike first; made anew only where something changed.

    ``others`` are folders of earlier classes; None means those of the last time.
    """
    kept = _kept(store)
    folders = tuple(others) if others is not None else kept.others
    stamp = _stamp(rows, folders)
    if kept.stamp != stamp:
        made = _made(store, rows, folders)
        kept = Kept(stamp, folders, tuple(made[:MOST]))
        store.set(SETTING, msgspec.json.encode(kept).decode())
    names = {row.person.id: row.person.name for row in rows}
    return [
        replace(
            pair,
            name_one=names.get(pair.one, pair.one),
            name_other=names.get(pair.other, pair.other),
        )
        for pair in kept.pairs
        if pair.one in names
    ]


def _kept(store: Store) -> Kept:
    try:
        return msgspec.json.decode(store.setting(SETTING, ""), type=Kept)
    except msgspec.DecodeError:
        return Kept("", (), ())


def _stamp(rows: Sequence[Row], folders: tuple[str, ...]) -> str:
    parts = [f"{row.person.id} {row.digest}" for row in rows if row.digest]
    return hashlib.sha256("\n".join([*parts, *folders]).encode()).hexdigest()


def _made(store: Store, rows: Sequence[Row], folders: Sequence[str]) -> list[Pair]:
    kept = [row for row in rows if row.digest and not row.person.forgotten]
    of_class = {row.person.id: _prints(store, row.digest) for row in kept}
    others: dict[str, Prints] = dict(sources.models())
    for folder in folders:
        others |= earlier(Path(folder))
    found = ranked(of_class, others, sources.given(), _teams(rows))
    # Whoever is close to the reference heads the list: everybody can find that.
    return sorted(
        found, key=lambda pair: pair.other != sources.REFERENCE or pair.score < STANDS_OUT
    )


def _prints(store: Store, digest: str) -> Prints:
    return prints(sources.texts(store.files(digest)))


def _teams(rows: Sequence[Row]) -> frozenset[tuple[str, str]]:
    """The pairs who handed in one thing together, as the LMS has it."""
    places: dict[str, list[str]] = {}
    for row in rows:
        if row.person.place:
            places.setdefault(row.person.place, []).append(row.person.id)
    return frozenset(pair for ids in places.values() for pair in combinations(sorted(ids), 2))


def earlier(folder: Path) -> dict[str, Prints]:
    """The fingerprints of an earlier class, by words for whose they are. Raises FactError."""
    with Store(folder, writing=False) as store:
        people = {person.id for person in store.people() if not person.forgotten}
        attempts = [one for one in store.attempts() if one.person in people]
        owners = {attempt.digest: attempt.person for attempt in attempts}
        found = {
            f"{folder.name}/{person}": _prints(store, digest) for digest, person in owners.items()
        }
        for year, kept in store.prints():
            found[f"{folder.name}/{year}"] = dict.fromkeys(kept, Place("", 0, 0))
    return found
