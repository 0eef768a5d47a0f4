"""grader/language.py: which language is talked, and what a sentence becomes in it."""

from __future__ import annotations

import locale
import sys
from pathlib import Path

import pytest

from grader import language

TITLE = "A message never comes back to its sender."


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "ru"}, "ru"),
        ({"LANG": "C.UTF-8"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LC_MESSAGES": "ru_RU.UTF-8", "LANG": "en_US.UTF-8"}, "ru"),
        ({"LC_ALL": "C", "LANG": "ru_RU.UTF-8"}, "en"),
        ({"LANGUAGE": "ru", "LC_ALL": "en_US.UTF-8"}, "ru"),
        ({"LANGUAGE": "", "LANG": "ru_RU.UTF-8"}, "ru"),
        ({"LANGUAGE": "de:ru:en"}, "ru"),
        ({"LANGUAGE": "en:ru"}, "en"),
        ({"LANG": "ru-RU"}, "ru"),
        ({"LANG": "rundi"}, "en"),
    ],
)
def test_default(environment: dict[str, str], expected: str) -> None:
    """The first variable that is set counts, and in it the first language that is known."""
    assert language.default(environment) == expected


@pytest.mark.parametrize("platform", ["win32", "darwin"])
@pytest.mark.parametrize(
    ("name", "expected"),
    [("Russian_Russia", "ru"), ("ru_RU", "ru"), ("German_Germany", "en"), (None, "en")],
)
def test_default_without_variables(
    monkeypatch: pytest.MonkeyPatch, platform: str, name: str | None, expected: str
) -> None:
    """Where no variable is set, Windows and macOS are asked."""
    monkeypatch.setattr(sys, "platform", platform)
    monkeypatch.setattr(locale, "getlocale", lambda: (name, "utf-8"))
    assert language.default({}) == expected
    assert language.default({"LANG": "en_US.UTF-8"}) == "en"


def test_default_of_a_handout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A handout names its language in a file, which counts more than the system."""
    monkeypatch.setattr(language, "HANDED_OUT", tmp_path / "default")
    (tmp_path / "default").write_text("ru\n")
    assert language.default({"LANG": "en_US.UTF-8"}) == "ru"
    (tmp_path / "default").write_text("xx\n")
    assert language.default({"LANG": "ru_RU.UTF-8"}) == "en"


def test_english_stays() -> None:
    """In English a sentence is what stands in the source."""
    assert language._(TITLE) == TITLE


def test_russian() -> None:
    """In another language a sentence is what its catalog says."""
    language.use("ru")
    assert language._(TITLE) == "Сообщение никогда не возвращается к отправителю."


def test_unknown_sentence_stays() -> None:
    """What no catalog knows stays as it is, and nothing stays nothing."""
    language.use("ru")
    assert language._("no such sentence") == "no such sentence"
    assert language._("") == ""


def test_in_use() -> None:
    """The language in use is the one that was chosen last, at first English."""
    assert language.in_use() == "en"
    language.use("ru")
    assert language.in_use() == "ru"


def test_unknown_language() -> None:
    """A language that there is not cannot be used."""
    with pytest.raises(ValueError, match="de: expected one of en, ru"):
        language.use("de")


@pytest.mark.parametrize(
    ("count", "expected"), [(0, "points"), (1, "point"), (2, "points"), (0.5, "points")]
)
def test_plural(count: float, expected: str) -> None:
    """The form of a sentence goes with the number."""
    assert language.ngettext("point", "points", count) == expected


def test_marked_sentences_stay() -> None:
    """A sentence that is only marked is put into words later."""
    language.use("ru")
    assert language.N_(TITLE) == TITLE


@pytest.mark.parametrize(
    ("code", "encoding", "can"),
    [
        ("ru", "utf-8", True),
        ("ru", "cp1251", True),
        ("ru", "koi8-r", True),
        ("ru", "cp1252", False),
        ("ru", "ascii", False),
        ("ru", "no such encoding", False),
        ("en", "ascii", True),
    ],
)
def test_letters_of_an_encoding(code: str, encoding: str, can: bool) -> None:
    """Whether a language can be written is known before anything is."""
    assert language.can_write(code, encoding) is can


@pytest.mark.parametrize(
    ("code", "shown"),
    [("en", ["1.0", "4,016,896", "45%"]), ("ru", ["1,0", "4\xa0016\xa0896", "45\xa0%"])],
)
def test_a_figure_is_written_as_in_the_language(code: str, shown: list[str]) -> None:
    """Russian has a decimal comma, and blanks between thousands and before the per cent sign."""
    language.use(code)
    assert [language.figure(text) for text in ("1.0", "4,016,896", "45%")] == shown


@pytest.mark.parametrize(
    ("encoding", "dash", "blank"),
    [("utf-8", "—", "\xa0"), ("cp866", "-", "\xa0"), ("iso8859-5", "-", "\xa0")],
)
def test_typography_gives_way_to_the_encoding(encoding: str, dash: str, blank: str) -> None:
    """What an old console cannot write has a plain sign instead; the letters stay."""
    language.use("ru")
    language.write_in(encoding)
    try:
        text = language._("show only what to do next") + language._("of {mark}")
        sign = language._(
            "exit status: 0 graded, 1 below --fail-under, 2 wrong arguments or "
            "nothing to grade, 3 the grader itself failed, 130 interrupted"
        )
        assert "из" in text and f"0 {dash} проверено" in sign
        assert language.figure("45%") == f"45{blank}%"
        assert sign.encode(encoding).decode(encoding) == sign
    finally:
        language.write_in("utf-8")
