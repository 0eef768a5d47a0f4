"""What a mutant is: a complete answer with one fault in it."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from pathlib import Path

WHOLE = Path(__file__).with_name("whole")


@dataclass(frozen=True)
class Mutant:
    """One fault, and the checks that must find it.

    ``edits`` are replacements in one file of the reference, each of a text that occurs there
    exactly once; where the fault is in how it is built, in that file of ``whole/BASE/``.
    """

    name: str
    fault: str  # one sentence
    fails: Set[str]  # exactly these checks fail; all others pass or are skipped
    edits: tuple[tuple[str, str], ...] = ()
    base: str = ""

    def source(self, file: str, reference: Path) -> str:
        """The text of the faulty file. Raises ValueError when an edit does not fit."""
        folder = WHOLE / self.base if self.base else reference
        text = (folder / file).read_text(encoding="utf-8")
        for old, new in self.edits:
            if text.count(old) != 1:
                raise ValueError(f"{self.name}: {text.count(old)} times in {file}, not once: {old}")
            text = text.replace(old, new)
        return text
