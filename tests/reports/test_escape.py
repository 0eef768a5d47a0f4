"""Text of a submission is shown, never obeyed."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from grader.reports.escape import visible, visible_lines
from grader.reports.text_diff import difference


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("100\N{NO-BREAK SPACE}%", "100\N{NO-BREAK SPACE}%", id="no-break space"),
        pytest.param("alice: привет, 你好 🙂", "alice: привет, 你好 🙂", id="ordinary"),
        pytest.param("a\nb\tc\r", "a\\nb\\tc\\r", id="whitespace"),
        pytest.param("\x1b[31m\x00\x7f\x9b", "\\x1b[31m\\x00\\x7f\\x9b", id="control"),
        pytest.param("\x1b]8;;http://x\x07", "\\x1b]8;;http://x\\x07", id="link"),
        pytest.param("\u202e\u2066", "\\u202e\\u2066", id="bidi"),
        pytest.param("\u200b\ufeff\u2060", "\\u200b\\ufeff\\u2060", id="zero-width"),
        pytest.param("a\u0301", "a\\u0301", id="combining"),
        pytest.param("\ud800\udcff", "\\ud800\\udcff", id="surrogates"),
        pytest.param("\U000e0041", "\\U000e0041", id="tags"),
        pytest.param("\u2028\u2007", "\\u2028\\u2007", id="separators"),
        pytest.param("[bold]x[/]", "[bold]x[/]", id="markup"),
    ],
)
def test_what_is_not_printable_is_escaped(text: str, shown: str) -> None:
    """Everything that takes no place of its own is written as Python would write it."""
    assert visible(text) == shown


def test_escaping_twice_changes_nothing() -> None:
    """What a check has already escaped stays as it is."""
    assert visible(visible("a\n\x1b\\")) == visible("a\n\x1b\\")


@pytest.mark.parametrize("encoding", ["cp1252", "cp437", "ascii", "no-such-encoding"])
def test_what_the_output_cannot_write_is_escaped(encoding: str) -> None:
    """A narrow code page gets escapes instead of an error."""
    assert visible("я", encoding=encoding) == "\\u044f"


@pytest.mark.parametrize("text", ["x" * 1000, "你" * 1000, "\x00" * 1000, "a" * 19 + "\x00"])
def test_a_long_text_is_shortened_in_the_middle(text: str) -> None:
    """However wide its characters are, the text keeps to the limit and shows that it was cut."""
    shown = visible(text, 20)
    assert cell_len(shown) <= 20
    assert "…" in shown


def test_an_escape_is_never_cut_in_two() -> None:
    """Shortening leaves whole escapes."""
    assert visible("\x00" * 100, 10) == "\\x00…\\x00"


def test_the_ellipsis_falls_back_to_dots() -> None:
    """Where there is no ellipsis, three dots say the same."""
    assert visible("x" * 100, 9, "cp437") == "xxx...xxx"


def test_many_lines_lose_their_middle() -> None:
    """A flood of lines shows its beginning and its end."""
    lines = visible_lines("\n".join(str(i) for i in range(100)), max_lines=4)
    assert lines == ["0", "1", "… 96 more lines", "98", "99"]


def test_the_difference_is_pointed_at() -> None:
    """The column is the one where the two texts part, counted in what is shown."""
    found = difference("\ta你b joined!", "\ta你c joined!", 40)
    assert found is not None
    assert found.column == cell_len("\\ta你")


def test_a_difference_far_to_the_right_stays_in_sight() -> None:
    """Two long texts are cut before and behind the place where they part."""
    found = difference("x" * 500 + "a" + "y" * 500, "x" * 500 + "b" + "y" * 500, 40)
    assert found is not None
    assert (found.expected[found.column], found.got[found.column]) == ("a", "b")
    assert max(cell_len(found.expected), cell_len(found.got)) <= 40


@pytest.mark.parametrize(
    ("expected", "got"),
    [("same", "same"), ("one\ntwo", "one\nTwo"), ("bob joined!", "nothing"), ("bob joined!", "")],
)
def test_no_caret_where_it_would_say_nothing(expected: str, got: str) -> None:
    """Equal, unlike and long texts are shown as they are."""
    assert difference(expected, got, 40) is None
