"""``class -- FOLDER``: takes in what was handed in, grades what is due, writes the page."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec.structs import replace

from grader.classroom import arguments, defence, overview, roster, rows, rules, settings, steadiness
from grader.classroom.anonymous import Names, key_file
from grader.classroom.engine import places, playing
from grader.classroom.intake.handed import handed_in
from grader.classroom.keys import fingerprint, key
from grader.classroom.people import Files, Person
from grader.classroom.settings import Settings
from grader.classroom.store import Store
from grader.cli.exit_status import ExitStatus
from grader.fact import FactError, fact
from grader.grading.options import chosen_variants


def run(options: Namespace) -> int:
    """Grade a class. Raises FactError."""
    where = places.place(options)
    out = arguments.out_folder(options)
    with Store(out) as store:
        known = changed(settings.load(store), options)
        names = Names(key_file(out)) if known.anonymous else None
        store.take_in(_people(options, known, names))
        # Who is in the class is not stored with it where that is not to be known.
        settings.save(store, replace(known, listed=()) if names else known)
        due = chosen(store, known, options.again)
        interrupted = False
        try:
            now_and_then = overview.NowAndThen(store, known)
            first = [(digest, known.options) for digest in due]
            playing.play(store, first, where, now_and_then)
            if options.steady:
                playing.play(store, steadiness.due(store, known), where, now_and_then)
        except KeyboardInterrupt:
            interrupted = True
        made = overview.write(store, known)
    overview.tell(made, out)
    return ExitStatus.INTERRUPTED if interrupted else overview.status(made)


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
        mode=options.mode or found.options.mode,
        python=now.python,
    )
    anonymous = options.anonymous or found.anonymous
    found = replace(
        marking(found, options), options=made, source=str(options.source), anonymous=anonymous
    )
    if options.roster:
        found = replace(found, listed=roster.read(Path(options.roster)))
    return found


def marking(known: Settings, options: Namespace) -> Settings:
    """The settings with what is asked for now of how it is marked."""
    made = rules.read(Path(options.rubric)) if options.rubric else known.rules
    if options.out_of:
        made = replace(made, out_of=options.out_of)
    if options.defence:
        known = replace(known, defences=defence.read(Path(options.defence)))
    return replace(
        known, rules=made, keep=options.keep or known.keep, count=options.count or known.count
    )


def _people(
    options: Namespace, known: Settings, names: Names | None
) -> Iterator[tuple[Person, Files]]:
    """Everybody with their files; with ``names``, under numbers."""
    handed = handed_in(Path(options.source), known.options.mode)
    listed = known.listed
    for one in roster.joined(handed, listed) if listed else handed:
        yield names.hidden(one.person) if names else one.person, one.files
    if names:
        names.save()


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
        done = store.has(key(row.digest, fingerprint(), known.options))
        if row.digest and not row.person.forgotten and (asked or not done):
            wanted[row.digest] = None
    return list(wanted)
