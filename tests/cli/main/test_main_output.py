"""The command line: what is printed and written, and the exit status."""

from __future__ import annotations

import io
import json
import os
import sys
from pathlib import Path

import jsonschema
import pytest
from support import worlds
from support.graders import SCHEMA
from support.made_up import FAILED, FULL, Graded, check_result, grade_result

from grader.cli import grade_once, last_run
from grader.cli import main as command
from grader.cli.exit_status import OF_REASON, ExitStatus
from grader.reports.formats import github
from grader.result.grade import GradeResult
from grader.result.verdict import Reason, Verdict


def error(*reasons: Reason, **fields: bool) -> GradeResult:
    """A grading with an ERROR for each reason."""
    checks = [check_result("tcp.starts", Verdict.ERROR, reason=reason) for reason in reasons]
    return grade_result(check_result("tcp.handshake"), *checks, mark=None, **fields)


STATUS: dict[str, tuple[GradeResult, list[str], int]] = {
    "graded": (FULL, [], 0),
    "graded, with a poor mark": (grade_result(mark=0.0), [], 0),
    "high enough": (FULL, ["--fail-under", "100"], 0),
    "too low": (grade_result(mark=49.9), ["--fail-under", "50"], 1),
    "no mark": (grade_result(mark=None), ["--fail-under", "0"], 1),
    "grader failed": (error(Reason.GRADER), [], 3),
    "grader failed, and too low": (error(Reason.GRADER), ["--fail-under", "50"], 3),
    "worker ended": (error(Reason.WORKER), [], 3),
    "machine busy": (error(Reason.MACHINE_BUSY), [], 3),
    "machine at its limit": (error(Reason.MACHINE_LIMIT), [], 3),
    "machine at its limit, then interrupted": (
        error(Reason.MACHINE_LIMIT, interrupted=True), [], 3
    ),
    "interrupted": (grade_result(mark=None, interrupted=True), [], 130),
    "interrupted, and too low": (
        grade_result(mark=None, interrupted=True), ["--fail-under", "50"], 130
    ),
}  # fmt: skip


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize(("result", "arguments", "status"), STATUS.values(), ids=STATUS)
def test_status(result: GradeResult, arguments: list[str], status: int, graded: Graded) -> None:
    """The exit status says how the grading went."""
    graded.result = result
    assert command.main(arguments) == status


def test_every_reason_has_a_status() -> None:
    """None of them is passed over."""
    assert OF_REASON.keys() == set(Reason)


