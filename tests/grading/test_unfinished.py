"""Work that is right as far as it goes: nothing is called wrong, nothing earned is lost."""

from __future__ import annotations

import io

import pytest
from support import ladder, stages
from support.ladder import LAST, LAST_OF_TCP

from grader.reports.terminal import screen
from grader.reports.terminal.console import make_console
from grader.result.grade import GradeResult

# What passes from this task on. So the checks that have passed are only ever more.
EARNED = {
    2: "starts ctrl-c",
    5: "handshake join-notice join-not-to-self server-threads",
    6: """two-users many-users sender-excluded byte-by-byte split-character
        long-message broken-text silent-newcomer empty-name taken-name stalled-reader hundred
        restart""",
    7: """leave-notice survives-leave survives-vanish two-in-one vanish-once left-alone rejoin storm
        no-spin race-name race-join race-leave race-leaves""",
    8: "client-name",
    10: "client-shows client-sends client-threads client-framing",
    11: "client-leaves end-to-end client-notices client-eof",
    13: "starts",
    14: "handshake",
    15: """join-notice join-not-to-self two-users many-users sender-excluded survives-vanish
        broken-text empty-name taken-name stranger hundred ctrl-c""",
    16: "leave-notice survives-leave rejoin storm no-spin",
    17: "client-name",
    19: "client-shows client-sends client-threads",
    20: "client-leaves end-to-end client-eof",
}


def earned(task: int) -> set[str]:
    """The checks that pass after this task, of the variant that it belongs to."""
    variant, first = ("tcp", 1) if task <= LAST_OF_TCP else ("udp", LAST_OF_TCP + 1)
    return {
        f"{variant}.{name}"
        for number, names in EARNED.items()
        if first <= number <= task
        for name in names.split()
    }


def page(result: GradeResult) -> str:
    """What --next shows."""
    file = io.StringIO()
    screen.show(result, make_console(file, width=200), only_next=True)
    return file.getvalue()


@pytest.mark.parametrize("task", range(LAST + 1))
def test_right_so_far(task: int) -> None:
    """After each task all that it earns has passed, and what is left is to be written."""
    result = ladder.graded(task)
    told = ladder.step(result)
    assert not told.wrong
    assert told.passed == earned(task)
    shown = page(result)
    for variant in result.variants:
        assert f"{variant.points:.0f} of 100 points" in shown or not 0 < variant.points < 100
    assert told.next_task == (task + 1 if task < LAST else 0)
    if told.place:
        assert f"{told.place.file}, line {told.place.line}" in shown
        source = (stages.REFERENCE / told.place.file).read_text(encoding="utf-8")
        line = stages.solved(source, task).splitlines()[told.place.line - 1]
        assert f'raise NotImplementedError("task {task + 1}: ' in line
    assert bool(told.place) is (task < LAST)
