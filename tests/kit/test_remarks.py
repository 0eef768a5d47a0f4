"""kit/remarks.py: the comments and docstrings of a program, found and translated."""

from __future__ import annotations

import pytest

from grader import language
from kit import remarks


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("    # guards the outbox", ["guards the outbox"]),
        ("x = 1  # guards the outbox", ["guards the outbox"]),
        ('    """Send the leave notice."""', ["Send the leave notice."]),
        ('    print("# no comment")', []),
        ("    return x", []),
        ("", []),
    ],
)
def test_remarks(line: str, said: list[str]) -> None:
    """What stands in a comment or in a docstring is a remark, and nothing else is."""
    assert list(remarks.remarks([line])) == said


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("    # the lines have ended", "    # строки закончились"),
        ("x = 1  # the lines have ended", "x = 1  # строки закончились"),
        ('    """Send the leave notice."""', '    """Отправить уведомление об уходе."""'),
        ("# nobody knows this one", "# nobody knows this one"),
        ('lines = "have ended"', 'lines = "have ended"'),
    ],
)
def test_translated(line: str, expected: str) -> None:
    """Only the remark of a line changes, and only one that is known."""
    assert remarks.translated(line) == line
    language.use("ru")
    assert remarks.translated(line) == expected
