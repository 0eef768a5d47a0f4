"""The folders of a submission: where its programs are, and what lies beside them."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

KIT = Path(__file__).resolve().parents[2]
MAX_DEPTH = 8  # folders in one another
MAX_FOLDERS = 500
MAX_FILES = 200
MAX_BYTES = 1_000_000  # of one file beside the programs
MAX_TOTAL = 8_000_000
# What archives, editors and package managers leave: never what a student has written.
NOT_WRITTEN = {"__MACOSX", "__pycache__", "node_modules"}
ENVIRONMENT = "pyvenv.cfg"  # a folder with this is a virtual environment


def folders(top: Path) -> Iterator[tuple[Path, list[Path]]]:
    """A folder and those in it, each with its files, the upper ones first.

    No links are followed, and the kit itself is left out. There is an end: MAX_FOLDERS, MAX_DEPTH.
    """
    level, seen = [top], 0
    for _depth in range(MAX_DEPTH):
        below: list[Path] = []
        for folder in level:
            seen += 1
            if seen > MAX_FOLDERS:
                return
            inside, files = _listed(folder)
            if folder == top or not (folder.resolve() == KIT or _is_environment(files)):
                yield folder, files
                below += inside
        level = below


def alongside(folder: Path) -> tuple[list[Path], int]:
    """The files of a submission that come with its programs, and how many are too many.

    Python files first: modules and packages; then data.
    """
    if KIT.is_relative_to(folder.resolve()):
        return [], 0
    found = [path for _folder, files in folders(folder) for path in files]
    found.sort(key=lambda path: (path.suffix != ".py", len(path.parts), path))
    taken: list[Path] = []
    total = 0
    for path in found:
        size = _size(path)
        if size <= MAX_BYTES and total + size <= MAX_TOTAL and len(taken) < MAX_FILES:
            taken.append(path)
            total += size
    return taken, len(found) - len(taken)


def _listed(folder: Path) -> tuple[list[Path], list[Path]]:
    """The folders and the files in a folder; what is hidden, a link or neither is not there."""
    inside, files = [], []
    try:
        with os.scandir(folder) as entries:
            for entry in sorted(entries, key=lambda entry: entry.name):
                if entry.name.startswith(".") or entry.name in NOT_WRITTEN:
                    continue
                if entry.is_dir(follow_symlinks=False):
                    inside.append(folder / entry.name)
                elif entry.is_file(follow_symlinks=False):
                    files.append(folder / entry.name)
    except OSError:
        pass  # what cannot be read is not there
    return inside, files


def _is_environment(files: list[Path]) -> bool:
    return any(path.name == ENVIRONMENT for path in files)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size if os.access(path, os.R_OK) else MAX_TOTAL + 1
    except OSError:
        return MAX_TOTAL + 1
