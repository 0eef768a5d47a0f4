"""Checks that failed are played again with other names and texts: are they steady?"""

from __future__ import annotations

from msgspec.structs import replace

from grader.classroom import rows
from grader.classroom.engine.playing import Due
from grader.classroom.keys import Options, fingerprint, key
from grader.classroom.settings import Settings
from grader.classroom.store import Store
from grader.result.grade import GradeResult
from grader.result.verdict import Verdict

MORE = (1, 2)  # added to the seed of the class


def due(store: Store, known: Settings) -> list[Due]:
    """What is to be played again: for each submission the checks that cost it points, twice."""
    made: dict[str, list[Due]] = {}
    for row in rows.rows(store, known.how):
        first = None if row.person.forgotten else rows.current(store, known.how, row)
        if first is None or row.digest in made:
            continue
        checks = failed(first)
        plays = [options(known.options, checks, more) for more in MORE] if checks else []
        missing = (one for one in plays if not store.has(key(row.digest, fingerprint(), one)))
        made[row.digest] = [(row.digest, one) for one in missing]
    return [one for several in made.values() for one in several]


def failed(result: GradeResult) -> tuple[str, ...]:
    """The ids of the checks that failed and are worth points."""
    bad = (c for c in result.checks if c.verdict is Verdict.FAIL and c.max_points)
    return tuple(check.id for check in bad)


def options(first: Options, checks: tuple[str, ...], more: int) -> Options:
    """How these checks are played again: with another seed, and all else the same."""
    return replace(first, checks=checks, seed=first.seed + more)