@pytest.mark.parametrize("reason", Reason)
def test_the_status_follows_from_the_reason(
    reason: Reason, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table decides; of several reasons the gravest, of which the number is the highest."""
    table = dict.fromkeys(Reason, ExitStatus.GRADED) | {reason: ExitStatus.BELOW}
    monkeypatch.setattr(grade_once, "OF_REASON", table)
    assert grade_once.status(error(reason), None) is ExitStatus.BELOW
    assert grade_once.status(error(*Reason), None) is ExitStatus.BELOW
    others = [other for other in Reason if other is not reason]
    assert grade_once.status(error(*others), 100.0) is ExitStatus.GRADED


@pytest.mark.usefixtures("here", "graded")
def test_output(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A result file takes the place of what was there, and nothing else is printed."""
    (here / "result.json").write_text("old " * 10_000)
    assert command.main(["--format", "json", "--output", "result.json"]) == 0
    assert worlds.read_json(here / "result.json")["submission"] == "lab4"
    assert capsys.readouterr() == ("", "")
    assert sorted(path.name for path in here.glob("*.json")) == ["result.json"]


@pytest.mark.usefixtures("graded")
def test_output_that_cannot_be_written(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the result cannot be written that is said, and what was there stays."""

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (here / "result.txt").write_text("old")
    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(SystemExit) as caught:
        command.main(["--output", "result.txt"])
    assert caught.value.code == 3
    assert "No space left on device" in capsys.readouterr().err
    assert [path.read_text() for path in here.glob("*.txt")] == ["old"]


@pytest.mark.usefixtures("here", "graded")
def test_table(capsys: pytest.CaptureFixture[str]) -> None:
    """By default the score table is printed."""
    command.main([])
    out, err = capsys.readouterr()
    assert "starts" in out and "lab4" in out
    assert err == ""


@pytest.mark.usefixtures("here", "graded")
def test_json(capsys: pytest.CaptureFixture[str]) -> None:
    """The JSON result alone is on the standard output, and keeps to the schema."""
    command.main(["--format", "json"])
    jsonschema.validate(json.loads(capsys.readouterr().out), SCHEMA)


WITHOUT_SUMMARY = {"not on GitHub": None, "no file": "nowhere/summary"}


@pytest.mark.usefixtures("here")
def test_github(
    here: Path, graded: Graded, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The summary goes to the file that GitHub names, the annotations are printed."""
    graded.result = FAILED
    monkeypatch.setenv(github.SUMMARY, str(here / "summary.md"))
    assert command.main(["--format", "github"]) == 0
    assert (here / "summary.md").read_text(encoding="utf-8") == github.dumps(FAILED)
    assert capsys.readouterr() == (github.workflow_commands(FAILED), "")


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("path", WITHOUT_SUMMARY.values(), ids=WITHOUT_SUMMARY)
def test_github_without_a_summary(
    path: str | None,
    graded: Graded,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where GitHub names no file, or one that cannot be written, both are printed."""
    graded.result = FAILED
    monkeypatch.setenv(github.SUMMARY, path or "")
    command.main(["--format", "github"])
    both = github.dumps(FAILED) + github.workflow_commands(FAILED)
    assert capsys.readouterr() == (both, "")


def test_github_in_a_file(
    here: Path, graded: Graded, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who names a file gets the summary there and nowhere else."""
    graded.result = FAILED
    monkeypatch.setenv(github.SUMMARY, str(here / "summary.md"))
    command.main(["--format", "github", "--output", "mine.md"])
    assert (here / "mine.md").read_text(encoding="utf-8") == github.dumps(FAILED)
    assert not (here / "summary.md").exists()
    assert capsys.readouterr() == (github.workflow_commands(FAILED), "")


@pytest.mark.usefixtures("here", "graded")
def test_what_an_output_cannot_write(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a narrow code page the signs of a format are Python escapes."""
    data = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(data, encoding="cp1252"))
    assert command.main(["--format", "markdown"]) == 0
    assert b"| \\u2705 PASS |" in data.getvalue()


@pytest.mark.usefixtures("here")
def test_next(graded: Graded, capsys: pytest.CaptureFixture[str]) -> None:
    """With --next the page has the mark and one check, and nothing else."""
    graded.result = FAILED
    assert command.main(["--next"]) == 0
    out, err = capsys.readouterr()
    lines = [line for line in out.splitlines() if line.strip()]
    assert lines[0].startswith("mark  ")
    assert "FAIL  tcp.starts" in lines[1]
    assert "sandbox" not in out
    assert err == ""


@pytest.mark.usefixtures("here")
def test_the_last_run_is_known(graded: Graded, capsys: pytest.CaptureFixture[str]) -> None:
    """The table says what has changed since the run before, and nothing at the first one."""
    graded.result = FAILED
    command.main([])
    assert "since" not in capsys.readouterr().out
    graded.result = FULL
    command.main([])
    assert "since    the last run: 1 more check passes: tcp.starts" in capsys.readouterr().out
    command.main([])
    assert "since" not in capsys.readouterr().out


LEAVES_NOTHING = {
    "another format": ["--format", "json"],
    "a file": ["--output", "result.txt"],
    "no cache": ["--no-cache"],
}


@pytest.mark.usefixtures("graded")
@pytest.mark.parametrize("arguments", LEAVES_NOTHING.values(), ids=LEAVES_NOTHING)
def test_only_a_page_for_people_is_remembered(
    arguments: list[str], here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever grades many submissions, or wants nothing kept, leaves nothing in the cache."""
    monkeypatch.setenv(last_run.FOLDER, str(here / "cache"))
    assert command.main(arguments) == 0
    assert not (here / "cache").exists()
    assert command.main([]) == 0
    assert (here / "cache").exists()


@pytest.mark.usefixtures("graded")
def test_nothing_is_kept_beside_the_submission(here: Path) -> None:
    """The folder of a submission is as it was."""
    before = sorted(here.rglob("*"))
    command.main([])
    assert sorted(here.rglob("*")) == before
