"""The reference task by task, graded after each: what a student who is right so far is told."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from grader.reports.terminal import next_step
from grader.result import codec
from grader.result.check import Place
from grader.result.grade import GradeResult
from grader.result.verdict import Verdict
from support import stages, worlds

LAST = 20
LAST_OF_TCP = 11
PATIENCE = 240  # seconds for a grading on a machine with other things to do


class Step(NamedTuple):
    """What is told after a task."""

    verdicts: Mapping[str, Verdict]  # by the id of the check
    next_task: int  # 0: none
    place: Place | None  # of its gap

    @property
    def passed(self) -> set[str]:
        """The checks that have passed."""
        return {id_ for id_, verdict in self.verdicts.items() if verdict is Verdict.PASS}

    @property
    def wrong(self) -> set[str]:
        """What nobody who is right so far may be told."""
        bad = (Verdict.FAIL, Verdict.ERROR)
        return {f"{v.value} {id_}" for id_, v in self.verdicts.items() if v in bad}


def options_at(task: int) -> tuple[str, ...]:
    """With TCP complete, nothing of it changes any more: UDP alone is graded."""
    return () if task <= LAST_OF_TCP else ("--variant", "udp")


def graded(task: int) -> GradeResult:
    """Grade the reference as it is after this task."""
    with tempfile.TemporaryDirectory() as folder:
        lab4 = Path(folder) / "lab4"
        stages.write(lab4, task)
        command = ["-m", "grader", str(lab4), "--no-cache", "--format", "json", *options_at(task)]
        return codec.loads(worlds.python(*command, timeout=PATIENCE).stdout)


def step(result: GradeResult) -> Step:
    """What a result tells."""
    following = next_step.next_check(result)
    task, place = (following.task, following.place) if following else (0, None)
    return Step({c.id: c.verdict for c in result.checks}, task, place)


def after(task: int) -> Step:
    """What is told after this task."""
    return step(graded(task))
