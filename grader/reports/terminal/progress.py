"""How far the work has got, task by task: what is done, what is next, and what that will bring.

A task of a file is done once the file's lowest task that waits comes after it, and nothing of its
own has failed: its checks may need a later task. So the first task is a success of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from rich.text import Text

from grader.assignment import rubric
from grader.assignment.variants import variant
from grader.language import _
from grader.reports.terminal.signs import STYLES, Signs
from grader.reports.wording import points
from grader.result.check import CheckResult
from grader.result.grade import VariantResult
from grader.result.verdict import Verdict


@dataclass(frozen=True)
class Task:
    """A task, as far as its file has got."""

    number: int
    verdict: Verdict  # PASS for done, FAIL, or TODO
    checks: tuple[CheckResult, ...]


def tasks(checks: Iterable[CheckResult]) -> list[Task]:
    """All tasks of a variant, in order."""
    checks = tuple(checks)
    found: list[Task] = []
    for file in dict.fromkeys(check.roles for check in checks):
        own = tuple(check for check in checks if check.roles == file)
        found += _of_file(own)
    return sorted(found, key=lambda task: task.number)


def _of_file(checks: Sequence[CheckResult]) -> Iterator[Task]:
    waiting = min((waits_for(c) for c in checks if c.verdict is Verdict.TODO), default=None)
    for at in sorted(set(map(_task_of, checks))):
        own = tuple(check for check in checks if _task_of(check) == at)
        if any(check.verdict is Verdict.FAIL and not check.star for check in own):
            yield Task(at, Verdict.FAIL, own)
        elif waiting is None or at < waiting:
            # Where a later task was reached, this one is written; else a check has to show it.
            shown = waiting or any(check.verdict is Verdict.PASS for check in own)
            yield Task(at, Verdict.PASS if shown else Verdict.TODO, own)
        else:
            yield Task(at, Verdict.TODO, own)


def _task_of(check: CheckResult) -> int:
    """The task that a check belongs to; one that waits names the task that it has come to."""
    for row in rubric.RUBRIC:
        if row.name == check.name and row.has(variant(check.variant)):
            return row.task_of(variant(check.variant))
    return check.task


def waits_for(check: CheckResult) -> int:
    """The task that a check has come to and found unwritten."""
    reached = check.message.arguments.get("number") if check.message else None
    return reached if isinstance(reached, int) else check.task


def line(graded: VariantResult, signs: Signs) -> Text:
    """``✓ 1 ✓ 2 ▸ 3 split the byte stream into lines — tcp_server.py:143 · 4 … 11``."""
    text = Text()
    all_tasks = tasks(graded.checks)
    following = next((task for task in all_tasks if task.verdict is not Verdict.PASS), None)
    for task in all_tasks:
        if task is following:
            break
        text.append(f"{signs.symbols[Verdict.PASS]} {task.number} ", STYLES[Verdict.PASS])
    if following is None:
        return text
    style = STYLES[following.verdict]
    sign = signs.symbols[Verdict.FAIL] if following.verdict is Verdict.FAIL else signs.next
    text.append(f"{sign} {following.number}", style)
    text.append_text(signs.text(_about(following, graded), style))
    brings = sum(check.max_points - check.points for check in following.checks)
    if brings:
        more = _("brings {points}").format(points=points(brings))
        text.append(f"; {more}", "dim")
    return text


def _about(task: Task, graded: VariantResult) -> str:
    """The title of a task and where its gap is, as far as the skeleton has told."""
    for check in graded.checks:
        said = check.message
        if said is None or said.code != "task" or said.arguments.get("number") != task.number:
            continue
        where = f" ({check.place.file}:{check.place.line})" if check.place else ""
        return f" {_(str(said.arguments.get('title', '')))}{where}"
    return ""
