"""The Python files of a submission, by the names that its running programs have for them."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

MAX_BYTES = 500_000  # of one file; a longer one is not read
MAX_CODE = 100  # characters of a line to show


class OwnFiles:
    """The files in a folder, which a program may see as another one.

    They are read when they are asked for: a program may have removed them meanwhile.
    """

    def __init__(self, folder: Path, seen_as: str = "") -> None:
        self.folder = folder
        self._tops = [_posix(str(folder)), *filter(None, [seen_as])]

    def name(self, path: str) -> str:
        """The name of a file in the folder, such as ``lib/wire.py``; nothing for another file."""
        path = _posix(path)
        for top in self._tops:
            inside = path.removeprefix(f"{top}/")
            parts = PurePosixPath(inside).parts
            if inside != path and inside.endswith(".py") and ".." not in parts:
                return inside
        return ""

    def text(self, file: str) -> str:
        """All of a file; nothing of one that is gone."""
        path = self.folder / file
        try:
            if not path.is_file() or path.stat().st_size > MAX_BYTES:
                return ""
            return path.read_text(encoding="utf-8", errors="replace")
        except (OSError, ValueError):
            return ""

    def code(self, file: str, line: int) -> str | None:
        """A line of a file, to be shown; None where there is no such line."""
        text = self.text(file)
        lines = re.split("\r\n|\r|\n", text)  # as Python counts them
        if not text or not 1 <= line <= len(lines):
            return None
        code = " ".join(lines[line - 1].split())
        return code if len(code) <= MAX_CODE else f"{code[: MAX_CODE - 1]}…"


def _posix(path: str) -> str:
    return path.replace("\\", "/")
