"""``class -- FOLDER``: takes in what was handed in, grades what is due, writes the page."""

from __future__ import annotations

import contextlib
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from grader.classroom import arguments, overview, roster, rows, rules, settings
from grader.classroom.engine import run as engine
from grader.classroom.engine.task import Task
from grader.classroom.intake.handed import handed_in
from grader.classroom.keys import Options, fingerprint, key
from grader.classroom.people import Files, Person
from grader.classroom.progress import Progress
from grader.classroom.settings import Settings
from grader.classroom.store import Store, Stored
from grader.cli.exit_status import ExitStatus
from grader.fact import FactError, fact
from grader.grading.options import chosen_variants
from grader.sandbox import levels


def run(options: Namespace) -> int:
    """Grade a class. Raises FactError."""
    level(options)
    out = arguments.out_folder(options)
    with Store(out) as store:
        known = changed(settings.load(store), options)
        store.take_in(_people(options, known))
        settings.save(store, known)
        due = chosen(store, known, options.again)
        interrupted = False
        try:
            grade(store, known, due, options.jobs or settings.jobs())
        except KeyboardInterrupt:
            interrupted = True
        made = overview.write(store, known)
    overview.tell(made, out)
    return ExitStatus.INTERRUPTED if interrupted else overview.status(made)


def level(options: Namespace) -> None:
    """Raises FactError where limits alone would hold hostile programs, unless that is wanted."""
    if options.portable and options.sandbox:
        raise FactError(fact("portable-or-sandbox"))
    try:
        box, missing = levels.choose(options.sandbox or "auto", portable=options.portable)
    except levels.Unavailable as error:
        raise FactError(fact("sandbox-refused", reason=error.fact)) from None
    if box.level == "limits" and not options.trust:
        raise FactError(fact("limits-alone", reason=missing or fact("nothing")))


def changed(known: Settings | None, options: Namespace) -> Settings:
    """The settings of the class with what is asked for now; what is not asked for stays."""
    names = tuple(variant.name for variant in chosen_variants(options.variant))
    found = known or settings.first(names, options.seed)
    now = settings.first(names, options.seed).options
    made = replace(
        found.options,
        variants=names if options.variant or known is None else found.options.variants,
        seed=found.options.seed if options.seed is None else options.seed,
        portable=options.portable or found.options.portable,
        sandbox=options.sandbox or found.options.sandbox,
        python=now.python,
    )
    found = replace(marking(found, options), options=made, source=str(options.source))
    if options.roster:
        found = replace(found, listed=roster.read(Path(options.roster)))
    return found


def marking(known: Settings, options: Namespace) -> Settings:
    """The settings with what is asked for now of how it is marked."""
    made = rules.read(Path(options.rubric)) if options.rubric else known.rules
    if options.out_of:
        made = replace(made, out_of=options.out_of)
    return replace(
        known, rules=made, keep=options.keep or known.keep, count=options.count or known.count
    )


def _people(options: Namespace, known: Settings) -> Iterator[tuple[Person, Files]]:
    handed = handed_in(Path(options.source))
    listed = known.listed
    for one in roster.joined(handed, listed) if listed else handed:
        yield one.person, one.files


def chosen(store: Store, known: Settings, again: Sequence[str]) -> list[str]:
    """The digests that are to be graded, in an order that no result changes."""
    made = rows.rows(store, known.how)
    names = set(again) - {"errors", "all"}
    if unknown := names - {row.person.id for row in made}:
        raise FactError(fact("nobody-called-so", id=min(unknown)))
    wanted: dict[str, None] = {}
    for row in made:
        asked = row.person.id in names or "all" in again
        asked |= "errors" in again and row.state is rows.State.ERROR
        if row.digest and (asked or not store.has(_key(row.digest, known.options))):
            wanted[row.digest] = None
    return list(wanted)


def _key(digest: str, options: Options) -> str:
    return key(digest, fingerprint(), options)


def grade(store: Store, known: Settings, due: Sequence[str], jobs: int) -> None:
    """Grade what is due; each result is stored as soon as it is there."""
    _play(store, dict.fromkeys(due, known.options), jobs)


def _play(store: Store, due: dict[str, Options], jobs: int) -> None:
    def task(digest: str) -> Task:
        return Task(digest, store.files(digest), due[digest], fingerprint())

    if not due:
        return
    owners = owners_of(store)
    tasks = [(digest, lambda digest=digest: task(digest)) for digest in due]
    with Progress(owners, len(due)) as progress, engine.local(jobs) as executor:
        going = engine.outcomes(tasks, executor, jobs, progress)
        with contextlib.closing(going):
            for digest, outcome in going:
                progress.ended(digest, outcome)
                if outcome.result is not None or outcome.failure:
                    how = due[digest]
                    one = Stored(digest, fingerprint(), how, outcome.result, outcome.failure)
                    store.keep(one)
        sys.stderr.flush()


def owners_of(store: Store) -> dict[str, list[Person]]:
    """Who handed in each of the contents."""
    people = {person.id: person for person in store.people()}
    owners: dict[str, list[Person]] = {}
    for attempt in store.attempts():
        if attempt.person in people:
            owners.setdefault(attempt.digest, []).append(people[attempt.person])
    return owners
