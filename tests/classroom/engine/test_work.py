"""What grades one submission of a class: its request, its files, and that it can be stopped."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from msgspec.structs import replace
from support.changes import graded
from support.classes import OPTIONS

from grader import start
from grader.classroom.engine import process, work
from grader.classroom.engine.task import Outcome, Task
from grader.classroom.keys import fingerprint
from grader.grading import runner
from grader.grading.request import Request
from grader.result import codec
from grader.result.grade import GradeResult

TASK = Task("digest", {"lib/a.py": b"x = 1", "tcp_server.py": b"x"}, OPTIONS, fingerprint())


def test_the_grader_is_asked_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """For the files as they were handed in, under a name that says nothing of anybody."""
    asked: list[tuple[Request, bytes]] = []

    def grade(request: Request, progress: object) -> GradeResult:
        asked.append((request, (Path(request.submission) / "lib" / "a.py").read_bytes()))
        return graded()

    monkeypatch.setattr(runner, "grade", grade)
    assert work.grade(TASK) == Outcome(graded())
    ((request, text),) = asked
    assert (request.label, request.seed, request.variants, text) == (
        "lab4",
        1,
        OPTIONS.variants,
        b"x = 1",
    )
    assert [note.code for note in request.notes] == ["files-lacking", "files-lacking"]


def test_a_result_that_is_not_whole_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """It was interrupted: nothing is stored of it."""
    whole = replace(graded(), interrupted=True)
    monkeypatch.setattr(runner, "grade", lambda *_: whole)
    assert work.grade(TASK) == Outcome()


def test_another_grader_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine of a cluster may have another version."""
    monkeypatch.setattr(runner, "grade", lambda *_: graded())
    assert "another grader" in work.grade(replace(TASK, grader="old")).failure


@pytest.mark.parametrize("name", ["../a.py", "a/../../b.py", "/tmp/a.py"])
def test_no_file_leads_out_of_the_folder(name: str, tmp_path: Path) -> None:
    """Whoever made the task."""
    with pytest.raises(ValueError, match="within the folder"):
        work.write(replace(TASK, files={name: b"x"}), tmp_path)


def test_a_process_without_a_task_says_so() -> None:
    """It does not wait, and it does not break."""
    done = subprocess.run(
        process.COMMAND,
        input=b"no task\n",
        capture_output=True,
        env=start.environment(),
        check=True,
    )
    assert (
        "ValidationError" in codec.decode(done.stdout, Outcome).failure or b"Error" in done.stdout
    )
    assert sys.executable in process.COMMAND
