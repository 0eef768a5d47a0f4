"""Finds the files to grade."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from grader.rubric import VARIANTS

MAX_BYTES = 1_000_000  # a source file longer than this is not read


class NotFound(Exception):
    """There is nothing to grade; the text says what was looked for."""


@dataclass(frozen=True)
class Submission:
    """The files of one submission: ``files[variant, role]``, role ``server`` or ``client``."""

    label: str
    files: dict[tuple[str, str], Path]
    notes: tuple[str, ...] = ()

    def missing(self, variant: str, roles: tuple[str, ...]) -> str:
        """The name of the first of these files that is not there, or nothing."""
        for role in roles:
            if (variant, role) not in self.files:
                return f"{variant}_{role}.py"
        return ""


def in_folder(folder: Path, variants: tuple[str, ...] = VARIANTS) -> Submission:
    """Look for ``tcp_server.py`` and so on. Raises NotFound when none of them is there."""
    try:
        there, is_folder = folder.exists(), folder.is_dir()
    except OSError as error:
        raise NotFound(f"{folder}: cannot be read ({error.strerror})") from None
    if not there:
        raise NotFound(f"{folder}: no such folder; expected a folder with {_names(variants)}")
    if not is_folder:
        raise NotFound(
            f"{folder}: not a folder; for single files use --server FILE --client FILE"
        )
    files, notes = {}, []
    for variant in variants:
        lacking = []
        for role in ("server", "client"):
            path = folder / f"{variant}_{role}.py"
            trouble = unreadable(path)
            if not trouble:
                files[variant, role] = path.resolve()
            else:
                lacking.append(f"{path.name} {trouble}")
        if lacking:
            notes.append(f"{', '.join(lacking)}: the checks that run it are skipped")
    if not files:
        raise NotFound(f"{folder}: nothing to grade; expected {_names(variants)}")
    return Submission(str(folder), files, tuple(notes))


def from_files(variant: str, server: Path | None, client: Path | None) -> Submission:
    """Grade single files. Raises NotFound when one of them cannot be read."""
    files = {}
    for role, path in (("server", server), ("client", client)):
        if path is None:
            continue
        trouble = unreadable(path)
        if trouble:
            raise NotFound(f"{path}: {trouble}; expected a Python file")
        files[variant, role] = path.resolve()
    notes = tuple(
        f"no --{role} given: the checks that run it are skipped"
        for role in ("server", "client")
        if (variant, role) not in files
    )
    label = " ".join(str(path) for path in (server, client) if path)
    return Submission(label, files, notes)


def unreadable(path: Path) -> str:
    """Why this file cannot be graded, or nothing."""
    try:
        if not path.exists():
            return "is missing"
        if not path.is_file():
            return "is not a file"
        if path.stat().st_size > MAX_BYTES:
            return f"is larger than {MAX_BYTES:,} bytes"
        with path.open("rb"):
            return ""
    except OSError as error:
        return f"cannot be read ({error.strerror})"


def _names(variants: tuple[str, ...]) -> str:
    return ", ".join(f"{v}_{role}.py" for v in variants for role in ("server", "client"))
