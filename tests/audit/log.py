"""The log of an audit: one line of JSON for each grading, so that what is interrupted goes on.

Once an audit is over, gradings that ended alike become one line (:func:`condensed`), and the log is
packed (:func:`write`): it is ``audit.jsonl.xz`` then. What is graded after that is appended to a
plain ``audit.jsonl`` beside it, a line of which can be cut off without harm to those before it.
"""

from __future__ import annotations

import json
import lzma
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from grader.reports import explanation
from grader.result.check import CheckResult

PLAIN = "plain"
PASS = "PASS"


@dataclass(frozen=True)
class Record:
    """One grading of one case, or several that ended alike."""

    case: str
    mode: str  # "plain", or what was made harder: "load 4", "switch"
    number: int  # which of the case's gradings; names and texts follow from it (run.seed)
    fingerprint: str  # of the submission
    grader: str  # the same of the grader
    verdicts: Mapping[str, str]  # check id -> verdict
    messages: Mapping[str, str] = field(default_factory=dict)  # of the checks that did not pass
    times: int = 1
    others: str = ""  # the verdict of all checks that are not named, if there are any

    @property
    def failing(self) -> frozenset[str]:
        """The names of the checks that found a fault."""
        return frozenset(
            id_.partition(".")[2] for id_, verdict in self.verdicts.items() if verdict == "FAIL"
        )

    def whole(self, checks: Iterable[str]) -> Record:
        """The same with a verdict for each of its case's checks."""
        if not self.others:
            return self
        verdicts = dict.fromkeys(checks, self.others) | dict(self.verdicts)
        return replace(self, verdicts=verdicts, others="")

    def short(self, checks: Sequence[str]) -> Record:
        """The same without what has passed, if each of its case's checks has a verdict."""
        verdicts = self.whole(checks).verdicts
        if set(verdicts) != set(checks):
            return self
        left = {id_: verdict for id_, verdict in verdicts.items() if verdict != PASS}
        return replace(self, verdicts=left, others=PASS)

    def joined(self, other: Record) -> Record:
        """Both as one; the number and the messages are the first one's."""
        return replace(self, times=self.times + other.times)


def condensed(records: Iterable[Record], checks: Mapping[str, Sequence[str]]) -> list[Record]:
    """Gradings that ended alike as one, with the number of the first; ``checks`` by fingerprint."""
    found: dict[tuple[object, ...], Record] = {}
    for record in records:
        short = record.short(checks[record.fingerprint])
        alike = (short.others, *sorted(short.verdicts.items()))
        key = (short.case, short.mode, short.fingerprint, short.grader, alike)
        found[key] = found[key].joined(short) if key in found else short
    return list(found.values())


def packed(path: Path) -> Path:
    """The compressed part of a log."""
    return path.with_name(path.name + ".xz")


def write(path: Path, records: Iterable[Record]) -> Path:
    """Replace the log by these records, packed; return the file.

    The same records make the same bytes.
    """
    lines = [json.dumps(asdict(record), ensure_ascii=False) + "\n" for record in records]
    new = path.with_name(path.name + ".new")
    new.write_bytes(lzma.compress("".join(lines).encode(), preset=9 | lzma.PRESET_EXTREME))
    os.replace(new, packed(path))
    path.unlink(missing_ok=True)
    return packed(path)


def verdicts_of(found: Mapping[str, CheckResult]) -> tuple[dict[str, str], dict[str, str]]:
    """Of what a grading found, what a record keeps: the verdicts and the messages."""
    verdicts = {id_: check.verdict.value for id_, check in found.items()}
    messages = {
        id_: " | ".join([explanation.message(check), *_texts(check)])[:300]
        for id_, check in found.items()
        if check.verdict.value in {"FAIL", "ERROR"}
    }
    return verdicts, messages


def _texts(check: CheckResult) -> Iterator[str]:
    """What was expected, and what came instead."""
    wanted = {explanation.Label.EXPECTED, explanation.Label.GOT}
    return (
        f"{row.label.value}: {row.text}" for row in explanation.rows(check) if row.label in wanted
    )


def append(path: Path, record: Record) -> None:
    """Add a record; a line that was cut off before stays a line of its own."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("ab+") as file:
        if file.tell():
            file.seek(-1, 2)
            if file.read(1) != b"\n":
                file.write(b"\n")
        file.write(json.dumps(asdict(record), ensure_ascii=False).encode() + b"\n")


def read(path: Path) -> Iterator[Record]:
    """All records that are whole, the packed ones first; a line that was cut off is passed over."""
    if packed(path).exists():
        yield from _records(lzma.decompress(packed(path).read_bytes()))
    if path.exists():
        yield from _records(path.read_bytes())


def _records(data: bytes) -> Iterator[Record]:
    for line in data.decode(errors="replace").split("\n"):
        try:
            yield Record(**json.loads(line))
        except (ValueError, TypeError):  # cut off, or of another version
            continue
