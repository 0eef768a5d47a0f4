"""kit/gaps.py: the gaps in a reference file, and markers that are wrong."""

from __future__ import annotations

import re

import pytest

from kit import gaps

OPENS = "    # >>> task 3: split the byte stream\n"
CONTRACT = "    #: Comes in: bytes.\n    #:\n    #: Goes out: lines.\n"
CODE = "    return 1\n"
CLOSES = "    # <<< task 3\n"
GAP = f"def read():\n{OPENS}{CONTRACT}{CODE}{CLOSES}"


def test_a_gap_stands_among_the_lines():
    """Lines outside of a gap stay as they are; the gap has its task and its contract."""
    before, gap, after = gaps.parse(GAP + "    after = 1\n")
    assert (before, after) == ("def read():", "    after = 1")
    contract = ("Comes in: bytes.", "", "Goes out: lines.")
    assert gap == gaps.Gap(2, "    ", 3, "split the byte stream", contract)


def test_task_may_have_two_gaps():
    """A task may have two gaps under one title."""
    assert gaps.tasks(GAP + GAP) == {3: "split the byte stream"}


@pytest.mark.parametrize(
    ("old", "new", "line", "message"),
    [
        pytest.param(OPENS + CONTRACT, "", 3, "stray marker", id="stray end"),
        pytest.param(OPENS, "", 2, 'stray "#:" line', id="stray contract"),
        pytest.param(CODE, CODE + "    #: late\n", 7, 'stray "#:" line', id="late contract"),
        pytest.param(CLOSES, "", 2, "is never closed", id="unclosed"),
        pytest.param(CODE, "    # >>> task 4: in\n" + CODE, 6, "nested marker", id="nested"),
        pytest.param(">>> task 3:", ">>> task three:", 2, "malformed marker", id="number"),
        pytest.param(">>> task 3:", ">>> task 0:", 2, "malformed marker", id="task 0"),
        pytest.param(">>> task 3:", ">>> Task 3:", 2, "malformed marker", id="word"),
        pytest.param("# >>>", "#>>>", 2, "malformed marker", id="no blank"),
        pytest.param("    # >>>", "\t# >>>", 2, "malformed marker", id="tab"),
        pytest.param("<<< task 3", "<<< task 3: x", 7, "malformed marker", id="title at the end"),
        pytest.param("return 1", "return 1  # <<< task 3", 6, "malformed marker", id="end by code"),
        pytest.param("():", "():  # >>> task 3: x", 1, "malformed marker", id="start by code"),
        pytest.param(": split the byte stream", "", 2, "has no title", id="no title"),
        pytest.param(": split the byte stream", ":", 2, "has no title", id="only a colon"),
        pytest.param(": split the byte stream", ":  ", 2, "has no title", id="only blanks"),
        pytest.param("<<< task 3", "<<< task 4", 7, "in the gap of task 3", id="other end"),
        pytest.param("    # >>>", "        # >>>", 3, "wrong indentation", id="start right"),
        pytest.param("    #: Comes", "  #: Comes", 3, "wrong indentation", id="contract left"),
        pytest.param(CODE, "    " + CODE, 6, "wrong indentation", id="solution right"),
        pytest.param(CODE, CODE + "  pass\n", 7, "wrong indentation", id="solution left"),
        pytest.param("    # <<<", "  # <<<", 7, "wrong indentation", id="end left"),
        pytest.param(CODE, "", 2, "is empty", id="empty"),
        pytest.param(CODE, "    # a comment\n\n", 2, "is empty", id="only a comment"),
    ],
)
def test_wrong_marker(old: str, new: str, line: int, message: str):
    """A wrong marker is an error that names its line."""
    assert old in GAP
    with pytest.raises(gaps.MarkerError, match=re.escape(message)) as caught:
        gaps.parse(GAP.replace(old, new))
    assert caught.value.line == line


def test_title_changes():
    """Two gaps of one task with two titles are an error in the line of the second."""
    with pytest.raises(gaps.MarkerError, match="further up") as caught:
        gaps.parse(GAP + GAP.replace("split", "cut"))
    assert caught.value.line == 9
