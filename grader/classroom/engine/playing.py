"""Plays gradings and stores each result as soon as it is there."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Sequence
from functools import partial

from grader.classroom.engine import run
from grader.classroom.engine.places import Where
from grader.classroom.engine.task import Task
from grader.classroom.keys import Options, fingerprint, key
from grader.classroom.people import Person
from grader.classroom.progress import Progress
from grader.classroom.store import Store, Stored

Due = tuple[str, Options]  # a digest, and how it is graded


def play(
    store: Store, due: Sequence[Due], where: Where, kept: Callable[[], None] = lambda: None
) -> None:
    """Grade what is due. Ctrl+C ends it; what was graded until then is stored.

    ``kept`` is called after each result.
    """
    if not due:
        return
    by_key = {key(digest, fingerprint(), how): (digest, how) for digest, how in due}
    tasks = [(name, partial(_task, store, *one)) for name, one in by_key.items()]
    people = _owners(store)
    owners = {name: people.get(digest, []) for name, (digest, _how) in by_key.items()}
    with Progress(owners, len(tasks)) as progress, where.executor() as pool:
        going = run.outcomes(tasks, pool, where.jobs, progress)
        with contextlib.closing(going):
            for name, outcome in going:
                progress.ended(name, outcome)
                if outcome.result is not None or outcome.failure:
                    digest, how = by_key[name]
                    made = (outcome.result, outcome.failure)
                    store.keep(Stored(digest, fingerprint(), how, *made))
                    kept()
        sys.stderr.flush()


def _task(store: Store, digest: str, how: Options) -> Task:
    return Task(digest, store.files(digest), how, fingerprint())


def _owners(store: Store) -> dict[str, list[Person]]:
    """Who handed in each of the contents."""
    people = {person.id: person for person in store.people()}
    owners: dict[str, list[Person]] = {}
    for attempt in store.attempts():
        if attempt.person in people:
            owners.setdefault(attempt.digest, []).append(people[attempt.person])
    return owners
