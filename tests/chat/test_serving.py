"""Whose connection which thread waits for, judged by many looks at a program."""

from __future__ import annotations

import dataclasses

import pytest

from grader.chat.serving import Fault, Looks
from grader.sandbox.waiting import Waiter

ALICE, BOB = "socket:[1]", "socket:[2]"
BOTH = (ALICE, BOB)


def waiter(thread: int, *files: str) -> Waiter:
    return Waiter(process=10, thread=thread, inner=thread, files=frozenset(files))


MAIN, ONE, TWO = waiter(10, *BOTH), waiter(11, ALICE), waiter(12, BOB)
SPARE = waiter(13, ALICE)
PEEKING = dataclasses.replace(ONE, peeks=True)
WAKING = dataclasses.replace(ONE, files=frozenset({ALICE, "pipe:[3]"}))
CASES = {
    "a thread each": ([[ONE, TWO]] * 20, None),
    "now and then, between two waits": ([[ONE, TWO], [TWO]] * 10, None),
    "a pipe to be woken by": ([[WAKING, TWO]] * 20, None),
    "one after the other": ([[ONE, TWO]] * 10 + [[SPARE, TWO]] * 10, None),
    "a look in the midst of a change": ([[ONE, TWO]] * 19 + [[ONE, SPARE, TWO]], None),
    "nobody": ([[TWO]] * 20, Fault.NOBODY),
    "one loop for all": ([[MAIN]] * 20, Fault.SEVERAL_FILES),
    "one loop for all, seldom": ([[ONE, TWO]] * 18 + [[MAIN]] * 2, Fault.SEVERAL_FILES),
    "a loop beside a thread each": ([[ONE, TWO, MAIN]] * 20, Fault.SEVERAL_FILES),
    "two threads": ([[ONE, SPARE, TWO]] * 20, Fault.SEVERAL_THREADS),
    "one that peeks": ([[PEEKING, TWO]] * 20, Fault.PEEKS),
}


@pytest.mark.parametrize(("looks", "fault"), CASES.values(), ids=CASES)
def test_fault(looks: list[list[Waiter]], fault: Fault | None) -> None:
    """What is wrong with the service of a connection is found, and nothing else."""
    assert Looks(looks).fault(ALICE, BOTH) is fault


def test_counts() -> None:
    """It is known how many wait for a file, and for how many files they do."""
    looks = Looks([[ONE, TWO], [ONE, SPARE, MAIN]])
    assert looks.rivals(ALICE) == 3
    assert looks.most(ALICE, BOTH) == 2
    assert looks.waiters(ALICE)[0] == ONE
    assert Looks([[]]).rivals(ALICE) == Looks([[]]).most(ALICE, BOTH) == 0
