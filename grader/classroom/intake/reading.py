"""From what one person handed in to the files to grade, or to why there are none."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.assignment import modes
from grader.classroom.intake.archives import Room, is_archive, unpack_within
from grader.classroom.people import Files
from grader.fact import Fact, FactError, fact, writable
from grader.submission import alongside, intake
from grader.submission.own import pair

ENTRIES, BYTES = 2_000, 64_000_000  # unpacked, of one person
MAX_NAMED = 5  # files, where nothing can be graded
MAX_ARCHIVE = 64_000_000
UNNAMED = 10  # links that are named


@dataclass(frozen=True)
class Read:
    """The files to grade; without any, what is there instead."""

    files: Files
    there: tuple[str, ...]
    troubles: tuple[Fact, ...]


def read(paths: Mapping[str, Path], scratch: Path, mode: str = modes.PROTOCOL) -> Read:
    """Read what one person handed in: files, by the names they are to have, and folders.

    ``scratch`` is an empty folder to unpack archives in.
    """
    room = Room(ENTRIES, BYTES)
    for name, path in paths.items():
        _bring(path, scratch / name, room)
    unpack_within(scratch, room)
    troubles = list(room.troubles)
    try:
        folder, notes = _folder(scratch, mode)
    except FactError as error:
        names, why = _names(scratch), _told(error.fact)
        return Read({}, names, (*troubles, *([why] if why else [])))
    taken = alongside.alongside(folder)[0]
    files = {path.relative_to(folder).as_posix(): path.read_bytes() for path in taken}
    files = {name: data for name, data in files.items() if not is_archive(name)}
    troubles += [note for note in notes if note.code == "files-left-behind"]
    return Read(files, (), tuple(troubles))


def _folder(scratch: Path, mode: str) -> tuple[Path, tuple[Fact, ...]]:
    """The folder in which the programs are, and notes about it. Raises FactError."""
    if mode == modes.OWN:
        own = pair.in_folder(scratch)
        if not own.pairs:
            raise FactError(fact("nothing-to-grade", path="", files=""))
        return _only_one(own.folder), own.notes
    found = intake.in_folder(scratch)
    return next(path.parent for path in found.files.values()), found.notes


def _only_one(folder: Path) -> Path:
    """The folder further down, as long as there is nothing else: it may be called by a name."""
    while True:
        inside = [path for path in folder.iterdir() if not path.name.startswith(".")]
        if len(inside) != 1 or not inside[0].is_dir():
            return folder
        folder = inside[0]


def _bring(path: Path, target: Path, room: Room) -> None:
    """Copy a file or a folder; a link is not followed, and named."""
    if path.is_symlink():
        _link(path.name, room)
    elif path.is_dir():
        for above, files in alongside.folders(path):
            _name_links(above, path, room)
            for file in files:
                _copy(file, target / file.relative_to(path), room)
    else:
        _copy(path, target, room)


def _name_links(folder: Path, top: Path, room: Room) -> None:
    try:
        links = [entry for entry in folder.iterdir() if entry.is_symlink()]
    except OSError:
        return
    for entry in sorted(links)[:UNNAMED]:
        _link(entry.relative_to(top).as_posix(), room)


def _link(name: str, room: Room) -> None:
    room.troubles.append(fact("entry-refused", file=writable(name), reason=fact("is-link")))


def _copy(source: Path, target: Path, room: Room) -> None:
    """Copy one file, if it is not too large for anything that is graded."""
    try:
        size = source.stat().st_size
        if size > (MAX_ARCHIVE if is_archive(source.name) else alongside.MAX_BYTES):
            large = fact("file-trouble", file=source.name, trouble=fact("is-larger-than-read"))
            room.troubles.append(large)
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    except OSError as error:
        reason = fact("is-unreadable", reason=error.strerror or "")
        room.troubles.append(fact("file-trouble", file=writable(source.name), trouble=reason))


def _names(folder: Path) -> tuple[str, ...]:
    """What is there, to be named; not where it was unpacked."""
    files = [path for _above, inside in alongside.folders(folder) for path in inside]
    names = [writable(path.relative_to(folder).as_posix()) for path in files]
    return (*names[:MAX_NAMED], *(("…",) if len(names) > MAX_NAMED else ()))


def _told(why: Fact) -> Fact | None:
    """Why there is nothing to grade, without the folder that it was looked for in."""
    if why.code == "several-folders":
        return fact("several-folders-of-one", folders=why.arguments["folders"])
    if why.code == "nothing-gradable":
        return fact("none-gradable", files=why.arguments["files"])
    if why.code == "others-to-grade":
        return fact("called-otherwise", there=why.arguments["there"])
    return None
