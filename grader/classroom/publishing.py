"""``class -- publish``: the gradebook, filled-in worksheets, and pages to send back."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Mapping, Sequence
from pathlib import Path

from grader import reports
from grader.classroom import arguments, feedback, gradebook, overview, rows, settings, worksheet
from grader.classroom.anonymous import Names, key_file
from grader.classroom.grading import marking
from grader.classroom.rows import Row
from grader.classroom.settings import Settings
from grader.classroom.status import loaded
from grader.classroom.store import Store
from grader.cli.exit_status import ExitStatus
from grader.fact import FactError, fact
from grader.language import _, ngettext
from grader.reports.escape import visible
from grader.reports.sentences import say
from grader.reports.wording import number

GRADEBOOK, FEEDBACK, FILLED = "gradebook.csv", "feedback.zip", "filled-"
MOST = 20  # people who are passed over and named


def run(options: Namespace) -> int:
    """Write everything that is handed on, unless somebody still needs a look."""
    out = arguments.out_folder(options)
    with Store(out) as store:
        before = loaded(store)
        known = marking(before, options)
        marks = {row.person.id: row.mark for row in rows.rows(store, before.how)}
        settings.save(store, known)
        made = overview.write(store, known)
        _tell_moved(made, marks)
        eyes = [row for row in made if row.needs_eyes]
        if eyes and not options.anyway:
            overview.tell(made, out)
            line = ngettext(
                "nothing is published: {count} row needs a look first; --anyway publishes all",
                "nothing is published: {count} rows need a look first; --anyway publishes all",
                len(eyes),
            )
            print(line.format(count=len(eyes)))
            return ExitStatus.BELOW
        ids = [row.person.id for row in made]
        if known.anonymous:
            made = Names(Path(options.names) if options.names else key_file(out)).restored(made)
        _write(out, made, ids, known, options)
    sys.stdout.flush()
    return overview.status(made)


def _tell_moved(made: Sequence[Row], marks: Mapping[str, float | None]) -> None:
    """Say whose mark is another one by the rules that are asked for now."""
    for row in made:
        before = marks.get(row.person.id)
        if before != row.mark:
            old, new = ("–" if mark is None else number(mark) for mark in (before, row.mark))
            line = _("the mark moves: {name}: {before} → {after}")
            print(line.format(name=visible(row.person.name, 40), before=old, after=new))


def _write(
    out: Path, made: Sequence[Row], ids: Sequence[str], known: Settings, options: Namespace
) -> None:
    """Write all files. Raises FactError where one of them cannot be read or written."""
    files: dict[str, bytes] = {GRADEBOOK: gradebook.dumps(made, options.separator or "").encode()}
    said: list[str] = []
    if options.worksheet:
        path = Path(options.worksheet)
        name, data, said = _worksheet(path, made, known, options.column or "")
        files[name] = data
    try:
        files[FEEDBACK] = feedback.archive(made, out, ids)
        _write_all(out, files)
    except OSError as error:
        raise FactError(fact("class-unusable", path=str(out), reason=str(error))) from None
    print(*said, sep="\n", end="\n" if said else "")


def _write_all(out: Path, files: Mapping[str, bytes]) -> None:
    for name, data in files.items():
        reports.write_whole(out / name, data)
        print(_("written: {path}").format(path=out / name))


def _worksheet(
    path: Path, made: Sequence[Row], known: Settings, column: str
) -> tuple[str, bytes, list[str]]:
    """A worksheet filled in: its name, its contents, and what is to be said of it."""
    try:
        data = path.read_bytes()
    except OSError as error:
        why = fact("path-unreadable", path=str(path), reason=error.strerror or "")
        raise FactError(why) from None
    filled = worksheet.fill(data, str(path), made, known.rules, feedback.text, column)
    said = [
        ngettext(
            "{count} grade is filled in, rounded half up to {digits} digits",
            "{count} grades are filled in, rounded half up to {digits} digits",
            filled.count,
        ).format(count=filled.count, digits=known.rules.digits)
    ]
    if filled.skipped:
        said.append(_("the importer passes over:"))
        said += [f"  {visible(say(one), 200)}" for one in filled.skipped[:MOST]]
    if len(filled.skipped) > MOST:
        said.append("  " + _("{count} more").format(count=len(filled.skipped) - MOST))
    return f"{FILLED}{path.name}", filled.data, said
