"""Eight of the mistakes, graded anew, each by a check in which it shows."""

from __future__ import annotations

import pytest
from support import boxes

from grader.result.verdict import Verdict
from mistakes import grading
from mistakes.judging import causes_of

CUT = {
    "makes-a-thread-and-never-starts-it": ("handshake", ["thread-not-started"]),
    "takes-a-plain-lock-twice": ("handshake", ["waits-for-itself"]),
    "holds-the-lock-while-it-waits-for-a-line": ("handshake", ["waits-for-another"]),
    "swaps-the-arguments-of-the-thread": ("handshake", ["TypeError", "thread-misled"]),
    "greets-with-words-of-its-own": ("handshake", []),
    "throws-out-who-says-left": ("two-users", ["leaves-at-a-word"]),
    "goes-on-reading-after-the-welcome": ("client-sends", ["returns-nothing"]),
    "forgets-the-newline-of-the-name": ("client-name", ["without-newline"]),
}


@pytest.mark.skipif("namespaces" not in boxes.BOXES, reason="needs namespaces")
@pytest.mark.parametrize("name", CUT)
def test_explained_as_it_should_be(name: str) -> None:
    """The check fails, its cause is the mistake, and its line and task are those of the mistake."""
    (mistake,) = grading.named([name])
    check_name, causes = CUT[name]
    (check,) = grading.result_of(mistake, [check_name]).checks
    assert check.verdict is Verdict.FAIL
    assert list(causes_of(check)) == causes
    assert check.task == mistake.task
    if check.place is not None:
        assert check.place.file == mistake.file
