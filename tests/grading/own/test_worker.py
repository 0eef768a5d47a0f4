"""A chat of its own protocol is graded from its folder to its verdicts."""

from __future__ import annotations

import pytest
from submissions.own import HERE, SHAPES
from support.watcher import Watcher, request

from grader.assignment import modes
from grader.grading import runner
from grader.result.grade import GradeResult
from grader.result.verdict import Verdict
from grader.sandbox import networks

SHOWS_IT = {True: {Verdict.PASS}, False: {Verdict.FAIL, Verdict.SKIP}}
TRIED = ("05-to-everybody", "14-own-print", "29-udp-hello")


@pytest.fixture(autouse=True)
def _namespaces() -> None:
    if networks.best()[0].kind != "namespace":
        pytest.skip("such chats are graded in networks of their own")


def graded(name: str, variant: str) -> GradeResult:
    """What a grading finds."""
    asked = request(HERE / name, variants=(variant,), mode=modes.OWN)
    return runner.grade(asked, Watcher())


@pytest.mark.parametrize("name", TRIED)
def test_the_verdicts_are_the_truth(name: str) -> None:
    """What is true of a chat, checked by hand, is what its verdicts say."""
    (shape,) = [shape for shape in SHAPES if shape.name == name]
    verdicts = {check.name: check.verdict for check in graded(name, shape.variant).checks}
    wrong = {c: verdicts[c] for c, true in shape.truth.items() if verdicts[c] not in SHOWS_IT[true]}
    assert not wrong


def test_what_cannot_be_driven_is_declined() -> None:
    """There is a reason, no check and no mark."""
    result = graded("51-graphical", "tcp")
    own = result.variants[0].own
    assert own is not None and own.declined is not None
    assert own.declined.code == "own-graphical"
    assert (result.mark, result.checks) == (None, ())
