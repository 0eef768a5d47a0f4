"""The pictures of the demo: drawn, in each language, and found stale."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader import language
from kit import pictures


def test_the_pictures_are_those_of_the_demo() -> None:
    """A demo of today is drawn as the pictures in the documents are."""
    assert pictures.main(["--check"]) == 0


def test_a_stale_picture_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each that is not what would be drawn, with the command that draws it."""
    monkeypatch.setattr(pictures, "drawn", lambda lang: f"<svg>{lang}</svg>")
    assert pictures.main([], tmp_path) == 0
    assert pictures.main(["--check"], tmp_path) == 0
    (tmp_path / "demo.ru.svg").write_text("<svg>old</svg>", encoding="utf-8")
    capsys.readouterr()
    assert pictures.main(["--check"], tmp_path) == 1
    assert "docs/demo.ru.svg: stale\nrun: python -m kit.pictures" in capsys.readouterr().err


def test_each_language_has_a_picture() -> None:
    """The file of the first language has no language in its name."""
    names = [pictures.name("demo", lang) for lang in language.LANGUAGES]
    assert names[0] == "demo.svg" and len(set(names)) == len(names)
