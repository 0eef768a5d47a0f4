"""The words that all reports and programs share."""

from __future__ import annotations

from enum import Enum

import pytest

from grader.result.verdict import Difference, EventKind, Evidence, Reason, Verdict


def test_words_are_texts() -> None:
    """They are what the JSON result has."""
    assert Verdict("PASS") is Verdict.PASS
    assert Evidence("end-of-stream") is Evidence.END_OF_STREAM
    assert EventKind("omitted") is EventKind.OMITTED
    assert Reason("machine-busy") is Reason.MACHINE_BUSY
    assert Difference("doubled") == "doubled"


@pytest.mark.parametrize("words", [Verdict, Evidence, EventKind, Reason, Difference])
def test_an_unknown_word_is_refused(words: type[Enum]) -> None:
    """There are no others."""
    with pytest.raises(ValueError, match="perhaps"):
        words("perhaps")


@pytest.mark.parametrize("words", [Verdict, Evidence, Reason])
def test_the_docstring_says_what_the_words_mean(words: type[Enum]) -> None:
    """The JSON schema has it from there; PASS and FAIL speak for themselves."""
    said = words.__doc__ or ""
    assert [w.value for w in words if f"{w.value}: " not in said] in ([], ["PASS", "FAIL"])
