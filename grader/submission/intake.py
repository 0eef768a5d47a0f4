"""Finds the files to grade."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from grader.assignment.variants import VARIANTS, Role, Variant
from grader.fact import Fact, FactError, fact
from grader.submission import alongside
from grader.submission.near_misses import Misses, arguments, near_misses

MAX_BYTES = 250_000  # a source file longer than this is not read
MAX_NAMED = 5  # folders in a complaint
BOM = b"\xef\xbb\xbf"  # with which some editors begin a file
# Of a copy, whatever the umask: another user may be the one to read it.
LISTED, READABLE = 0o755, 0o644


class NotFound(FactError):
    """There is nothing to grade; the fact says what was looked for."""


@dataclass(frozen=True)
class Submission:
    """The files of one submission: ``files[variant, role]``."""

    label: str
    files: dict[tuple[Variant, Role], Path]
    notes: tuple[Fact, ...] = ()
    folder: Path | None = None  # where they are; None for files given by themselves
    troubles: dict[str, Fact] = field(default_factory=dict)  # by the name of a file not in files

    def missing(self, variant: Variant, roles: Iterable[Role]) -> Fact | None:
        """The first of these files that cannot be run, and why; None when all can."""
        for role in roles:
            if (variant, role) not in self.files:
                name = variant.file(role)
                trouble = self.troubles.get(name, fact("is-missing"))
                return fact("file-trouble", file=name, trouble=trouble)
        return None


def in_folder(folder: Path, variants: Iterable[Variant] = VARIANTS) -> Submission:
    """Look for ``tcp_server.py`` and so on. Raises NotFound when none of them is there.

    Archives are unpacked into a folder more than was meant: so it may be the one folder further
    down that has them.
    """
    try:
        there, is_folder = folder.exists(), folder.is_dir()
    except OSError as error:
        why = fact("path-unreadable", path=str(folder), reason=error.strerror or "")
        raise NotFound(why) from None
    if not there:
        expected = ", ".join(_names(variants))
        raise NotFound(fact("no-folder", path=str(folder), files=expected))
    if not is_folder:
        raise NotFound(fact("not-a-folder", path=str(folder)))
    variants = tuple(variants)
    found = _looked_through(folder, variants)
    if found.files:
        return found
    deeper = _further_down(folder, variants)
    if len(deeper) > 1:
        inside = tuple(str(path.relative_to(folder)) for path in deeper[:MAX_NAMED])
        inside += ("...",) * (len(deeper) > MAX_NAMED)
        raise NotFound(fact("several-folders", path=str(folder), folders=inside))
    if deeper:
        return _looked_through(deeper[0], variants)
    raise NotFound(_nothing(found, folder, variants))


def _looked_through(folder: Path, variants: tuple[Variant, ...]) -> Submission:
    """What is in this folder itself."""
    files, notes, troubles = {}, [], {}
    beside = next(iter(alongside.folders(folder)), (folder, []))[1]
    misses = near_misses([path for path in beside if path.name not in _names(variants)], variants)
    for variant in variants:
        lacking: list[Fact] = []
        for role in Role:
            path = folder / variant.file(role)
            trouble = unreadable(path, folder)
            if not trouble:
                files[variant, role] = path.resolve()
                continue
            if trouble.code == "is-missing" and (variant, role) in misses:
                trouble = fact("is-called-otherwise", there=misses[variant, role].name)
            troubles[path.name] = trouble
            lacking.append(fact("file-trouble", file=path.name, trouble=trouble))
        if lacking:
            notes.append(fact("files-lacking", files=tuple(lacking)))
    if files and (left := alongside.alongside(folder)[1]):
        notes.append(fact("files-left-behind", count=left))
    return Submission(label_of(folder), files, tuple(notes), folder, troubles)


def _further_down(folder: Path, variants: tuple[Variant, ...]) -> list[Path]:
    """The folders in this one that have files to grade; not those in another one of them."""
    found: list[Path] = []
    for path, _files in alongside.folders(folder):
        within = any(path.is_relative_to(other) for other in found)
        names = (variant.file(role) for variant in variants for role in Role)
        if not within and any(not unreadable(path / name, path) for name in names):
            found.append(path)
    return found


def _nothing(found: Submission, folder: Path, variants: tuple[Variant, ...]) -> Fact:
    """Why there is nothing to grade: what is there instead."""
    there = [
        fact("file-trouble", file=name, trouble=trouble)
        for name, trouble in found.troubles.items()
        if trouble.code not in ("is-missing", "is-called-otherwise")
    ]
    if there:
        return fact("nothing-gradable", path=str(folder), files=tuple(there))
    expected = ", ".join(_names(variants))
    for _folder, files in alongside.folders(folder):
        if misses := near_misses(files, variants):
            return _instead(folder, expected, misses)
    return fact("nothing-to-grade", path=str(folder), files=expected)


def _instead(folder: Path, expected: str, misses: Misses) -> Fact:
    there = ", ".join(str(path.relative_to(folder)) for path in dict.fromkeys(misses.values()))
    given = arguments(misses)
    return fact("others-to-grade", path=str(folder), files=expected, there=there, arguments=given)


def from_files(variant: Variant, server: Path | None, client: Path | None) -> Submission:
    """Grade single files. Raises NotFound when one of them cannot be read."""
    files = {}
    for role, path in ((Role.SERVER, server), (Role.CLIENT, client)):
        if path is None:
            continue
        trouble = unreadable(path)
        if trouble:
            raise NotFound(fact("not-gradable", path=str(path), trouble=trouble))
        files[variant, role] = path.resolve()
    notes = tuple(
        fact("role-not-given", role=role.value) for role in Role if (variant, role) not in files
    )
    label = " ".join(label_of(path) for path in (server, client) if path)
    return Submission(label, files, notes)


def label_of(path: Path) -> str:
    """What reports call a folder or a file: as it was given, but never where on a machine it is.

    A whole path is told from where the user stands, or is only its last name.
    """
    if not path.is_absolute():
        return str(path)
    with contextlib.suppress(ValueError):
        inside = path.relative_to(Path.cwd())
        return str(inside) if inside.name else path.name
    return path.name or str(path)


def copied(submission: Submission, folder: Path) -> Submission:
    """A copy in this empty folder: what is run and read is never the student's own files.

    From a folder comes all that lies beside the files and in folders there, modules and data
    (:mod:`grader.submission.alongside`). A file given by itself comes alone: what lies beside it
    may be somebody else's. A file that cannot be read any more is missing. Raises OSError when
    there is no room for the copy: that is not the submission's fault.
    """
    folder.chmod(LISTED)
    if submission.folder is not None:
        for path in alongside.alongside(submission.folder)[0]:
            _copy(path, folder, path.relative_to(submission.folder), alongside.MAX_BYTES)
    files = {}
    for (variant, role), path in submission.files.items():
        name = variant.file(role) if submission.folder else f"{role.value}/{path.name}"
        if _copy(path, folder, Path(name), MAX_BYTES):
            files[variant, role] = folder / name
    return dataclasses.replace(submission, files=files)


def _copy(source: Path, folder: Path, name: Path, most: int) -> bool:
    """Copy a file into a folder, under a name that may have folders in it."""
    target = folder / name
    try:
        with source.open("rb") as file:
            content = file.read(most)
    except OSError:
        return False
    for parent in reversed([above for above in name.parents if above.name]):
        (folder / parent).mkdir(exist_ok=True)
        (folder / parent).chmod(LISTED)
    target.write_bytes(content)
    target.chmod(READABLE)
    return True


def unreadable(path: Path, folder: Path | None = None) -> Fact | None:
    """Why this file cannot be graded, or nothing; a link must not lead out of the folder."""
    try:
        if not path.exists():
            return fact("is-missing")
        if not path.is_file():
            return fact("is-no-file")
        if folder is not None and not path.resolve().is_relative_to(folder.resolve()):
            return fact("is-link-out")
        if path.stat().st_size > MAX_BYTES:
            return fact("is-too-large", count=MAX_BYTES)
        with path.open("rb") as file:
            return None if file.read().removeprefix(BOM).strip() else fact("is-empty")
    except OSError as error:
        return fact("is-unreadable", reason=error.strerror or "")


def _names(variants: Iterable[Variant]) -> list[str]:
    return [v.file(role) for v in variants for role in Role]
