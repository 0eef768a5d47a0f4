"""A language whose letters the output may lack."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from support import programs
from support.graders import grader

from grader import language
from grader.cli import printable


@pytest.fixture
def western(monkeypatch: pytest.MonkeyPatch) -> None:
    """An output that has the letters of western Europe alone."""
    monkeypatch.setattr(printable, "_encoding", lambda: "cp1252")


@pytest.mark.usefixtures("western")
def test_english_instead(capfd: pytest.CaptureFixture[str]) -> None:
    """What cannot be printed is said in English, with a note in one line."""
    asked = printable.use("ru")
    assert language.in_use() == "en"
    printable.settle(asked, [("table", "")])
    (line,) = capfd.readouterr().err.splitlines()
    assert "cp1252" in line and "'ru'" in line
    assert language.in_use() == "en"


@pytest.mark.usefixtures("western")
def test_a_file_has_all_letters(capfd: pytest.CaptureFixture[str]) -> None:
    """Where nothing is printed, nothing stands in the way."""
    printable.settle(printable.use("ru"), [("html", "page.html")])
    assert language.in_use() == "ru"
    assert capfd.readouterr().err == ""


@pytest.mark.usefixtures("western")
def test_english_can_always_be_printed(capfd: pytest.CaptureFixture[str]) -> None:
    """Who asks for English gets it without a note."""
    printable.settle(printable.use("en"), [("table", "")])
    assert capfd.readouterr().err == ""


def test_a_closed_output(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no output, its encoding does not matter."""
    monkeypatch.setattr(sys, "stdout", None)
    assert printable.use("ru") == language.in_use() == "ru"


@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_from_the_command_line(encoding: str, tmp_path: Path) -> None:
    """A whole grading is in one language, without signs in place of letters."""
    folder = programs.write_programs(tmp_path / "lab4")
    words = (str(folder), "--only", "udp.starts", "--lang", "ru", "--no-cache", "--portable")
    env = {**os.environ, "PYTHONIOENCODING": encoding}
    done = grader(*words, env=env)
    assert done.returncode == 0
    assert "The server binds its port" in done.stdout
    assert done.stderr.count("\n") == 1 and encoding in done.stderr
