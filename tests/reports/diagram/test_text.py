"""Sequence diagrams as text, kept beside the tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support import diagrams

from grader.reports.diagram.sequence import Diagram, diagram
from grader.reports.diagram.text import draw

GOLDEN = Path(__file__).with_name("golden")


def of(name: str) -> Diagram:
    """The diagram of a check made by hand."""
    made = diagram(diagrams.DRAWN[name]())
    assert made is not None
    return made


@pytest.mark.parametrize("name", diagrams.DRAWN)
def test_a_drawing_is_the_one_that_was_looked_at(name: str) -> None:
    """At 80 columns, indented by four, every line is what was read and found good."""
    text = "".join(f"{line.plain.rstrip()}\n" for line in draw(of(name), 76))
    golden = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [40, 76, 116])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "cp1251"])
@pytest.mark.parametrize("name", diagrams.DRAWN)
def test_a_drawing_fits(name: str, encoding: str, width: int) -> None:
    """No line is wider than the page, and the output can show every sign, on its own line."""
    for line in draw(of(name), width, encoding):
        assert line.cell_len <= max(width, 58)
        line.plain.encode(encoding)
        assert line.plain.isprintable()


def test_what_is_wrong_is_loud() -> None:
    """The line of what a failure is about has a style of its own, and words."""
    (line,) = (
        line for line in draw(of("came-back"), 76) if "should not have arrived" in line.plain
    )
    assert any("red" in str(span.style) for span in line.spans)


def test_the_fence_is_quiet() -> None:
    """The fence is there, and stands back."""
    (line,) = (line for line in draw(of("everybody"), 76) if "fence" in line.plain)
    assert all(str(span.style) == "dim" for span in line.spans) and line.spans
