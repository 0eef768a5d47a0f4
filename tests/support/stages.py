"""The reference as far as somebody has come who does one task after the other."""

from __future__ import annotations

import re
from pathlib import Path

from kit import skeleton

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "reference"
OPENS = re.compile(r" *# >>> task (\d+):")
INSIDE = re.compile(r" *#:")
CLOSES = re.compile(r" *# <<< task (\d+)")


def solved(source: str, task: int) -> str:
    """A file of the reference as its skeleton, with all gaps up to this task filled in."""
    lines = []
    done = False
    for line in source.splitlines(keepends=True):
        opens, closes = OPENS.match(line), CLOSES.match(line)
        if opens:
            done = int(opens[1]) <= task
        if not (done and (opens or closes or INSIDE.match(line))):
            lines.append(line)
        if closes:
            done = False
    text = "".join(lines)
    return skeleton.generate(text) if OPENS.search(text) else text


def write(folder: Path, task: int) -> None:
    """Write all four files as they are after this task."""
    folder.mkdir()
    for name in skeleton.FILES:
        source = (REFERENCE / name).read_text(encoding="utf-8")
        (folder / name).write_text(solved(source, task), encoding="utf-8")
