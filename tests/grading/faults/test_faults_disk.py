"""Faults of the grader's own: a full disk, and folders that can only be read."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import jsonschema
import pytest
from support import programs
from support.faulty import no_room
from support.graders import SCHEMA, grader, one_check
from support.made_up import FULL
from support.watcher import Watcher, request, verdicts
from support.worlds import needs_linux

from grader.cli import main as command
from grader.grading import runner
from grader.result.verdict import Verdict


def test_result_file_on_a_full_disk(
    known: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """On a full disk the file that was there stays, no other is left, the result is printed."""
    (known / "result.json").write_text("old", encoding="utf-8")
    monkeypatch.setattr(os, "fsync", no_room)
    with pytest.raises(SystemExit) as caught:
        command.main(["--format", "json", "--output", "result.json"])
    assert caught.value.code == 3
    out, err = capsys.readouterr()
    assert json.loads(out)["mark"] == FULL.mark
    assert "No space left on device" in err and err.count("\n") == 1
    assert (known / "result.json").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in known.iterdir()) == ["lab4", "result.json"]


@needs_linux
@pytest.mark.parametrize("output", ["/dev/full", "/proc/result.json"], ids=["full", "read-only"])
def test_result_file_that_cannot_be_written(output: str, tmp_path: Path) -> None:
    """Where nothing can be written, that is said in one line and the result is printed."""
    done = grader(*one_check(tmp_path), "--output", output)
    assert done.returncode == 3
    assert done.stderr.startswith("grader: cannot write the result: ")
    assert done.stderr.count("\n") == 1
    jsonschema.validate(json.loads(done.stdout), SCHEMA)


@needs_linux
def test_output_on_a_full_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A result that cannot be printed for want of room is status 3, without a traceback."""
    monkeypatch.delenv("PYTHONUNBUFFERED", raising=False)  # Python tries again at its exit
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = grader(
            *one_check(tmp_path), stdout=full, stderr=subprocess.PIPE, capture_output=False
        )
    assert done.returncode == 3
    assert done.stderr.startswith("grader: cannot write the result: ")
    assert done.stderr.count("\n") == 1


@pytest.mark.usefixtures("known")
def test_no_room_for_the_grader(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A fault that nobody has thought of is status 3 too, never that of a low mark."""
    monkeypatch.setattr(runner, "grade", no_room)
    assert command.main([]) == 3
    assert "No space left on device" in capsys.readouterr().err


def test_folder_that_is_graded_stays_as_it_is(tmp_path: Path) -> None:
    """A submission that can only be read is graded, and nothing is written beside it."""
    folder = programs.write_programs(tmp_path / "lab4")
    before = sorted((path.name, path.stat().st_mtime_ns) for path in folder.iterdir())
    folder.chmod(0o555)
    try:
        wanted = request(folder, "udp.starts", "udp.client-name")
        result = runner.grade(wanted, Watcher())
    finally:
        folder.chmod(0o755)
    assert set(verdicts(result).values()) == {Verdict.PASS}
    after = sorted((path.name, path.stat().st_mtime_ns) for path in folder.iterdir())
    assert after == before
