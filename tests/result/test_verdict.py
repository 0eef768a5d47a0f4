"""What a grading found, as plain data."""

from __future__ import annotations

import dataclasses

import pytest
from support.made_up import check_result, grade_result

from grader.result.verdict import Evidence, Verdict


@pytest.mark.parametrize("verdict", Verdict)
def test_has_error(verdict: Verdict) -> None:
    """Only an ERROR is the grader's own fault."""
    result = grade_result(check_result("tcp.starts"), check_result("tcp.handshake", verdict))
    assert result.has_error == (verdict is Verdict.ERROR)


def test_results_do_not_change() -> None:
    """A result cannot be changed once it is known."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        check_result("tcp.starts").points = 100  # type: ignore[misc]


def test_verdicts_and_evidence_are_words() -> None:
    """Verdicts and evidence are texts, as the JSON result has them."""
    assert Verdict("PASS") is Verdict.PASS
    assert Evidence("end-of-stream") is Evidence.END_OF_STREAM
