"""The log of an audit: one line of JSON for each grading, so that what is interrupted goes on."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from grader.verdict import CheckResult

PLAIN = "plain"


@dataclass(frozen=True)
class Record:
    """One grading of one case."""

    case: str
    mode: str  # "plain", or what was made harder: "load 4", "switch"
    seed: int
    fingerprint: str  # of the submission
    grader: str  # the same of the grader
    seconds: float
    verdicts: Mapping[str, str]  # check id -> verdict
    messages: Mapping[str, str] = field(default_factory=dict)  # of the checks that did not pass

    @property
    def failing(self) -> frozenset[str]:
        """The names of the checks that found a fault."""
        return frozenset(
            id_.partition(".")[2] for id_, verdict in self.verdicts.items() if verdict == "FAIL"
        )


def verdicts_of(found: Mapping[str, CheckResult]) -> tuple[dict[str, str], dict[str, str]]:
    """Of what a grading found, what a record keeps: the verdicts and the messages."""
    verdicts = {id_: check.verdict.value for id_, check in found.items()}
    messages = {
        id_: f"{check.message} (expected: {check.expected}; got: {check.got})"[:300]
        for id_, check in found.items()
        if check.verdict.value in {"FAIL", "ERROR"}
    }
    return verdicts, messages


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
    """All records that are whole; a line that was cut off is passed over."""
    if not path.exists():
        return
    with path.open(encoding="utf-8", errors="replace") as file:
        for line in file:
            try:
                yield Record(**json.loads(line))
            except (ValueError, TypeError):  # cut off, or of another version
                continue
