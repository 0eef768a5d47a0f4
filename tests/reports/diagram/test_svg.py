"""Sequence diagrams as SVG, kept beside the tests, with the page's style sheet."""

from __future__ import annotations

import os
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import pytest
from support import diagrams
from support.samples import HOSTILE

from grader.reports.diagram import svg
from grader.reports.diagram.sequence import Diagram, diagram
from grader.reports.diagram.svg import CELL, sentence
from grader.reports.escape import visible
from grader.reports.html import page

GOLDEN = Path(__file__).with_name("golden")
NAMESPACE = "{http://www.w3.org/2000/svg}"
# The others are kept as text alone: what is drawn is the same.
KEPT = ("never-came", "came-twice", "in-front-of-a-client", "hostile")
each_diagram = pytest.mark.parametrize("name", diagrams.DRAWN)


def of(name: str) -> Diagram:
    """The diagram of a check made by hand."""
    made = diagram(diagrams.DRAWN[name]())
    assert made is not None
    return made


def groups(name: str, kind: str) -> list[Element]:
    """The rows of a drawing that have this class."""
    root = ElementTree.fromstring(svg.draw(of(name)))
    return [g for g in root.iter(f"{NAMESPACE}g") if kind in g.attrib["class"].split()]


def words(group: Element) -> list[str]:
    """All texts of a row."""
    return [text.text or "" for text in group.iter(f"{NAMESPACE}text")]


@pytest.mark.parametrize("name", KEPT)
def test_a_drawing_is_the_one_that_was_looked_at(name: str) -> None:
    """Every line of it is what was looked at in a browser and found good."""
    style = (page.TEMPLATES / "diagram.css").read_text(encoding="utf-8")
    text = svg.draw(of(name)).replace("\n", f"\n<style>\n{style}</style>\n", 1) + "\n"
    golden = GOLDEN / f"{name}.svg"
    if os.environ.get("UPDATE_GOLDEN"):
        golden.parent.mkdir(parents=True, exist_ok=True)
        golden.write_text(text, encoding="utf-8", newline="\n")
    assert text == golden.read_text(encoding="utf-8")


@each_diagram
def test_a_drawing_keeps_to_its_size(name: str) -> None:
    """Nothing lies outside, and every text ends before the edge."""
    root = ElementTree.fromstring(svg.draw(of(name)))
    width, height = float(root.attrib["width"]), float(root.attrib["height"])
    for element in root.iter():
        across = [float(v) for key, v in element.attrib.items() if key in ("x", "x1", "x2", "cx")]
        down = [float(v) for key, v in element.attrib.items() if key in ("y", "y1", "y2", "cy")]
        assert all(0 <= x <= width for x in across)
        assert all(0 <= y <= height for y in down)
    for text in root.iter(f"{NAMESPACE}text"):
        if "middle" not in text.attrib["class"]:
            assert float(text.attrib["x"]) + CELL * len(text.text or "") <= width


def test_what_never_came() -> None:
    """It has a cross in place of a head, and words: colour alone says nothing."""
    (row,) = groups("never-came", "loud")
    assert "lost" in row.attrib["class"].split()
    assert [path.attrib["class"] for path in row.iter(f"{NAMESPACE}path")] == ["cross"]
    assert words(row) == [diagrams.SAID, "✗ never arrived"]


@pytest.mark.parametrize(
    ("name", "remark"),
    [("came-back", "✗ should not have arrived"), ("came-twice", "✗ arrived again")],
)
def test_what_should_not_have_come(name: str, remark: str) -> None:
    """It is an arrow as any other, with words below it."""
    (row,) = groups(name, "loud")
    assert [path.attrib["class"] for path in row.iter(f"{NAMESPACE}path")] == ["head"]
    assert words(row)[-1] == remark


def test_a_failure_about_no_message() -> None:
    """What went wrong is said beside a lane."""
    (row,) = groups("not-let-in", "loud")
    assert words(row) == ["✗ bob is not let in"]


def test_the_fence_goes_through_all_lanes() -> None:
    """It is one line from edge to edge, with its name."""
    (row,) = groups("everybody", "fence")
    (line,) = row.iter(f"{NAMESPACE}line")
    root = ElementTree.fromstring(svg.draw(of("everybody")))
    assert (line.attrib["x1"], line.attrib["x2"]) == ("0", root.attrib["width"])
    assert words(row) == ["fence"]


def test_who_is_left_out_is_counted() -> None:
    """Where there is no room for all lanes, it says how many are missing."""
    assert "(15 others not drawn)" in svg.draw(of("crowd"))


@each_diagram
def test_a_sentence_says_what_is_to_be_seen(name: str) -> None:
    """Who takes part, and what is wrong."""
    made = of(name)
    root = ElementTree.fromstring(svg.draw(made))
    assert (root.attrib["role"], root.attrib["aria-label"]) == ("img", sentence(made))
    for row in made.rows:
        assert row.remark in sentence(made)
        assert not row.loud or visible(row.text, 60) in sentence(made)


def test_the_sentence_about_a_message_that_never_came() -> None:
    """It says from whom to whom."""
    assert sentence(of("never-came")) == (
        "messages between server, alice1c9f03, bob77aa01, carol5e2d40, in order of time; "
        "alice1c9f03: hello4d5e6f, from server to carol5e2d40, never arrived"
    )


def test_hostile_texts_are_shown() -> None:
    """No character of a submission's is obeyed, by XML or by the screen."""
    drawn = svg.draw(of("hostile"))
    assert HOSTILE not in drawn
    assert "\\x1b[31m" in drawn
    assert all(line.isprintable() for line in drawn.splitlines())
