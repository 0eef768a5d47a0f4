"""``nox -s report``: what it writes, and what it refuses in a line."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import samples
from support.gradings import REFERENCE

from grader.cli import lab_report
from grader.cli import main as command
from grader.grading import recording
from grader.reports import write_file


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The words that report on the reference, of a stored result and without running it."""
    monkeypatch.setattr(recording, "recorded", lambda request: [])
    monkeypatch.chdir(tmp_path)
    write_file(samples.full(), "json", tmp_path / "result.json")
    return ["report", str(REFERENCE), "--result", "result.json"]


def test_a_page_is_written(stored: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """With all four listings, and who it is of."""
    assert command.main([*stored, "--name", "Alice", "--group", "A-1"]) == 0
    assert capsys.readouterr().out == "written: report.html\n"
    text = Path("report.html").read_text(encoding="utf-8")
    assert "Alice" in text and text.count("<h3>") == 4


def test_the_language_is_an_option(stored: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """The page is in it, and so is what is said."""
    assert command.main([*stored, "--lang", "ru", "--output", "o.html"]) == 0
    assert capsys.readouterr().out == "записано: o.html\n"
    assert 'lang="ru"' in Path("o.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "status", "line"),
    [
        (["--docx", "none.docx"], 2, "none.docx: expected a .docx template"),
        (["--output", "none/o.html"], 3, "cannot write the result"),
        (["--bogus"], 2, "unrecognized arguments: --bogus"),
    ],
)
def test_what_is_refused(
    stored: list[str],
    words: list[str],
    status: int,
    line: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """In one line, with a status that says whose fault it is."""
    with pytest.raises(SystemExit) as caught:
        command.main([*stored, *words])
    err = capsys.readouterr().err
    assert caught.value.code == status and line in err and err.count("\n") == 1


def test_the_help_names_the_session() -> None:
    """It is called as students call it."""
    assert "noxfile.py -s report --" in lab_report.parser().format_usage()
