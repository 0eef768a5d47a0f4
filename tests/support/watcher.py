"""A small grading to ask for, and who watches it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from grader.assignment.check_ids import variant_of
from grader.assignment.variants import NAMES
from grader.grading.request import Request
from grader.result.check import CheckResult
from grader.result.grade import GradeResult
from grader.result.verdict import Verdict

END_OF_PAGE = "stop with Ctrl+C\n"  # of each page of --watch


class Watcher:
    """Notes what it is told of; ``then`` happens at each of it."""

    def __init__(self, then: Callable[[str], None] = lambda _: None) -> None:
        self.seen: list[tuple[str, str]] = []
        self._then = then

    def started(self, check_id: str, title: str) -> None:
        self.seen.append(("started", check_id))
        self._then(f"started {check_id}")

    def finished(self, result: CheckResult) -> None:
        self.seen.append(("finished", result.id))
        self._then(f"finished {result.id}")


def request(folder: Path, *checks: str, **fields: Any) -> Request:
    """A request to grade a folder, or some checks of it."""
    variants = tuple(dict.fromkeys(map(variant_of, checks))) or NAMES
    usual = {
        "label": "mine",
        "variants": variants,
        "seed": 1,
        "submission": str(folder),
        "server": "",
        "client": "",
        "checks": checks,
        "first": frozenset(),
        "jobs": 3,
        "portable": False,
        "sandbox": "auto",
        "mode": "protocol",
        "dialect": "",
        "notes": (),
    }
    return Request(**usual | fields)


def checks_of(result: GradeResult) -> dict[str, CheckResult]:
    return {check.id: check for variant in result.variants for check in variant.checks}


def verdicts(result: GradeResult) -> dict[str, Verdict]:
    return {id_: check.verdict for id_, check in checks_of(result).items()}
