"""Small wordings that several parts of the score table share."""

from __future__ import annotations

import os
import shlex
import subprocess

from grader import language
from grader.assignment import rubric
from grader.assignment.variants import VARIANTS
from grader.language import _, ngettext
from grader.result.verdict import CheckResult, GradeResult

# Works for everybody, with nox installed or not.
COMMAND = f"{'py' if os.name == 'nt' else 'python3'} noxfile.py -s grade --"

ENDS = 6  # so many steps are shown of the first and of the last ones

# How the shell at hand quotes.
join_arguments = subprocess.list2cmdline if os.name == "nt" else shlex.join


def number(value: float) -> str:
    """Points or a mark without a needless ``.0``."""
    return f"{round(value, 2):g}"


def points(count: float) -> str:
    """``1 point``, ``61 points``."""
    return ngettext("{count} point", "{count} points", count).format(count=number(count))


def stars(count: int) -> str:
    """``1 star``, ``2 stars``."""
    return ngettext("{count} star", "{count} stars", count).format(count=count)


def short_name(check_id: str) -> str:
    """``join-notice`` for ``tcp.join-notice``."""
    return check_id.partition(".")[2] or check_id


def steps(check: CheckResult) -> list[tuple[int, str]]:
    """The steps with their numbers; of many those in the middle are counted, as number 0."""
    found = list(enumerate(check.steps, 1))
    left_out = len(found) - 2 * ENDS
    if left_out <= 1:
        return found
    return [*found[:ENDS], (0, _("{count} more").format(count=left_out)), *found[-ENDS:]]


def graders_fault() -> str:
    """What is said of an ERROR."""
    return _("This is the grader's own fault, not yours. If it comes again, report it.")


def kept_apart(result: GradeResult) -> str:
    """What kept the submission apart: level, files, network, clock."""
    box = result.sandbox
    line = _("{level}; files: {files}; network: {network}; clock: {clock}")
    return line.format(level=box.level, files=box.files, network=box.network, clock=box.clock)


def full_mark() -> float:
    """The highest mark that a submission can reach."""
    return max(
        variant.weight * sum(row.max_points(variant) for row in rubric.rows(variant))
        for variant in VARIANTS
    )


def run_only(result: GradeResult, check: CheckResult, command: str = COMMAND) -> str:
    """The command line that runs one check alone."""
    return _command_line(command, result.submission, "--only", check.id)


def replay(result: GradeResult, check: CheckResult, command: str = COMMAND) -> str:
    """The command line that runs one check again, with the same names and texts."""
    seed = str(result.seed)
    return _command_line(command, result.submission, "--only", check.id, "--seed", seed, "--trace")


def _command_line(command: str, *arguments: str) -> str:
    # What the command line would choose by itself need not be said.
    asked = [] if language.in_use() == language.default() else ["--lang", language.in_use()]
    return f"{command} {join_arguments([*arguments, *asked])}"
