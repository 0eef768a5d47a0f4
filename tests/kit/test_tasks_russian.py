"""tasks.ru.md and hints.ru.md say what the English pages say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from grader import language
from grader.grading.titles import titles
from kit import tables

ROOT = Path(__file__).resolve().parents[2]
RUSSIAN = {
    name: tuple((ROOT / f"{name}{end}").read_text(encoding="utf-8") for end in (".md", ".ru.md"))
    for name in ("tasks", "hints")
}
each_page = pytest.mark.parametrize("name", RUSSIAN)
BLOCK = re.compile(r"<!-- rubric: (.*?) -->\n(.*?)<!-- end of rubric -->", re.DOTALL)


@each_page
def test_russian_headings_are_the_same(name: str) -> None:
    """Each page has the same headings of the same level, and the same tasks in the same order."""
    levels = [re.findall(r"^(#+) ", text, re.MULTILINE) for text in RUSSIAN[name]]
    assert levels[0] == levels[1]
    english, russian = RUSSIAN[name]
    tasks = re.findall(r"^## Task (\d+):", english, re.MULTILINE)
    assert re.findall(r"^## Задание (\d+):", russian, re.MULTILINE) == tasks


@each_page
def test_russian_code_blocks_are_as_many(name: str) -> None:
    """Each page has as many code blocks, and the same commands in them."""
    blocks = [re.findall(r"^```.*?^```$", t, re.MULTILINE | re.DOTALL) for t in RUSSIAN[name]]
    assert len(blocks[0]) == len(blocks[1])
    for pair in zip(*blocks, strict=True):
        commands = [re.findall(r"^python3 -c .*$", block, re.MULTILINE) for block in pair]
        assert commands[0] == commands[1]


@each_page
def test_russian_pages_name_the_same_checks(name: str) -> None:
    """What has a name in one page has it in the other: checks, tables of the wire."""
    names = [sorted(re.findall(r"`((?:tcp|udp)\.[a-z-]+)`", text)) for text in RUSSIAN[name]]
    assert names[0] == names[1]


def test_russian_rubric_is_the_same() -> None:
    """The blocks that are made of the rubric are the same, with the same points."""
    english, russian = (dict(BLOCK.findall(text)) for text in RUSSIAN["tasks"])
    assert list(english) == list(russian)
    assert english.keys() == tables.blocks().keys()
    for block in english:
        points = [re.findall(r"\((★|\d+) ?", text[block]) for text in (english, russian)]
        cells = [re.findall(r"\| ([\d★–/ ]+) (?=\|)", text[block]) for text in (english, russian)]
        assert points[0] == points[1] and cells[0] == cells[1]


def test_russian_titles_are_in_the_text() -> None:
    """The line that students read in the table stands in tasks.ru.md word for word."""
    language.use("ru")
    assert all(language._(title) in RUSSIAN["tasks"][1] for title in titles().values())


@each_page
def test_russian_links_lead_somewhere(name: str) -> None:
    """Each link within a page has a heading, and each other one a file."""
    text = RUSSIAN[name][1]
    anchors = {
        re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)
    }
    for link in re.findall(r"\]\(([^)]+)\)", text):
        if link.startswith("#"):
            assert link.removeprefix("#") in anchors
        else:
            assert (ROOT / link).is_file()
