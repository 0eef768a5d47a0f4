"""Plain pytest: its options, and what is made ready."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support import programs, worlds
from support.checks import CHECKS, graded, run_pytest

from grader.fact import fact
from grader.grading.options import OPTIONS
from grader.result.verdict import Verdict


@pytest.mark.parametrize("where", ["root", "another folder"])
def test_checks_run_by_pytest(where: str, tmp_path: Path) -> None:
    """The checks can be run by plain pytest from anywhere, some of them alone."""
    at_root = where == "root"
    done = run_pytest(
        "grader/checks" if at_root else str(CHECKS),
        *("--submission", "reference" if at_root else str(worlds.REFERENCE)),
        *("-k", "join_notice", "--variant", "tcp", "--seed", "7"),
        cwd=worlds.ROOT if at_root else tmp_path,
    )
    assert done.returncode == 0, done.stdout
    assert "1 passed" in done.stdout
    assert "--seed 7" in done.stdout


def test_unknown_submission(tmp_path: Path) -> None:
    """A folder that is not there is an error of usage, said in a line."""
    done = run_pytest("grader/checks", "--submission", str(tmp_path / "nothing"))
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "no such folder" in done.stderr
    assert "Traceback" not in done.stderr


def test_options_are_those_of_the_grader() -> None:
    """Plain pytest has all options of a grading, and the folder as one more."""
    text = run_pytest("grader/checks", "--help").stdout
    for name in ("--submission", *OPTIONS):
        assert f"\n  {name}" in text


@pytest.mark.parametrize(
    ("wrong", "named"),
    [
        ("--only=nonsense", "--only nonsense: no such check"),
        ("--lang=de", "--lang: de: expected one of"),
        ("--sandbox=walls", "--sandbox"),
        ("--server=a.py", "not both"),
    ],
)
def test_wrong_options(wrong: str, named: str) -> None:
    """What is wrong with the options is said as the grader itself says it."""
    done = run_pytest("grader/checks", "--submission", "reference", wrong)
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert named in done.stderr
    assert "Traceback" not in done.stderr


def test_language(tmp_path: Path) -> None:
    """Plain pytest talks English, whatever the system is set to, unless asked for more."""
    environment = {**os.environ, "LANGUAGE": "ru"}
    arguments = ("grader/checks", "--submission", str(tmp_path / "nothing"))
    assert "no such folder" in run_pytest(*arguments, env=environment).stderr
    assert "такой папки нет" in run_pytest(*arguments, "--lang=ru").stderr


def test_nothing_is_left_behind(tmp_path: Path) -> None:
    """After a run the copy of the submission and all empty folders are gone."""
    submission = programs.write_programs(tmp_path / "submission")
    graded(tmp_path, submission, "--only=tcp.starts", "--variant=tcp")
    assert list((tmp_path / "scratch").iterdir()) == []


def test_portable(tmp_path: Path) -> None:
    """Who asks for it gets a free port and the wall clock, and is told so."""
    submission = programs.write_programs(tmp_path / "submission")
    found, _ = graded(tmp_path, submission, "--only=tcp.starts", "--portable")
    assert (found.sandbox.network, found.sandbox.clock) == ("free-port", "wall")
    assert found.sandbox.notes == (fact("free-port-asked"),)
    assert found.results["tcp.starts"].verdict is Verdict.PASS


def test_programs_start_compiled(tmp_path: Path) -> None:
    """A grading compiles once what starts every program."""
    body = "def test_starts(chat):\n    assert chat._site.box.boot.name == 'boot.pyc'\n"
    found, _ = graded(tmp_path, worlds.REFERENCE, "--only=tcp.starts", checks=body)
    assert found.results["tcp.starts"].verdict is Verdict.PASS


def test_single_file(tmp_path: Path) -> None:
    """A server of any name can be checked without a client."""
    server = tmp_path / "mine.py"
    server.write_text(programs.UDP_SERVER)
    wanted = "--only=udp.starts,udp.client-name"
    found, _ = graded(tmp_path, None, f"--server={server}", "--variant=udp", wanted)
    assert list(found.verdicts().values()) == [Verdict.PASS, Verdict.SKIP]


def test_neither_reference_nor_lab4_is_imported() -> None:
    """Importing the plugin brings nothing of the reference or of what students fill in."""
    source = (
        "import sys, grader.grading.pytest_plugin.verdicts\n"
        "print({'lab4', 'reference'} & sys.modules.keys())"
    )
    assert worlds.python("-c", source).stdout == "set()\n"
