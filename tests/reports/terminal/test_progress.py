"""How far the work has got, task by task."""

from __future__ import annotations

import io

import pytest
from msgspec.structs import replace
from support import samples

from grader.fact import fact
from grader.reports.terminal import progress, table
from grader.reports.terminal.console import make_console
from grader.reports.terminal.signs import signs_for
from grader.result.check import Place
from grader.result.grade import VariantResult
from grader.result.verdict import Verdict


def after(task: int) -> VariantResult:
    """TCP, of a server in which the tasks up to this one are written, and nothing of its client."""
    (variant, _udp) = samples.full().variants
    checks = []
    for check in variant.checks:
        waits = check.task > task
        said = fact("task", number=max(task + 1, 1), title="do this next") if waits else None
        checks.append(
            replace(
                check,
                verdict=Verdict.TODO if waits else Verdict.PASS,
                points=0 if waits else check.points,
                message=said if check.task < 8 else fact("task", number=8, title="begin here"),
                place=Place("tcp_server.py", 143) if waits else None,
            )
        )
    return replace(variant, checks=tuple(checks))


def told(variant: VariantResult) -> str:
    """The line about its tasks."""
    return progress.line(variant, signs_for(make_console(io.StringIO()))).plain


@pytest.mark.parametrize(("done", "start"), [(1, "✓ 1 ▸ 2"), (2, "✓ 1 ✓ 2 ▸ 3"), (5, "▸ 6")])
def test_tasks_have_ticks_and_the_next_has_a_title(done: int, start: str) -> None:
    """The first task is a success of its own; what the next one brings is said."""
    line = told(after(done))
    assert start in line and line.index("▸") > line.rindex("✓")


def test_the_next_task_says_where_and_what_for() -> None:
    """Its title, its gap, its points."""
    assert "do this next (tcp_server.py:143)" in told(after(4))
    assert told(after(4)).endswith("; brings 8 points")


def test_a_failure_is_next() -> None:
    """Of a task that is written: it comes before what is not."""
    variant = after(6)
    checks = tuple(
        replace(c, verdict=Verdict.FAIL, points=0) if c.name == "join-notice" else c
        for c in variant.checks
    )
    assert "✗ 5" in told(replace(variant, checks=checks))


def test_everything_done_is_all_ticks() -> None:
    """Nothing is next then."""
    line = told(samples.full().variants[0])
    assert "▸" not in line and "✗" not in line and line.startswith("✓ 1 ")


def test_a_few_checks_tell_nothing_of_the_rest() -> None:
    """With --only there is no such line."""
    result = replace(samples.failing(), mark=None)
    signs = signs_for(make_console(io.StringIO()))
    assert list(table.tasks(result, signs)) == []
    assert list(table.tasks(samples.failing(), signs))
