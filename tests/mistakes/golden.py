"""The failures of the twenty most frequent mistakes, as they were graded once."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec.structs import replace

from grader.grading.events import Finished
from grader.result import codec
from grader.result.check import CheckResult
from grader.result.verdict import EventKind
from mistakes.grading import Graded

STORED = Path(__file__).with_name("golden.jsonl")
# Tracebacks name files of the library: where it lies on one machine is no matter.
LIBRARY = Path(threading.__file__).parent.as_posix().encode()
USUAL = b"/usr/lib/python3.11"
# By the mistake, the check in which a student meets it.
CHECKS: Mapping[str, str] = {
    "sends-to-the-sender-too": "sender-excluded",
    "makes-a-thread-and-never-starts-it": "handshake",
    "calls-serve-instead-of-handing-it-over": "handshake",
    "serves-in-the-accept-loop": "handshake",
    "takes-a-plain-lock-twice": "handshake",
    "forgets-to-listen": "starts",
    "leaves-out-a-colon": "starts",
    "returns-the-first-line-instead-of-yielding": "handshake",
    "keeps-the-newline-of-the-name": "join-notice",
    "crashes-on-a-misspelt-name-in-its-first-line": "handshake",
    "join-returns-nothing": "handshake",
    "greets-with-words-of-its-own": "handshake",
    "joins-without-the-exclamation-mark": "join-notice",
    "prints-instead-of-sending": "two-users",
    "puts-the-name-in-front-again": "two-users",
    "throws-out-who-says-left": "two-users",
    "passes-the-leave-notice-on-and-sends-another": "leave-notice",
    "receives-without-a-thread": "client-threads",
    "forgets-the-comma-after-the-argument": "client-shows",
    "leaves-out-the-blank-after-the-colon": "client-sends",
}


def write(found: Iterable[Graded]) -> None:
    """Store the failure of each of the twenty, of these gradings."""
    results = {graded.name: codec.loads(graded.result) for graded in found}
    lines = []
    for name, check in CHECKS.items():
        (failed,) = (one for one in results[name].checks if one.name == check)
        steps = tuple(event for event in failed.transcript if event.kind is EventKind.STEP)
        lines.append(codec.encode(Finished(replace(failed, transcript=steps))) + b"\n")
    STORED.write_bytes(b"".join(lines).replace(LIBRARY, USUAL))


def read() -> dict[str, CheckResult]:
    """The failures by their mistakes."""
    lines = STORED.read_bytes().splitlines()
    found: list[Finished] = [codec.decode(line, Finished) for line in lines]
    return {name: one.result for name, one in zip(CHECKS, found, strict=True)}
