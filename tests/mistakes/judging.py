"""Compares what a student is told of a mistake with the truth about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from submissions.mistakes import MISTAKES
from submissions.mistakes.mistake import Mistake
from support import gradings

from grader.reports.terminal.next_step import next_check
from grader.result import codec
from grader.result.check import CheckResult
from grader.result.verdict import Verdict
from mistakes.explained import EXPLAINED, LINES
from mistakes.grading import Graded

BY_NAME = {mistake.name: mistake for mistake in MISTAKES}


class Told(str, Enum):
    """Whether something is told, and rightly."""

    RIGHT = "right"
    NONE = "none"
    WRONG = "wrong"


@dataclass(frozen=True)
class Judged:
    """What is right and what is wrong about the explanation of one mistake."""

    mistake: Mistake
    seconds: float
    wrong: tuple[str, ...]  # verdicts: check, and what it is
    tasks: tuple[int, ...]  # that the failures name, first that of the check to mend next
    lines: tuple[str, ...]  # of the student's file that the failures show
    causes: tuple[str, ...]  # codes, names of classics, types of exceptions
    fails: bool  # whether a check fails at all

    @property
    def task(self) -> Told:
        """Whether the failure to mend next says which task to read again."""
        if not self.tasks:
            return Told.NONE
        return Told.RIGHT if self.tasks[0] == self.mistake.task else Told.WRONG

    @property
    def line(self) -> Told:
        """Whether the lines that are shown are those with the mistake."""
        if not self.lines:
            return Told.NONE
        mine = self.mistake.line.strip()
        others = LINES.get(self.mistake.name, ())
        right = all(line in mine or mine in line or line in others for line in self.lines)
        return Told.RIGHT if right else Told.WRONG

    @property
    def cause(self) -> Told:
        """Whether all that is named is the cause, or nothing is."""
        if not self.causes:
            return Told.NONE
        right = set(self.causes) <= set(EXPLAINED.get(self.mistake.name, ()))
        return Told.RIGHT if right else Told.WRONG

    @property
    def right(self) -> bool:
        """Whether nothing about it is wrong."""
        return not self.wrong and Told.WRONG not in (self.task, self.line, self.cause)


def judge(graded: Graded) -> Judged:
    """What is right and wrong about this grading."""
    mistake = BY_NAME[graded.name]
    result = codec.loads(graded.result)
    checks = [check for variant in result.variants for check in variant.checks]
    failed = [check for check in checks if check.verdict is Verdict.FAIL]
    failed.sort(key=lambda check: check is not next_check(result))
    program = mistake.program(gradings.REFERENCE).splitlines()
    lines = {
        check.place.line: program[check.place.line - 1].strip()
        for check in failed
        if check.place and check.place.file == mistake.file
    }
    return Judged(
        mistake,
        graded.seconds,
        tuple(_wrong(mistake, checks)),
        tuple(check.task for check in failed),
        tuple(lines.values()),
        tuple(dict.fromkeys(code for check in failed for code in causes_of(check))),
        bool(failed),
    )


def causes_of(check: CheckResult) -> Iterator[str]:
    """All that a failure names as its cause: an exception, a cause, a classic mistake."""
    yield from [one.error for one in check.raised[:1]]
    if check.cause:
        yield check.cause.code
    if check.mistake:
        yield check.mistake


def _wrong(mistake: Mistake, checks: list[CheckResult]) -> Iterator[str]:
    """Each verdict that is not the one that it should be."""
    verdicts = {check.name: check.verdict for check in checks}
    for check in checks:
        if not _is_right(mistake, check):
            yield f"{check.name} {check.verdict.value}"
    if mistake.out_of_reach and Verdict.FAIL not in verdicts.values():
        yield "nothing FAIL"


def _is_right(mistake: Mistake, check: CheckResult) -> bool:
    name, verdict = check.name, check.verdict
    if verdict is Verdict.ERROR:
        return False
    if name in mistake.fails:
        return verdict is Verdict.FAIL
    if name in mistake.out_of_reach or name in mistake.stars:
        return verdict in (Verdict.FAIL, Verdict.SKIP)
    if check.star or name in mistake.either:
        return verdict is not Verdict.TODO
    return verdict is Verdict.PASS
