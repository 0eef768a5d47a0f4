"""The titles of the checks."""

from __future__ import annotations

from grader.assignment import rubric
from grader.grading.titles import titles


def test_titles_are_the_docstrings() -> None:
    """Each check of the rubric has a title, read from its docstring."""
    title_of = titles()
    assert title_of.keys() == {row.name for row in rubric.RUBRIC}
    assert title_of["starts"] == "The server binds its port and keeps running."
