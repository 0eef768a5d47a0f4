"""The lab report: its page, its pictures, and the document that a department has of its own."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from support import samples

from grader import language
from grader.reports.lab import contents, document, page, windows
from grader.result.check import SERVER
from grader.result.recording import Line, Picture, Recording, Window
from kit import sample

HOSTILE = "<script>alert(1)</script> {{ 7 * 7 }} \x1b[2J"
each_language = pytest.mark.parametrize("lang", language.LANGUAGES)


def picture(moment: str = "talked", *lines: Line) -> Picture:
    """Three windows at one moment."""
    asked = (Line("What is your name? ", "alice"), Line("You are connected!"), *lines)
    names = (SERVER, "alice", "bob")
    return Picture(moment, tuple(Window(name, asked) for name in names))


def report(*lines: Line, answers: dict[int, str] | None = None) -> contents.Report:
    """A report of a full mark."""
    return contents.Report(
        student=contents.Student("Alice", "A-1"),
        result=samples.full(),
        recordings=(Recording("tcp", (picture("joined"), picture("left", *lines))),),
        listings=(("tcp_server.py", f"print('hello')\n# {HOSTILE}\n"),),
        answers=answers or {},
    )


@each_language
def test_the_page_has_all_parts(lang: str) -> None:
    """Who, what for, the pictures with captions, points, questions and listings."""
    language.use(lang)
    text = page.dumps(report())
    parts = contents.values(report())
    assert text.isascii() and text.startswith("<!DOCTYPE html>")
    assert text.count("<figure>") == 2 and text.count("<figcaption>") == 2
    assert text.count("<li value=") == len(parts["questions"]) > 20
    for word in ("Alice", "A-1", "tcp_server.py", "hello"):
        assert word in text


def test_nothing_in_the_page_is_anybody_elses() -> None:
    """What a program wrote, or a student answered, is text; nothing is loaded or run."""
    text = page.dumps(report(Line(HOSTILE), answers={1: HOSTILE}))
    assert "<script>alert" not in text and "\x1b" not in text
    assert not re.search(r"(?:src|href)=|url\(|@import", text)
    assert "script-src 'none'" in text.replace("&#39;", "'")


def test_an_answer_takes_the_place_of_the_line() -> None:
    """Questions without an answer leave room for one."""
    empty, answered = page.dumps(report()), page.dumps(report(answers={2: "It frees the port."}))
    assert "It frees the port." in answered
    assert answered.count('class="blank line"') == empty.count('class="blank line"') - 1


def test_answers_are_a_numbered_list(tmp_path: Path) -> None:
    """They lie beside the programs; without the page there are none."""
    assert contents.answers(tmp_path) == {}
    (tmp_path / "answers.md").write_text("1. One,\n   and more.\n\n3. Three.\n", "utf-8")
    assert contents.answers(tmp_path) == {1: "One, and more.", 3: "Three."}


def test_a_picture_has_a_window_for_each_program() -> None:
    """What was typed stands out behind what was printed; long lines and many of them fit."""
    long = (Line("x" * 200), *(Line(f"line {n}") for n in range(60)))
    root = ElementTree.fromstring(windows.draw(picture("talked", *long)))
    svg = "{http://www.w3.org/2000/svg}"
    titles = [e.text for e in root.iter(f"{svg}text") if e.get("class") == "title"]
    assert titles == ["server", "alice", "bob"]
    assert [e.text for e in root.iter(f"{svg}tspan")] == ["alice"] * 3
    width = float(root.attrib["width"])
    for text in root.iter(f"{svg}text"):
        said = "".join(text.itertext())
        assert float(text.attrib["x"]) + windows.CELL * len(said) <= width
    assert len(list(root.iter(f"{svg}text"))) <= 3 * (windows.MOST + 2)


@each_language
def test_the_sample_document_is_filled(lang: str, tmp_path: Path) -> None:
    """No placeholder is left, and nothing is read as one that a program wrote."""
    docx = pytest.importorskip("docx")
    language.use(lang)
    template = Path(__file__).resolve().parents[3] / "docs" / sample.name(lang)
    target = tmp_path / "report.docx"
    document.write(report(Line(HOSTILE), answers={1: "An answer & more."}), template, target)
    text = "\n".join(p.text for p in docx.Document(str(target)).paragraphs)
    assert "Alice" in text and "A-1" in text and "An answer & more." in text
    assert "What is your name? alice" in text and "print('hello')" in text
    assert text.count("{{ 7 * 7 }}") == 4 and "49" not in text and "{%" not in text


def test_what_is_no_template_is_told_in_a_line(tmp_path: Path) -> None:
    """A file of another kind, or with a placeholder that cannot be read."""
    pytest.importorskip("docxtpl")
    (tmp_path / "a.docx").write_text("no zip", encoding="utf-8")
    with pytest.raises(contents.NotFilled, match=r"a\.docx"):
        document.write(report(), tmp_path / "a.docx", tmp_path / "out.docx")


@each_language
def test_the_samples_are_those_that_the_kit_writes(lang: str, tmp_path: Path) -> None:
    """Paragraph by paragraph."""
    docx = pytest.importorskip("docx")
    language.use(lang)
    sample.write(tmp_path / "made.docx")
    kept = Path(__file__).resolve().parents[3] / "docs" / sample.name(lang)
    made = [
        [p.text for p in docx.Document(str(f)).paragraphs] for f in (tmp_path / "made.docx", kept)
    ]
    assert made[0] == made[1]
