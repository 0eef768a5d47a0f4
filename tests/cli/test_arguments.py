"""The arguments of the command line."""

from __future__ import annotations

import argparse
import inspect
from pathlib import Path

import pytest

from grader import language
from grader.cli import arguments
from grader.grading.options import OPTIONS


def outputs(*words: str) -> list[tuple[str, str]]:
    return arguments.outputs(arguments.parser().parse_args(words))


PAIRS = {
    "nothing": ([], [("table", "")]),
    "a format": (["--format", "json"], [("json", "")]),
    "a file": (["--output", "a"], [("table", "a")]),
    "a format and its file": (["--format", "json", "--output", "a"], [("json", "a")]),
    "a file and its format": (["--output", "a", "--format", "json"], [("json", "a")]),
    "one printed, two written": (
        ["--format", "table", "--format", "json", "--output", "a", "--output", "b"],
        [("table", ""), ("json", "a"), ("table", "b")],
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_formats_and_files(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each format goes to the file named with it, or is printed."""
    monkeypatch.chdir(tmp_path)
    words, expected = PAIRS[name]
    assert outputs(*words) == expected


def test_two_formats_cannot_be_printed() -> None:
    """Nobody could tell where the one ends and the other begins."""
    with pytest.raises(ValueError, match="--format json: expected --output FILE"):
        outputs("--format", "json", "--format", "csv")


def test_two_formats_cannot_be_written_to_one_file(tmp_path: Path) -> None:
    """The second would take the place of the first."""
    file = str(tmp_path / "a")
    with pytest.raises(ValueError, match="a different file for each"):
        outputs("--format", "json", "--output", file, "--format", "csv", "--output", file)


@pytest.mark.parametrize("shown", ["--watch", "--next"])
@pytest.mark.parametrize(
    "other", [["--list"], ["--output", "a"], ["--format", "json"], ["--format", "csv"]], ids=str
)
def test_what_is_shown_is_one_page(shown: str, other: list[str]) -> None:
    """A page for people is neither a list nor a file, and has no other format."""
    with pytest.raises(ValueError, match=f"{shown}.*{other[0]}"):
        arguments.agree(arguments.parser().parse_args([shown, *other]))


def test_an_evening_has_no_mark() -> None:
    """With --watch there is no last grading whose mark could be too low."""
    with pytest.raises(ValueError, match="--fail-under"):
        arguments.agree(arguments.parser().parse_args(["--watch", "--fail-under", "50"]))


def test_what_goes_together() -> None:
    """The pages can be had of some checks, with a transcript, with a seed, and one in the other."""
    words = ["--watch", "--next", "--only", "starts", "--trace", "--seed", "1", "--format", "table"]
    arguments.agree(arguments.parser().parse_args(words))


def test_marks_are_of_all_checks() -> None:
    """A few checks have no mark that could be too low."""
    words = ["--only", "starts", "--fail-under", "50"]
    with pytest.raises(ValueError, match="--fail-under needs a mark"):
        arguments.agree(arguments.parser().parse_args(words))


@pytest.mark.parametrize("name", OPTIONS)
def test_what_is_graded_can_be_said(name: str) -> None:
    """The grader has all options of a grading."""
    assert f"  {name}" in arguments.parser().format_help()


WRONG = {
    "--bogus": "неизвестные параметры: --bogus",
    "--seed x": "ожидалось целое число: 'x'",
    "--variant sctp": "недопустимое значение 'sctp' (допустимы: ",
    "--fail-under": "ожидалось одно значение",
    "--only": "ожидалось хотя бы одно значение",
    "--trace=3": "параметр не принимает значения: '3'",
    "--s 1": "неоднозначный параметр --s",
}


@pytest.mark.parametrize("words", WRONG)
def test_argparse_talks_the_language_in_use(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    """What argparse itself complains of is in the language asked for, too."""
    language.use("ru")
    with pytest.raises(SystemExit):
        arguments.parser().parse_args(words.split())
    err = capsys.readouterr().err
    assert WRONG[words] in err
    assert err.startswith("grader: ") and err.endswith(" (см. --help)\n")


def test_the_help_is_in_the_language_in_use() -> None:
    """The headings of the help are, as well as what it says of each argument."""
    language.use("ru")
    text = arguments.parser().format_help()
    assert text.startswith("использование: py") and "noxfile.py -s grade --" in text
    assert "\nпозиционные параметры:\n" in text and "\nпараметры:\n" in text
    assert "показать эту справку и выйти" in text


@pytest.mark.parametrize("word", arguments.WORDS)
def test_words_are_those_of_argparse(word: str) -> None:
    """Nothing is translated that argparse does not say."""
    assert repr(word) in inspect.getsource(argparse)
