"""``class -- forget ID…``: people are removed with all that they handed in; statistics stay.

What is left of somebody is a row without a name, with verdicts and points alone, and fingerprints,
so that a later class can still be compared with.
"""

from __future__ import annotations

import secrets
import sys
from argparse import Namespace
from pathlib import Path

from msgspec.structs import replace

from grader.classroom import arguments, overview, publishing, rows, settings
from grader.classroom.anonymous import Names, key_file
from grader.classroom.people import Person, slug
from grader.classroom.similarity import sources
from grader.classroom.similarity.winnow import prints
from grader.classroom.status import loaded, row_of
from grader.classroom.store import Store, Stored
from grader.cli.exit_status import ExitStatus
from grader.fact import Fact, FactError, fact
from grader.language import _, ngettext
from grader.result.check import CheckResult
from grader.result.grade import GradeResult


def run(options: Namespace) -> int:
    """Forget people. Raises FactError."""
    out = arguments.out_folder(options)
    with Store(out) as store:
        known = loaded(store)
        made = [row for row in rows.rows(store, known.how) if not row.person.forgotten]
        ids = options.ids
        if "all" not in ids:
            made = [row_of(made, id_) for id_ in dict.fromkeys(ids)]
        gone = {row.person.id for row in made}
        for row in made:
            forget(store, row.person)
        left = tuple(one for one in known.listed if slug(one.id) not in gone)
        known = replace(known, listed=left)
        settings.save(store, known)
        store.set("pairs", "")
        store.clean()
        if known.anonymous:
            names = Names(key_file(out))
            names.forget(sorted(gone))
            names.save()
        removed = _remove_published(out)
        overview.write(store, known)
    line = ngettext("{count} person is forgotten", "{count} people are forgotten", len(made))
    print(line.format(count=len(made)))
    for name in removed:
        print(_("removed, because it had names in it: {path}").format(path=out / name))
    sys.stdout.flush()
    return ExitStatus.GRADED


def forget(store: Store, person: Person) -> None:
    """Forget one person, in one transaction."""
    word = secrets.token_hex(4)
    nobody = Person(
        f"forgotten-{word}", f"№ {word}", person.group, late=person.late, forgotten=True
    )
    digests = [one.digest for one in store.attempts() if one.person == person.id]
    kept = [(digest, secrets.token_hex(32)) for digest in digests]
    found = [(new, _slim(one, new)) for old, new in kept for one in store.results(old)]
    shared = {one.digest for one in store.attempts() if one.person != person.id}
    marks = {digest: list(prints(sources.texts(store.files(digest)))) for digest in digests}
    store.forget(person.id, nobody, kept, [one for _new, one in found], shared, marks)


def _slim(one: Stored, digest: str) -> Stored:
    """A result without anything that somebody wrote."""
    result = None if one.result is None else _without_texts(one.result)
    return replace(one, digest=digest, result=result, failure="forgotten" if one.failure else "")


def _without_texts(result: GradeResult) -> GradeResult:
    def of_check(check: CheckResult) -> CheckResult:
        return replace(
            check,
            transcript=(),
            raised=(),
            standing=(),
            expected=None,
            got=None,
            point=None,
            place=None,
            cause=None,
            message=check.message and Fact(check.message.code, {}),
        )

    variants = (replace(v, checks=tuple(map(of_check, v.checks))) for v in result.variants)
    return replace(result, variants=tuple(variants), notes=())


def _remove_published(out: Path) -> list[str]:
    """Remove what was published: it has names in it."""
    names = [publishing.GRADEBOOK, publishing.FEEDBACK]
    names += sorted(path.name for path in out.glob(f"{publishing.FILLED}*"))
    removed = []
    for name in names:
        path = out / name
        if path.exists():
            try:
                path.unlink()
            except OSError as error:
                why = fact("class-unusable", path=str(path), reason=str(error))
                raise FactError(why) from None
            removed.append(name)
    return removed
