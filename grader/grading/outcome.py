"""From how a check ended to its :class:`CheckResult`."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from grader.assignment import modes
from grader.assignment.check_ids import name_of, variant_of
from grader.assignment.variants import variant
from grader.chat.failure import Failure, Unmet
from grader.chat.unwritten import Unwritten
from grader.fact import Fact, MachineError, fact
from grader.grading import mistakes, source_causes
from grader.grading.looking import NOTHING, Found
from grader.reports import explanation
from grader.reports.sentences import say
from grader.result.check import CheckResult, Event
from grader.result.verdict import Evidence, Reason, Verdict

# What a machine says that has no more processes, descriptors, memory or room.
LIMITS = {
    errno.EAGAIN,
    errno.EMFILE,
    errno.ENFILE,
    errno.ENOBUFS,
    errno.ENOMEM,
    errno.ENOSPC,
}


class Blamed(Exception):
    """A fault of the grader's, or of the machine's, that was found in another process: ERROR."""

    def __init__(self, reason: Reason, message: Fact) -> None:
        """Keep whose fault it is, and which."""
        super().__init__(message.code)
        self.reason, self.message = reason, message


@dataclass(frozen=True)
class Outcome:
    """What a check has left behind, however it ended."""

    transcript: tuple[Event, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    duration_s: float = 0.0
    starved: bool = False  # whether a deadline ran out because the machine had no time
    unwritten: Sequence[Unwritten] = ()  # the tasks that the submission reached, the lowest first
    shortage: Fact | None = None  # what the machine grants too little of, if that may be why
    found: Found = NOTHING  # in its programs, after a failure


def result_of(id_: str, title: str, error: BaseException | None, outcome: Outcome) -> CheckResult:
    """The result of the check ``id_`` that ended with ``error`` (None: it passed).

    Whatever is neither a Failure nor an Unmet is the grader's own fault, or the machine's: ERROR.
    So is what a machine that is too busy leaves open.
    """
    lost = replace(
        unresolved(id_, title),
        evidence=outcome.evidence,
        duration_s=outcome.duration_s,
        transcript=outcome.transcript,
    )
    if outcome.starved:
        return failed_by(Reason.MACHINE_BUSY, fact("machine-busy"), lost)
    if error is None:
        # A check whose own task is missing has seen a part of what it is about, by luck.
        if any(task.number == lost.task for task in outcome.unwritten):
            return _unwritten(outcome.unwritten[0], lost)
        return replace(lost, verdict=Verdict.PASS, points=lost.max_points)
    if isinstance(error, Failure):
        return _failed(error, outcome, lost)
    if not isinstance(error, Unmet):
        return failed_by(*blame(error), lost)
    # What is not written yet is what stands in the way.
    unmet = replace(lost, verdict=Verdict.SKIP, message=error.fact)
    return _unwritten(outcome.unwritten[0], lost) if outcome.unwritten else unmet


def _failed(error: Failure, outcome: Outcome, lost: CheckResult) -> CheckResult:
    """A check whose behaviour is missing: FAIL, or TODO where something is not written yet."""
    if outcome.unwritten and not error.wrong:
        return _unwritten(outcome.unwritten[0], lost)
    if outcome.shortage is not None:
        return failed_by(Reason.MACHINE_LIMIT, outcome.shortage, lost)
    found = outcome.found
    failed = replace(
        lost,
        verdict=Verdict.FAIL,
        message=error.message,
        expected=error.expected,
        got=error.got,
        point=error.point,
        raised=found.raised,
        standing=found.standing,
    )
    cause = found.cause or source_causes.cause_of(failed, found.sources)
    place = cause.place if cause else found.place
    place = place or source_causes.place_of(failed, found.sources)
    told = replace(
        failed,
        place=place,
        cause=cause.fact if cause else None,
        task=found.task_of(place) or error.task or lost.task,
    )
    return replace(told, mistake=mistakes.diagnosed(told))


def _unwritten(task: Unwritten, lost: CheckResult) -> CheckResult:
    """TODO; what is to be written next may come before the task that the check is about."""
    message = fact("task", number=task.number, title=task.title)
    return replace(lost, task=task.number, verdict=Verdict.TODO, message=message, place=task.place)


def unresolved(id_: str, title: str, mode: str = modes.PROTOCOL) -> CheckResult:
    """A check of the rubric without a verdict yet: an ERROR until it has one."""
    graded, row = variant(variant_of(id_)), modes.row(mode, name_of(id_))
    return CheckResult(
        variant=graded.name,
        name=row.name,
        title=title,
        task=row.task_of(graded),
        roles=tuple(role.value for role in row.files),
        verdict=Verdict.ERROR,
        points=0.0,
        max_points=float(row.max_points(graded)),
        star=row.star,
        mandatory=row.is_mandatory(graded),
        message=None,
        expected=None,
        got=None,
        reason=None,
        evidence=(),
        duration_s=0.0,
        transcript=(),
        point=None,
        place=None,
        raised=(),
        standing=(),
        cause=None,
        mistake="",
    )


def failed_by(reason: Reason, message: Fact, result: CheckResult) -> CheckResult:
    """The result of a check that ended by a fault that is not the submission's."""
    return replace(result, verdict=Verdict.ERROR, reason=reason, message=message)


def blame(error: BaseException) -> tuple[Reason, Fact]:
    """Whose fault an exception is that no check raises, and the fact that says so."""
    if isinstance(error, Blamed):
        return error.reason, error.message
    if isinstance(error, MachineError):
        return Reason.MACHINE_LIMIT, error.fact
    short = isinstance(error, OSError) and error.errno in LIMITS
    text = next(iter(str(error).splitlines()), "")
    raised = fact("raised", error=type(error).__name__, text=text)
    limited = short or isinstance(error, MemoryError)
    return Reason.MACHINE_LIMIT if limited else Reason.GRADER, raised


def explain(result: CheckResult) -> str:
    """A result as plain text, for pytest's own report."""
    lines = [f"{result.id}: {explanation.message(result)}"]
    lines += [f"  {number}. {say(step)}" for number, step in enumerate(result.steps, 1)]
    lines += [f"  {row.label.word}: {_indented(row.text)}" for row in explanation.rows(result)]
    return "\n".join(lines)


def _indented(text: str) -> str:
    return text.replace("\n", "\n    ")
