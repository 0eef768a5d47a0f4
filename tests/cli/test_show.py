"""A stored result, shown again: in any language and format, without grading anything."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest
from msgspec.structs import replace
from support import programs, samples
from support.made_up import Graded, check_result, grade_result, step

from grader import language
from grader.cli import last_run
from grader.cli import main as command
from grader.fact import fact
from grader.grading import runner
from grader.reports import FORMATS, dumps
from grader.reports.formats import github
from grader.result import codec
from grader.result.grade import GradeResult
from grader.result.verdict import Verdict

RESULT = samples.failing()
GRADE = runner.grade
each_format = pytest.mark.parametrize("format_", FORMATS)
each_language = pytest.mark.parametrize("lang", language.LANGUAGES)
Shown = Callable[..., str]


@pytest.fixture(autouse=True)
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no submission, nothing may be graded, and GitHub is far away."""

    def grade(*_: object) -> NoReturn:
        raise AssertionError("graded")

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(runner, "grade", grade)
    monkeypatch.delenv(github.SUMMARY, raising=False)


@pytest.fixture
def shown(capsys: pytest.CaptureFixture[str]) -> Shown:
    """Store a result and show it; what is printed."""

    def run(result: GradeResult, *words: str) -> str:
        Path("stored.json").write_text(codec.dumps(result), encoding="utf-8")
        assert command.main(["show", "stored.json", *words]) == 0
        out, err = capsys.readouterr()
        assert err == ""
        return out

    return run


@each_language
@each_format
def test_every_format(format_: str, lang: str, shown: Shown) -> None:
    """It is shown as it would have been at the end of the grading."""
    text = shown(RESULT, "--format", format_, "--lang", lang)
    language.use(lang)
    if format_ == "table":  # which is as wide as the terminal
        assert text.splitlines()[:2] == dumps(RESULT, "table").splitlines()[:2]
    elif format_ == "json":
        assert codec.loads(text) == RESULT
    elif format_ == "github":
        assert text == github.dumps(RESULT) + github.workflow_commands(RESULT)
    else:
        assert text == dumps(RESULT, format_)


def test_a_table_by_default(shown: Shown) -> None:
    """As after a grading."""
    assert shown(RESULT) == shown(RESULT, "--format", "table")


def test_it_says_the_same_in_every_language(shown: Shown) -> None:
    """A result has no language: what was shown in Russian can be read back in English."""
    failing = grade_result(
        check_result("tcp.starts", Verdict.FAIL, message=fact("server-not-started"))
    )
    assert "the server did not start" in shown(failing, "--lang", "en")
    assert "сервер не запустился" in shown(failing, "--lang", "ru")
    stored = shown(failing, "--lang", "ru", "--format", "json")
    assert codec.loads(stored) == failing
    assert "the server did not start" in shown(codec.loads(stored), "--lang", "en")


@pytest.mark.parametrize(("made", "other"), [("en", "ru"), ("ru", "en")])
def test_a_real_grading(
    made: str, other: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In whatever language it was graded, it is shown in the one that is asked for."""
    monkeypatch.setattr(runner, "grade", GRADE)
    programs.write_programs(Path.cwd() / "lab4", udp_server="input()")
    words = ["--only", "udp.starts", "--portable", "--format", "json", "--output", "stored.json"]
    assert command.main([*words, "--lang", made]) == 0
    sentence = {"en": "the server did not start", "ru": "сервер не запустился"}
    for lang in (made, other):
        capsys.readouterr()
        assert command.main(["show", "stored.json", "--lang", lang]) == 0
        assert sentence[lang] in capsys.readouterr().out


def test_the_language_is_that_of_the_user(shown: Shown, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where none is asked for, it is as everywhere."""
    monkeypatch.setenv("LANGUAGE", "ru_RU")
    assert shown(RESULT) == shown(RESULT, "--lang", "ru") != shown(RESULT, "--lang", "en")


def test_from_the_standard_input(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A hyphen stands for it."""
    data = io.BytesIO(codec.dumps(RESULT).encode())
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(data, encoding="ascii"))
    assert command.main(["show", "-", "--format", "csv"]) == 0
    assert capsys.readouterr() == (dumps(RESULT, "csv"), "")


def test_several_formats_at_once(shown: Shown) -> None:
    """Each goes to the file that is named with it; one is printed."""
    words = ["--format", "csv", "--output", "a.csv", "--format", "html", "--output", "a.html"]
    assert shown(RESULT, *words, "--format", "lines") == dumps(RESULT, "lines")
    for name in ("csv", "html"):
        assert Path(f"a.{name}").read_bytes().decode() == dumps(RESULT, name)


@pytest.mark.parametrize(("option", "sign"), [("--trace", "-- "), ("--next", "mark  ")])
def test_options_of_a_page(option: str, sign: str, shown: Shown) -> None:
    """The transcript, and the next step alone, can be had afterwards too."""
    failing = grade_result(
        check_result(
            "tcp.starts",
            Verdict.FAIL,
            message=fact("server-not-started"),
            transcript=(step("server-starts"),),
        )
    )
    page = shown(failing, option)
    assert sign in page and page != shown(failing)


def test_nothing_is_kept(shown: Shown, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody else's result is not what is known of a submission of one's own."""
    monkeypatch.setenv(last_run.FOLDER, str(tmp_path / "cache"))
    shown(RESULT)
    assert os.listdir(tmp_path) == ["stored.json"]


def test_what_cannot_be_written(
    shown: Shown, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is said in a line, with the grader's own status, and the result is printed."""

    def full(*_: object) -> NoReturn:
        raise OSError(28, "No space left on device")

    shown(RESULT)
    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(SystemExit) as caught:
        command.main(["show", "stored.json", "--format", "csv", "--output", "a.csv"])
    out, err = capsys.readouterr()
    assert (caught.value.code, out) == (3, dumps(RESULT, "csv"))
    assert "No space left on device" in err and err.count("\n") == 1


def of_another_rubric() -> GradeResult:
    """A result with checks, codes, a variant, a mistake and a full mark that ours lacks."""
    strange = replace(
        check_result("tcp.starts", Verdict.FAIL),
        variant="sctp",
        name="hat-told",
        title="The hat of a newcomer is told.",
        task=99,
        roles=("hatter",),
        message=fact("hat-lost", name="bob", hats=("bowler", "cap")),
        expected=fact("a-hat", hat=fact("bowler-hat")),
        got=fact("no-hat"),
        transcript=(step("puts-hat-on", name="bob"),),
        mistake="wears-no-hat",
    )
    result = grade_result(strange, mark=10.0, full_mark=120.0, notes=(fact("hats-lacking"),))
    variant = replace(result.variants[0], name="sctp", mandatory_failed=("hat-told",))
    return replace(result, variants=(variant,))


@each_language
@each_format
def test_another_rubric(format_: str, lang: str, shown: Shown) -> None:
    """What is in the result is shown; what has no sentence any more, as it is."""
    text = shown(of_another_rubric(), "--format", format_, "--lang", lang)
    assert "hat-told" in text
    if format_ != "csv":  # which has verdicts and points alone
        assert "hat-lost" in text


def test_a_folder_of_that_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """A submission in a folder called show is graded as ./show."""
    graded = Graded()
    monkeypatch.setattr(runner, "grade", graded)
    programs.write_programs(Path("show"))
    assert command.main([os.path.join(".", "show")]) == 0
    assert graded.request is not None
    assert graded.request.submission == str(Path("show").resolve())
