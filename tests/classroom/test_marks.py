"""Marks made anew from stored verdicts: by other rules, and with decisions."""

from __future__ import annotations

import pytest
from support.changes import failed, graded
from support.classes import one_failed
from support.made_up import check_result

from grader.classroom.marks import marked
from grader.classroom.people import Decision
from grader.classroom.rules import NONE, Rules
from grader.result.grade import GradeResult
from grader.result.verdict import Reason, Verdict

THREADS = "tcp.server-threads"


def error(id_: str = "tcp.starts") -> GradeResult:
    """A result in which the grader failed in a check."""
    change = failed(reason=Reason.GRADER)
    made = graded({id_: lambda c: check_result(c.id, Verdict.ERROR)}, over=("tcp",))
    assert change and made.mark is None
    return made


@pytest.mark.parametrize(
    "result",
    [
        graded(),
        one_failed(),
        graded({THREADS: failed()}),
        error(),
        graded({"udp.starts": failed()}),
    ],
)
def test_by_the_kits_own_rules_marks_are_what_they_were(result: GradeResult) -> None:
    """The two ways of counting agree."""
    found = marked(result, NONE)
    assert found.mark == result.mark
    for mine, own in zip(found.variants, result.variants, strict=True):
        assert (mine.mark, mine.points, mine.stars) == (own.mark, own.points, own.stars)
        assert mine.mandatory_failed == own.mandatory_failed


def test_other_points() -> None:
    """A check that failed costs what it is worth in this class."""
    rules = Rules(points={"tcp.many-users": 25, "tcp.two-users": 5})
    assert marked(one_failed(), rules).mark == 75


def test_nothing_is_mandatory() -> None:
    """The points that waited count."""
    result = graded({THREADS: failed()}, over=("tcp",))
    assert (result.mark, marked(result, Rules(mandatory=())).mark) == (0, 90)


def test_other_weights() -> None:
    """UDP may count as much as TCP."""
    result = graded(over=("udp",))
    assert (result.mark, marked(result, Rules(weights={"udp": 1.0})).mark) == (80, 100)


def test_a_decision_counts() -> None:
    """The points are the teacher's, and the reason is told."""
    decision = Decision("alice", "tcp.many-users", 12.5, "shown in class")
    found = marked(one_failed(), NONE, [decision])
    (check,) = [c for c in found.checks if c.name == "many-users"]
    assert (found.mark, check.points, check.verdict) == (92.5, 12.5, Verdict.FAIL)
    assert check.message is not None and check.message.code == "decided"
    full = marked(one_failed(), NONE, [Decision("alice", "tcp.many-users", 20, "seen")])
    assert full.mark == 100


def test_a_decision_closes_an_error() -> None:
    """The mark is known then."""
    decision = Decision("alice", "tcp.starts", 2, "seen")
    assert marked(error(), NONE, [decision]).mark == 100
    assert marked(error(), NONE).mark is None


def test_a_mandatory_check_can_be_decided() -> None:
    """The points that waited for it count."""
    result = graded({THREADS: failed()}, over=("tcp",))
    assert marked(result, NONE, [Decision("alice", THREADS, 10, "seen")]).mark == 100


def test_a_better_play_counts() -> None:
    """In place of the one that failed."""
    again = check_result("tcp.many-users")
    assert marked(one_failed(), NONE, (), {again.id: again}).mark == 100
