"""The command line: the list of checks, and the help."""

from __future__ import annotations

import pytest

from grader.assignment import rubric
from grader.assignment.variants import UDP
from grader.cli import main as command
from grader.grading.titles import titles


def test_list(capsys: pytest.CaptureFixture[str]) -> None:
    """The list has a line for each check: id, points, task and title."""
    assert command.main(["--list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(rubric.check_ids())
    expected = f"tcp.starts 2 points task 1 {titles()['starts']}"
    assert lines[0].split() == expected.split()
    assert any(" star " in line for line in lines)


def test_list_of_one_variant(capsys: pytest.CaptureFixture[str]) -> None:
    """The list can be that of one variant."""
    command.main(["--list", "--variant", "udp"])
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == list(rubric.check_ids((UDP,)))


def test_list_of_the_other_mode(capsys: pytest.CaptureFixture[str]) -> None:
    """Chats of their own protocol have checks of their own, without tasks."""
    assert command.main(["--list", "--mode", "own", "--variant", "udp"]) == 0
    first, *_others = capsys.readouterr().out.splitlines()
    assert first.split()[:3] == ["udp.starts", "3", "points"]
    assert "task" not in first


def test_help(capsys: pytest.CaptureFixture[str]) -> None:
    """The help tells of all exit statuses."""
    with pytest.raises(SystemExit) as caught:
        command.main(["--help"])
    assert caught.value.code == 0
    assert "exit status: 0 graded" in capsys.readouterr().out


def test_list_in_russian(capsys: pytest.CaptureFixture[str]) -> None:
    """The checks have titles in the language asked for."""
    assert command.main(["--list", "--lang", "ru"]) == 0
    line = capsys.readouterr().out.splitlines()[0]
    expected = "tcp.starts 2 балла задание 1 Сервер занимает свой порт и продолжает работать."
    assert " ".join(line.split()) == expected
