"""What the exit status of ``python -m grader`` says."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from grader.result.verdict import Reason


class ExitStatus(IntEnum):
    """How the command ended."""

    GRADED = 0
    BELOW = 1  # the mark is below --fail-under
    WRONG_ARGUMENTS = 2  # or nothing to grade
    GRADER_FAILED = 3
    INTERRUPTED = 130  # as a shell says it of SIGINT


class CannotGoOn(Exception):
    """Something that the command needs is not to be had; the text says what. GRADER_FAILED."""


# The exit status for the reason of an ERROR: the mark is not known, whoever is at fault.
OF_REASON: Mapping[Reason, ExitStatus] = {
    Reason.GRADER: ExitStatus.GRADER_FAILED,
    Reason.WORKER: ExitStatus.GRADER_FAILED,
    Reason.MACHINE_BUSY: ExitStatus.GRADER_FAILED,
    Reason.MACHINE_LIMIT: ExitStatus.GRADER_FAILED,
}
