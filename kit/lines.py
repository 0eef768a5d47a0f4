"""Lines of a student's own program about which a question is worth while.

Each pattern is of a line without which the program is wrong; a mutant of the kit's tests, which
lacks such a line, shows which checks find it. Nothing is guessed about what a line does beyond
that: where two lines of a file look alike, the first one stands for both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from grader.assignment.variants import TCP, UDP, Role, Variant


@dataclass(frozen=True)
class Kind:
    """A kind of line, the file that it matters in, and what shows that it does."""

    pattern: str
    variant: Variant
    role: Role
    mutant: str
    checks: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """A line of a submission, with the checks that fail without it."""

    file: str
    number: int
    text: str
    checks: tuple[str, ...]


LOCK = r"with \w*lock\w*:"
NOT_THE_SENDER = r"if \w+ (?:is not|!=) (?:sender|user|client|connection|conn|sock|address|addr):"
FORGETS = r"del \w+\[.*\]|\w+\.(?:pop|remove|discard)\(.*\)"
STARTS = r".*Thread\(.*\)\.start\(\)|\w*thread\w*\.start\(\)"
KINDS = (
    Kind(r".*\.setsockopt\(.*SO_REUSEADDR.*", TCP, Role.SERVER, "no-reuseaddr", ("restart",)),
    Kind(r".*\.listen\(\d*\)", TCP, Role.SERVER, "never-listens", ("starts",)),
    Kind(LOCK, TCP, Role.SERVER, "sends-without-the-lock", ("storm",)),
    Kind(NOT_THE_SENDER, TCP, Role.SERVER, "echoes-to-sender", ("sender-excluded",)),
    Kind(NOT_THE_SENDER, UDP, Role.SERVER, "echoes-to-sender", ("sender-excluded",)),
    Kind(FORGETS, TCP, Role.SERVER, "never-forgets", ("rejoin",)),
    Kind(r".*\.bind\(.*\)", UDP, Role.SERVER, "never-binds", ("starts",)),
    Kind(STARTS, TCP, Role.CLIENT, "run-in-place-of-start", ("client-threads",)),
)


def that_matter(folder: Path) -> Iterator[Line]:
    """The lines of the files in a folder about which a question can be asked, in their order."""
    for kind in KINDS:
        path = folder / kind.variant.file(kind.role)
        try:
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines()
        except OSError:
            continue
        for number, line in enumerate(lines, 1):
            code = line.partition("  #")[0].strip()
            if re.fullmatch(kind.pattern, code):
                checks = tuple(f"{kind.variant.name}.{check}" for check in kind.checks)
                yield Line(path.name, number, code, checks)
                break
