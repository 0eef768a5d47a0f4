"""Grades submissions for the tests: in a process of their own, as any grading is done."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

from grader.assignment import rubric
from grader.assignment.variants import VARIANTS
from grader.grading.runner import grade
from grader.result.check import CheckResult
from grader.result.verdict import Verdict
from support.watcher import request

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "reference"
SEED = 14901  # the same names and texts in every run
FILES = ("tcp_server.py", "tcp_client.py", "udp_server.py", "udp_client.py")


class Silence:
    """Nobody wants to know how far the grading has got."""

    def started(self, check_id: str, title: str) -> None:
        """A check begins."""

    def finished(self, result: CheckResult) -> None:
        """A check has a verdict."""


def concerned(files: Iterable[str]) -> tuple[str, ...]:
    """The ids of all checks that run at least one of these files."""
    names = {Path(file).name for file in files}
    return tuple(
        f"{variant}.{row.name}"
        for variant in VARIANTS
        for row in rubric.rows(variant)
        if any(variant.file(role) in names for role in row.files)
    )


def write_submission(folder: Path, files: Mapping[str, str]) -> Path:
    """The reference in a folder, but for these files."""
    for file in FILES:
        shutil.copyfile(REFERENCE / file, folder / file)
    for file, source in files.items():
        (folder / file).write_text(source, encoding="utf-8")
    return folder


def verdicts(
    folder: Path, checks: tuple[str, ...] = (), seed: int = SEED
) -> dict[str, CheckResult]:
    """What each of these checks finds, by its id; all checks if none are named."""
    graded = grade(request(folder, *checks, label="a submission", seed=seed), Silence())
    return {check.id: check for variant in graded.variants for check in variant.checks}


def differences(
    found: Mapping[str, CheckResult], expected: Mapping[str, Iterable[Verdict]]
) -> list[str]:
    """One paragraph for each check whose verdict is none of those expected."""
    lines = [f"{id_} has no verdict" for id_ in expected if id_ not in found]
    for id_, check in found.items():
        allowed = tuple(expected[id_])
        if check.verdict not in allowed:
            lines.append(
                f"{id_} is {check.verdict.value}, not {' or '.join(v.value for v in allowed)}: "
                f"{check.message}\n    expected: {check.expected}\n    got: {check.got}"
            )
    return lines
