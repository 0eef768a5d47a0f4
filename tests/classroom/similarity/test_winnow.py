"""Fingerprints: the same for what is the same but for names, and where it stands."""

from __future__ import annotations

import pytest

from grader.classroom.similarity.tokens import tokens
from grader.classroom.similarity.winnow import WINDOW, K, prints

SOURCE = "def talk(users, text):\n    for user in users:\n        user.send(text + '1', 2)\n"


def test_names_and_layout_do_not_count() -> None:
    """Nor do comments, texts and numbers."""
    other = "# new\ndef a(b, c):\n  for d in b:\n\n    d.e(c + 'other', 7)  # x\n"
    assert [t.value for t in tokens(SOURCE)] == [t.value for t in tokens(other)]
    assert prints({"a.py": SOURCE}).keys() == prints({"b.py": other}).keys() != set()


def test_what_is_done_counts() -> None:
    """Another sign is another program."""
    assert [t.value for t in tokens("a + b")] != [t.value for t in tokens("a - b")]


@pytest.mark.parametrize("source", ["", "x", "x = (", "\x00", "'''", "f'{x", "\tif\n x"])
def test_what_is_no_program_has_what_can_be_read(source: str) -> None:
    """Students hand in anything."""
    assert prints({"a.py": source}) == {}


def test_enough_in_a_row_is_found_wherever_it_stands() -> None:
    """That is what winnowing promises: K + WINDOW - 1 tokens."""
    shared = " + ".join("a" for _ in range(K + WINDOW))
    one = f"x = 1\ny = [2, {shared}]\n"
    other = f"def f():\n    if z:\n        return {shared} - 1\n"
    common = prints({"a.py": one}).keys() & prints({"b.py": other}).keys()
    assert common
    assert prints({"b.py": other})[min(common)].first == 3


def test_a_formatted_string_is_one_token() -> None:
    """On every Python."""
    assert len(tokens("f'{a} and {b:{c}}'")) == len(tokens("'a'")) == 1
