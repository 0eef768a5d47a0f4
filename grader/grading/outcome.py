"""From how a check ended to its :class:`CheckResult`."""

from __future__ import annotations

import dataclasses
import re
from dataclasses import dataclass

from grader.assignment import rubric
from grader.assignment.variants import variant
from grader.chat.failure import Failure, Unmet
from grader.language import _
from grader.result import mistakes
from grader.result.verdict import CheckResult, Event, Evidence, Place, Verdict

TASK = re.compile(r"task (?P<number>\d{1,6}): (?P<title>.*)")


@dataclass(frozen=True)
class Outcome:
    """What a check has left behind, however it ended."""

    steps: tuple[str, ...] = ()
    transcript: tuple[Event, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    duration_s: float = 0.0
    starved: bool = False  # whether the submission was waited for in vain: the machine had no time
    not_written: str = ""  # the task whose NotImplementedError the submission reached
    place: Place | None = None  # where it was reached, or where the submission's code broke


def judge(id_: str, title: str, error: BaseException | None, outcome: Outcome) -> CheckResult:
    """The result of the check ``id_`` that ended with ``error`` (None: it passed).

    Whatever is neither a Failure nor an Unmet is the grader's own fault: ERROR. So is what a
    machine that is too busy leaves open.
    """
    of, name = id_.split(".", 1)
    graded = variant(of)
    row = rubric.row(name)
    passed = CheckResult(
        id=id_,
        title=title,
        task=row.task_of(graded),
        verdict=Verdict.PASS,
        points=row.max_points(graded),
        max_points=row.max_points(graded),
        star=row.star,
        mandatory=row.mandatory,
        steps=outcome.steps,
        evidence=outcome.evidence,
        duration_s=outcome.duration_s,
        transcript=outcome.transcript,
    )
    lost = dataclasses.replace(passed, points=0)
    if outcome.starved:
        message = _("this machine is too busy to grade: try again when less runs beside it")
        return dataclasses.replace(lost, verdict=Verdict.ERROR, message=message)
    if error is None:
        return passed
    if isinstance(error, Unmet):
        return dataclasses.replace(lost, verdict=Verdict.SKIP, message=str(error))
    if not isinstance(error, Failure):
        message = f"{type(error).__name__}: {error}".splitlines()[0]
        return dataclasses.replace(lost, verdict=Verdict.ERROR, message=message)
    if outcome.not_written:
        # What is to be written next may come before the task that the check is about.
        number, task = _task(outcome.not_written)
        return dataclasses.replace(
            lost,
            verdict=Verdict.TODO,
            task=number or lost.task,
            message=task,
            place=outcome.place,
        )
    failed = dataclasses.replace(
        lost,
        verdict=Verdict.FAIL,
        message=error.message,
        expected=error.expected,
        got=error.got,
        hint=error.hint,
        point=error.point,
        place=outcome.place,
    )
    return dataclasses.replace(failed, mistake=mistakes.diagnosed(failed))


def _task(not_written: str) -> tuple[int, str]:
    """The number of ``task 3: …``, and the whole of it in words."""
    found = TASK.fullmatch(not_written)
    if found is None:
        return 0, not_written
    # The submission's own text: only a title of ours is known to the catalog.
    number, title = found.groups()
    return int(number), _("task {number}: {title}").format(number=number, title=_(title))


def explain(result: CheckResult) -> str:
    """A result as plain text, for pytest's own report."""
    lines = [f"{result.id}: {result.message}"]
    lines += [f"  {number}. {step}" for number, step in enumerate(result.steps, 1)]
    named = {_("expected"): result.expected, _("got"): result.got, _("hint"): result.hint}
    lines += [f"  {name}: {text}" for name, text in named.items() if text]
    read = _("read again: tasks.md, task {number}").format(number=result.task)
    return "\n".join([*lines, f"  {read}"])
