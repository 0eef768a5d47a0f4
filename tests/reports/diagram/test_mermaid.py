"""Sequence diagrams as Mermaid text: what is drawn, and that no text is read as Mermaid."""

from __future__ import annotations

import re

import pytest
from support import diagrams
from support.pages import PAYLOADS
from support.samples import HOSTILE

from grader.reports.diagram import mermaid
from grader.reports.diagram.sequence import ARROW, GAP, NOTE, Diagram, Row, diagram
from grader.reports.escape import visible

# All lines that may be written: keywords, our own names of lanes, plain characters and codes.
TEXT = r"([A-Za-z0-9 .,!?*]|#[0-9]+;)+"
GRAMMAR = re.compile(
    rf"sequenceDiagram|participant p\d as {TEXT}|p\d(->>|--x)p\d: {TEXT}|"
    rf"Note over p\d(,p\d)?: {TEXT}|rect rgba\([0-9., ]+\)|end"
)
MEANT = (
    *("end", "the END", "wrap: x", ":nowrap:x", "a;b", "#59;", "&#60;", "%% c", "```", "style:#x"),
    *("%%{init: {'theme': 'dark'}}%%", "click p0", "link p0: a @ b", "<br>", "$$x$$", "a\nend\n"),
    *("a  b", " a ", "p0->>p1: x", "Привет", "😀", "", *PAYLOADS.values(), HOSTILE),
)
each_diagram = pytest.mark.parametrize("name", diagrams.DRAWN)
each_text = pytest.mark.parametrize("text", MEANT, ids=repr)


def lines(name: str) -> list[str]:
    """The lines of a check made by hand."""
    made = diagram(diagrams.DRAWN[name]())
    assert made is not None
    return mermaid.draw(made)


def shown(text: str) -> str:
    """What Mermaid shows of a text: codes are characters."""
    return re.sub(r"#([0-9]+);", lambda m: chr(int(m[1])), text).replace("\xa0", " ")


def assert_grammatical(drawn: list[str]) -> None:
    """Every line is one of ours, and every block has an end."""
    assert drawn[0] == "sequenceDiagram"
    assert all(GRAMMAR.fullmatch(line) for line in drawn), drawn
    assert [line for line in drawn if line.startswith("rect")] == ["rect " + mermaid.LOUD] * (
        drawn.count("end")
    )


@each_diagram
def test_a_diagram_is_grammatical(name: str) -> None:
    """Nothing but the few kinds of lines that are meant."""
    assert_grammatical(lines(name))


@each_text
def test_no_text_is_read(text: str) -> None:
    """Whatever a name or a message is, the diagram keeps to its grammar."""
    lanes = ("server", text or "nobody")
    rows = (
        Row(ARROW, *lanes, text),
        Row(ARROW, *lanes, text, loud=True, remark=text or "!", lost=True),
        Row(NOTE, "server", "server", text, loud=True),
        Row(GAP, "", "", text),
    )
    drawn = mermaid.draw(Diagram(lanes, rows))
    assert_grammatical(drawn)
    assert len(drawn) == 1 + 2 + 1 + 4 + 3 + 1


@each_text
def test_every_text_is_shown(text: str) -> None:
    """The codes stand for what is visible of the text; an empty one is a blank."""
    assert shown(mermaid.escaped(text)) == (visible(text, mermaid.TEXT) or " ")


@each_text
def test_no_word_ends_a_diagram(text: str) -> None:
    """Mermaid may take the word "end" for a keyword wherever it stands."""
    assert not re.search(r"\bend\b", mermaid.escaped(text), re.IGNORECASE)


def test_blanks_side_by_side_are_kept() -> None:
    """A page would show two blanks as one, and they may be what is wrong."""
    assert mermaid.escaped("bob  joined!") == "bob#160; joined!"


def test_lanes_have_names_of_our_own() -> None:
    """What a participant is called is a label only."""
    assert lines("never-came")[1:5] == [
        "participant p0 as server",
        "participant p1 as alice1c9f03",
        "participant p2 as bob77aa01",
        "participant p3 as carol5e2d40",
    ]


def test_what_never_came() -> None:
    """It ends in a cross; a frame and words say that it is wrong."""
    drawn = lines("never-came")
    at = drawn.index(f"rect {mermaid.LOUD}")
    assert drawn[at + 1 :] == [
        "p0--xp3: alice1c9f03#58; hello4d5e6f",
        "Note over p0,p3: #10007; never arrived",
        "end",
    ]


@pytest.mark.parametrize(
    ("name", "remark"), [("came-back", "should not have arrived"), ("came-twice", "arrived again")]
)
def test_what_should_not_have_come(name: str, remark: str) -> None:
    """It is an arrow as any other, in a frame."""
    drawn = lines(name)
    at = drawn.index(f"rect {mermaid.LOUD}")
    assert re.match(r"p0->>p1: ", drawn[at + 1])
    assert shown(drawn[at + 2]) == f"Note over p0,p1: ✗ {remark}"
    assert drawn[at + 3] == "end"


def test_a_failure_about_no_message() -> None:
    """What went wrong is said once, in a frame."""
    at = lines("not-let-in").index(f"rect {mermaid.LOUD}")
    assert lines("not-let-in")[at + 1 :] == ["Note over p0: bob is not let in", "end"]


def test_the_fence_goes_over_all_lanes() -> None:
    """It is one quiet note."""
    assert lines("everybody").count("Note over p0,p3: fence") == 1


def test_who_is_left_out_is_counted() -> None:
    """Where there is no room for all lanes, it says how many are missing."""
    assert lines("crowd")[-1] == "Note over p0,p5: 15 others not drawn"
