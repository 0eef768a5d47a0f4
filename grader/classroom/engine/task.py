"""What is to be graded, as plain data that travels, and what came of it."""

from __future__ import annotations

import msgspec

from grader.classroom.keys import Options
from grader.classroom.people import Files
from grader.result.grade import GradeResult


class Task(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One grading: the files of a submission, and how they are graded."""

    digest: str
    files: Files
    options: Options
    grader: str  # the fingerprint of the grader that is to grade


class Outcome(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What came of it: a result, or why there is none, or neither where it was stopped."""

    result: GradeResult | None = None
    failure: str = ""
