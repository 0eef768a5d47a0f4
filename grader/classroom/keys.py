"""The key of a result: what was graded, by which grader, and how, as far as verdicts need it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

from grader.result import codec

GRADER = Path(__file__).resolve().parents[1]
# What shows results, or is about many of them, changes no verdict.
SHOWING = frozenset({"bootstrap", "classroom", "cli", "locale", "reports"})


class Options(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a submission is graded, as far as verdicts depend on it."""

    variants: tuple[str, ...]
    seed: int
    portable: bool
    sandbox: str
    checks: tuple[str, ...]  # ids; none means all
    mode: str  # "protocol" or "own"
    python: str  # such as "3.11": it is what the submissions run on


def digest(files: Mapping[str, bytes]) -> str:
    """What stands for the contents of a submission: the same files have the same digest."""
    whole = hashlib.sha256()
    for name in sorted(files):
        for part in (name.encode("utf-8", "surrogateescape"), files[name]):
            whole.update(len(part).to_bytes(8, "big") + part)
    return whole.hexdigest()


@cache
def fingerprint(folder: Path = GRADER) -> str:
    """What stands for this grader: it changes with every source file that makes verdicts."""
    paths = (path.relative_to(folder) for path in folder.rglob("*") if path.suffix in KINDS)
    files = {path.as_posix(): path for path in paths if path.parts[0] not in SHOWING}
    return digest({name: _text(folder / path) for name, path in files.items()})[:16]


KINDS = frozenset({".py", ".ini"})


def _text(path: Path) -> bytes:
    return path.read_bytes().replace(b"\r\n", b"\n")


def key(digest_: str, grader: str, options: Options) -> str:
    """The key of one result."""
    return digest({"what": digest_.encode(), "who": grader.encode(), "how": codec.encode(options)})
