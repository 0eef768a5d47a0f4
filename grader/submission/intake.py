"""Finds the files to grade."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from grader.assignment.variants import VARIANTS, Role, Variant
from grader.fact import Fact, FactError, fact

KIT = Path(__file__).resolve().parents[2]
MAX_BYTES = 250_000  # a source file longer than this is not read
MAX_MODULES = 100


class NotFound(FactError):
    """There is nothing to grade; the fact says what was looked for."""


@dataclass(frozen=True)
class Submission:
    """The files of one submission: ``files[variant, role]``."""

    label: str
    files: dict[tuple[Variant, Role], Path]
    notes: tuple[Fact, ...] = ()
    folder: Path | None = None  # where they are; None for files given by themselves

    def missing(self, variant: Variant, roles: Iterable[Role]) -> str:
        """The name of the first of these files that is not there, or nothing."""
        for role in roles:
            if (variant, role) not in self.files:
                return variant.file(role)
        return ""


def in_folder(folder: Path, variants: Iterable[Variant] = VARIANTS) -> Submission:
    """Look for ``tcp_server.py`` and so on. Raises NotFound when none of them is there."""
    try:
        there, is_folder = folder.exists(), folder.is_dir()
    except OSError as error:
        why = fact("path-unreadable", path=str(folder), reason=error.strerror or "")
        raise NotFound(why) from None
    if not there:
        raise NotFound(fact("no-folder", path=str(folder), files=_names(variants)))
    if not is_folder:
        raise NotFound(fact("not-a-folder", path=str(folder)))
    files, notes = {}, []
    for variant in variants:
        lacking: list[Fact] = []
        for role in Role:
            path = folder / variant.file(role)
            trouble = unreadable(path, folder)
            if not trouble:
                files[variant, role] = path.resolve()
            else:
                lacking.append(fact("file-trouble", file=path.name, trouble=trouble))
        if lacking:
            notes.append(fact("files-lacking", files=tuple(lacking)))
    if not files:
        raise NotFound(fact("nothing-to-grade", path=str(folder), files=_names(variants)))
    return Submission(str(folder), files, tuple(notes), folder)


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
        fact("role-not-given", role=role.value)
        for role in Role
        if (variant, role) not in files
    )
    label = " ".join(str(path) for path in (server, client) if path)
    return Submission(label, files, notes)


def copied(submission: Submission, folder: Path) -> Submission:
    """A copy in this empty folder: what is run and read is never the student's own files.

    From a folder come the modules beside the files too, and those of packages in it: at most
    MAX_MODULES, no links. A file given by itself comes alone: what lies beside it may be
    somebody else's. A file that cannot be copied any more is missing.
    """
    if submission.folder is not None:
        for module in _modules(submission.folder):
            _copy(module, folder / module.relative_to(submission.folder))
    files = {}
    for (variant, role), path in submission.files.items():
        name = variant.file(role) if submission.folder else f"{role.value}/{path.name}"
        if _copy(path, folder / name):
            files[variant, role] = folder / name
    return dataclasses.replace(submission, files=files)


def _modules(folder: Path) -> list[Path]:
    """The Python files in a folder and in the folders in it, unless it holds the kit itself."""
    if KIT.is_relative_to(folder.resolve()):
        return []
    paths = itertools.chain(folder.glob("*.py"), folder.glob("*/*.py"))
    modules = (path for path in paths if not path.parent.is_symlink() and not path.is_symlink())
    return sorted(itertools.islice((m for m in modules if not unreadable(m)), MAX_MODULES))


def _copy(source: Path, target: Path) -> bool:
    try:
        target.parent.mkdir(exist_ok=True)
        with source.open("rb") as file:
            target.write_bytes(file.read(MAX_BYTES))
    except OSError:
        return False
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
        with path.open("rb"):
            return None
    except OSError as error:
        return fact("is-unreadable", reason=error.strerror or "")


def _names(variants: Iterable[Variant]) -> str:
    return ", ".join(v.file(role) for v in variants for role in Role)
