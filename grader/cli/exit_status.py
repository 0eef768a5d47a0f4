"""What the exit status of ``python -m grader`` says."""

from __future__ import annotations

from enum import IntEnum


class ExitStatus(IntEnum):
    """How the command ended."""

    GRADED = 0
    BELOW = 1  # the mark is below --fail-under
    WRONG_ARGUMENTS = 2  # or nothing to grade
    GRADER_FAILED = 3
    INTERRUPTED = 130  # as a shell says it of SIGINT
