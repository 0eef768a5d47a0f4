"""The score table as a picture: the one in README.md is of the kit as it is."""

from __future__ import annotations

import os
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from support import samples

from grader import language
from grader.fact import fact
from grader.reports import write_file
from kit import pictures, screenshot

Monkey = pytest.MonkeyPatch
DOCS = Path(__file__).resolve().parents[2] / "docs"
TEXT = "{http://www.w3.org/2000/svg}text"


def texts(svg: str) -> list[str]:
    """What a picture says, piece by piece."""
    found = (element.text or "" for element in ElementTree.fromstring(svg).iter(TEXT))
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in found]


@pytest.mark.parametrize("lang", language.LANGUAGES)
def test_the_picture_in_the_readme_is_up_to_date(lang: str, monkeypatch: Monkey) -> None:
    """It has all checks of the rubric, their titles, and looks as the table does now.

    So it is in each language. UPDATE_GOLDEN=1 draws it anew.
    """
    language.use(lang)
    monkeypatch.setattr(language, "default", lambda: lang)  # no command has to name it
    command = "python3 noxfile.py -s grade --"  # on Windows too
    kept = DOCS / pictures.name("score-table", lang)
    text = screenshot.svg(samples.nearly(), command=command)
    if os.environ.get("UPDATE_GOLDEN") == "1":
        kept.write_text(text, encoding="utf-8", newline="\n")
    assert text == kept.read_text(encoding="utf-8")


def test_the_picture_is_made_from_a_result_file(tmp_path: Path) -> None:
    """The SVG shows the table, is made from a result file alone, and loads nothing."""
    write_file(samples.failing(), "json", tmp_path / "result.json")
    screenshot.main([str(tmp_path / "result.json"), str(tmp_path / "table.svg")])
    svg = (tmp_path / "table.svg").read_text(encoding="utf-8")
    assert "join-notice" in svg
    assert re.findall(r"url\(|href|@font-face|@import", svg) == []


@pytest.mark.parametrize("name", samples.SAMPLES)
def test_a_text_is_as_long_as_it_says(name: str) -> None:
    """Each text has its length, without blanks behind it, so that columns keep in any font."""
    svg = screenshot.svg(samples.SAMPLES[name]())
    said = [text for text in texts(svg) if text.strip()]
    assert said == [text.rstrip() for text in said]
    lengths = [float(text) for text in re.findall(r'textLength="([^"]+)"', svg)]
    assert len(lengths) == len(said) - 1  # the title has none
    assert all(0 < length <= screenshot.CELL * (screenshot.WIDTH + 60) for length in lengths)


def test_a_hostile_text_is_only_text() -> None:
    """What a submission wrote is no element of the picture."""
    change = samples.failed(got=fact("verbatim", text="<b>&amp;</b><script>"))
    svg = screenshot.svg(samples.graded({"tcp.starts": change}))
    assert "<b>&amp;</b><script>" in "".join(texts(svg))
