"""The result as Markdown."""

from __future__ import annotations

import re

import pytest
from support import samples

from grader.reports.formats import markdown


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_a_row_for_each_check(name: str) -> None:
    """Every check stands in the table of its variant, with its verdict."""
    result = samples.SAMPLES[name]()
    rows = re.findall(r"^\| \S+ (\w+) \| `([a-z0-9-]+)` \|", markdown.dumps(result), re.MULTILINE)
    assert rows == [(check.verdict.value, check.name) for check in result.checks]


def test_a_code_span_shows_backticks() -> None:
    """A text with backticks is set between longer ones."""
    assert markdown.code("a `b` ``c``") == "``` a `b` ``c`` ```"


def test_a_bar_does_not_end_the_cell() -> None:
    """In a table a bar would begin the next cell."""
    assert markdown.code("a|b") == "`a\\|b`"


def test_a_fence_is_longer_than_what_it_holds() -> None:
    """A block cannot be ended from inside."""
    first, *_, last = markdown.fenced(["```", "````"])
    assert first == "`````text"
    assert last == "`````"


def test_nothing_hostile_stands_outside_of_code() -> None:
    """Outside of code spans and blocks there is only our own text."""
    text = markdown.dumps(samples.hostile())
    text = re.sub(r"^(`{3,})text\n.*?^\1$", "", text, flags=re.MULTILINE | re.DOTALL)
    text = re.sub(r"(`+)(?!`).*?(?<!`)\1(?!`)", "", text)
    assert "red" not in text
    assert "[bold]" not in text
