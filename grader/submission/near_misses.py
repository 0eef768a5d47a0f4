"""Files that are meant to be graded, to judge by their names, and are called otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from grader.assignment.variants import NAMES, TCP, Role, Variant

# What browsers, editors and people add to a name.
ENDING = re.compile(r"\.(py|pyw|txt|py3?\.txt|py\.bak|py\.\w+|python|пу)$")
WORDS = {Role.SERVER: ("server", "сервер"), Role.CLIENT: ("client", "клиент")}

Misses = dict[tuple[Variant, Role], Path]


def near_misses(files: Iterable[Path], variants: Iterable[Variant]) -> Misses:
    """For each file of the lab the one whose name comes nearest to it."""
    wanted = tuple(variants)
    misses: Misses = {}
    for path in sorted(files, key=lambda path: (len(path.name), path.name)):
        name = path.name.casefold()
        if not ENDING.search(name):
            continue
        named = [variant for variant in wanted if variant.name in name]
        variant = (named or [v for v in wanted if v is TCP] or list(wanted))[0]
        if not named and any(other in name for other in NAMES):
            continue  # of a variant that nobody asked for
        for role, words in WORDS.items():
            if any(word in name for word in words):
                misses.setdefault((variant, role), path)
    return misses


def arguments(misses: Misses) -> str:
    """What to give to the grader, so that it grades the files of the first variant among these."""
    variant = next(iter(misses))[0]
    files = [(role, misses[variant, role]) for role in Role if (variant, role) in misses]
    words = [f"--{role.value} {_quoted(str(path))}" for role, path in files]
    return " ".join([*words, "--variant", variant.name])


def _quoted(word: str) -> str:
    """As every shell, that of Windows too, takes for one word."""
    return word if re.fullmatch(r"[\w./\\:+-]+", word) else f'"{word}"'
