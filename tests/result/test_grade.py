"""The whole of a grading."""

from __future__ import annotations

import pytest
from support import samples
from support.made_up import check_result, grade_result

from grader.result.verdict import Verdict


@pytest.mark.parametrize("verdict", Verdict)
def test_has_error(verdict: Verdict) -> None:
    """Only an ERROR is not the student's."""
    result = grade_result(check_result("tcp.starts"), check_result("tcp.handshake", verdict))
    assert result.has_error == (verdict is Verdict.ERROR)


def test_checks_of_all_variants() -> None:
    """They follow one another as the variants do."""
    assert [check.id for check in samples.full().checks] == list(samples.IDS)


def test_is_begun() -> None:
    """A variant of which nothing is written is not begun."""
    tcp, udp = samples.failing().variants
    assert tcp.is_begun and not udp.is_begun


@pytest.mark.parametrize("verdict", Verdict)
def test_what_could_be_graded_is_begun(verdict: Verdict) -> None:
    """What is not written, or waits for that, could not."""
    (variant,) = grade_result(check_result("tcp.starts", verdict)).variants
    assert variant.is_begun == (verdict not in (Verdict.TODO, Verdict.SKIP))


def test_nothing_is_not_begun() -> None:
    """A variant without checks has nothing to grade."""
    (variant,) = grade_result().variants
    assert not variant.is_begun
