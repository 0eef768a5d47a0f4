"""Small wordings that several parts of the score table share."""

from __future__ import annotations

import os
import shlex
import subprocess

from grader import rubric
from grader.verdict import CheckResult, GradeResult

# Works for everybody, with nox installed or not.
COMMAND = f"{'py' if os.name == 'nt' else 'python3'} noxfile.py -s grade --"

# How the shell at hand quotes.
join_arguments = subprocess.list2cmdline if os.name == "nt" else shlex.join


def number(value: float) -> str:
    """Points or a mark without a needless ``.0``."""
    return f"{round(value, 2):g}"


def plural(count: float, noun: str) -> str:
    """``1 point``, ``61 points``."""
    return f"{number(count)} {noun}{'' if count == 1 else 's'}"


def short_name(check_id: str) -> str:
    """``join-notice`` for ``tcp.join-notice``."""
    return check_id.partition(".")[2] or check_id


def full_mark() -> float:
    """The highest mark that a submission can reach."""
    return max(
        rubric.WEIGHT[variant] * sum(row.max_points(variant) for row in rubric.rows(variant))
        for variant in rubric.VARIANTS
    )


def run_only(result: GradeResult, check: CheckResult, command: str = COMMAND) -> str:
    """The command line that runs one check alone."""
    return _command_line(command, result.submission, "--only", check.id)


def replay(result: GradeResult, check: CheckResult, command: str = COMMAND) -> str:
    """The command line that runs one check again, with the same names and texts."""
    seed = str(result.seed)
    return _command_line(command, result.submission, "--only", check.id, "--seed", seed, "--trace")


def _command_line(command: str, *arguments: str) -> str:
    return f"{command} {join_arguments(arguments)}"
