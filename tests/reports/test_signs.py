"""The signs of the verdicts."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from grader.reports.signs import ASCII, EMOJI, SIGNS
from grader.result.verdict import Verdict


@pytest.mark.parametrize("signs", [SIGNS, ASCII, EMOJI], ids=["signs", "ascii", "emoji"])
def test_every_verdict_has_a_sign_of_its_own(signs: Mapping[Verdict, str]) -> None:
    """Without colour they can still be told apart."""
    assert list(signs) == list(Verdict)
    assert len(set(signs.values())) == len(Verdict)


def test_ascii_signs_are_ascii() -> None:
    """They are for outputs that can show no others; each takes one column."""
    assert all(sign.isascii() and len(sign) == 1 for sign in ASCII.values())


def test_a_pass_and_a_failure_look_like_it() -> None:
    """The order of the verdicts and that of the signs are the same."""
    assert (SIGNS[Verdict.PASS], SIGNS[Verdict.FAIL]) == ("✓", "✗")
    assert (ASCII[Verdict.PASS], ASCII[Verdict.FAIL]) == ("+", "x")
    assert (EMOJI[Verdict.PASS], EMOJI[Verdict.FAIL]) == ("✅", "❌")
