"""A class as it was handed in: from a folder or an archive to people with their files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from grader.assignment import modes
from grader.classroom.intake import layouts
from grader.classroom.intake.archives import Room, is_archive, is_unopened, unpack
from grader.classroom.intake.layouts import Part
from grader.classroom.intake.reading import Read, read
from grader.classroom.people import Handed, Person
from grader.fact import FactError, fact, writable
from grader.sandbox.box import scratch_folder

ENTRIES, BYTES = 60_000, 2_000_000_000  # unpacked, of a whole class


def handed_in(source: Path, mode: str = modes.PROTOCOL) -> Iterator[Handed]:
    """What everybody handed in, in the order of their ids.

    Raises FactError where there is no class: nothing, a single submission, an archive that cannot
    be opened.
    """
    try:
        if source.is_dir():
            yield from _in_folder(source, source, mode)
        elif source.is_file() and is_archive(source.name):
            with scratch_folder() as scratch:
                yield from _in_folder(_unpacked(source, scratch), source, mode)
        else:
            known = source.is_file() and is_unopened(source.name)
            raise FactError(fact("not-opened" if known else "no-such-class", path=str(source)))
    except OSError as error:
        why = fact("path-unreadable", path=str(source), reason=error.strerror or str(error))
        raise FactError(why) from None


def _unpacked(source: Path, scratch: Path) -> Path:
    """The folder in which the class lies, unpacked; archives within stay as they are."""
    room = Room(ENTRIES, BYTES)
    unpack(source, scratch, room, within=False)
    if refused := [why for why in room.troubles if why.code == "archive-refused"]:
        raise FactError(refused[0])
    inside = [path for path in scratch.iterdir() if not path.name.startswith((".", "__MACOSX"))]
    several = len(inside) == 1 and inside[0].is_dir() and not layouts.is_one_submission(inside[0])
    if several and len(layouts.parts(scratch)) == 1 and len(layouts.parts(inside[0])) > 1:
        return inside[0]
    return scratch


def _in_folder(folder: Path, source: Path, mode: str) -> Iterator[Handed]:
    if layouts.is_one_submission(folder):
        raise FactError(fact("one-submission", path=str(source)))
    found = layouts.parts(folder)
    if not found:
        raise FactError(fact("empty-class", path=str(source)))
    for part in found:
        with scratch_folder() as scratch:
            yield _handed(part, read(part.paths, scratch, mode))


def _handed(part: Part, found: Read) -> Handed:
    person = Person(
        id=writable(part.id),
        name=writable(part.name),
        email=writable(part.email),
        late=part.late,
        place=writable(part.place),
        there=found.there,
        troubles=found.troubles,
    )
    return Handed(person, found.files, (part.id, part.email, *part.names, part.name))
