"""Classic mistakes in words."""

from __future__ import annotations

import pytest

from grader import language
from grader.reports import mistakes


@pytest.mark.parametrize("lang", language.LANGUAGES)
def test_a_mistake_has_a_title_and_a_reason(lang: str) -> None:
    """The title is a heading, the reason one or two sentences."""
    language.use(lang)
    for name in mistakes.MISTAKES:
        mistake = mistakes.named(name)
        assert mistake is not None
        assert not mistake.title.endswith(".") and mistake.why.endswith(".")


def test_a_mistake_is_told_in_the_language_in_use() -> None:
    """The name is the same in every language, the words are not."""
    english = mistakes.named("leave-twice")
    language.use("ru")
    assert english and english.title == "the leave notice is sent twice"
    assert mistakes.named("leave-twice") != english


@pytest.mark.parametrize("name", ["", "of-another-rubric"])
def test_an_unknown_name_has_no_words(name: str) -> None:
    """There may be no mistake to tell, or one of another rubric."""
    assert mistakes.named(name) is None
