"""A worker process, seen from outside."""

from __future__ import annotations

import queue
import subprocess
import sys
from pathlib import Path

import pytest
from support import lifelines, programs, worlds
from support.watcher import request
from support.worlds import needs_posix

from grader import start
from grader.grading import worker_process
from grader.grading.events import Done, Finished, Planned, Started
from grader.grading.worker_process import Message, WorkerProcess
from grader.result import codec

Told = queue.Queue[Message]


@pytest.fixture
def told() -> Told:
    return queue.Queue()


def next_of(told: Told) -> Message:
    return told.get(timeout=worlds.PATIENCE)


@pytest.fixture
def replaced(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A file whose program takes the place of the worker's."""
    program = tmp_path / "worker.py"
    popen = subprocess.Popen

    def popen_instead(command: list[str], **options: object) -> subprocess.Popen[bytes]:
        assert command[1:3] == ["-B", start.__file__]
        assert command[3] == "grader.grading.worker"
        return popen([sys.executable, str(program)], **options)  # type: ignore[call-overload, no-any-return]

    monkeypatch.setattr(worker_process.subprocess, "Popen", popen_instead)
    return program


def test_events_are_told(tmp_path: Path, told: Told) -> None:
    """All events come with the variant, and None after the last one."""
    folder = programs.write_programs(tmp_path / "submission")
    worker = WorkerProcess("udp", request(folder, "udp.starts"), tmp_path, told.put)
    events = [next_of(told) for _ in range(5)]
    assert "25 deselected" in worker.end()
    assert [variant for variant, _ in events] == ["udp"] * 5
    kinds = [type(event) for _, event in events]
    assert kinds == [Planned, Started, Finished, Done, type(None)]


def test_complaints_are_returned(replaced: Path, tmp_path: Path, told: Told) -> None:
    """What the worker complained is known at its end."""
    replaced.write_text("raise SystemExit('something broke')")
    worker = WorkerProcess("tcp", request(tmp_path), tmp_path, told.put)
    assert next_of(told) == ("tcp", None)
    assert worker.end() == "something broke"


def test_line_that_was_cut_off(replaced: Path, tmp_path: Path, told: Told) -> None:
    """A line that a crash has cut is left out."""
    done = codec.encode(Done()).decode()
    replaced.write_text(f"print({done + chr(10) + done[:9]!r}, end='')")
    worker = WorkerProcess("tcp", request(tmp_path), tmp_path, told.put)
    assert [next_of(told), next_of(told)] == [("tcp", Done()), ("tcp", None)]
    assert worker.end() == ""


def test_end_of_the_input_asks_the_worker_to_stop(
    replaced: Path, tmp_path: Path, told: Told
) -> None:
    """A worker that listens for the end of its input can clean up."""
    replaced.write_text("import sys; sys.stdin.read(); sys.exit('cleaned up')")
    assert WorkerProcess("tcp", request(tmp_path), tmp_path, told.put).end() == "cleaned up"


@needs_posix
def test_worker_that_does_not_stop_is_killed(
    replaced: Path, tmp_path: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker that goes on is ended, with what it has started."""
    monkeypatch.setattr(worker_process, "PATIENCE", 0)
    with lifelines.lifeline(tmp_path) as line:
        replaced.write_text(line.source + "os.fork()\nwhile True: pass")
        worker = WorkerProcess("tcp", request(tmp_path), tmp_path, told.put)
        line.come()
        worker.end()
        assert line.gone()
    assert next_of(told) == ("tcp", None)


@needs_posix
def test_kill(replaced: Path, tmp_path: Path, told: Told) -> None:
    """A worker that is killed tells nothing more."""
    with lifelines.lifeline(tmp_path) as line:
        replaced.write_text(line.source + "while True: pass")
        worker = WorkerProcess("tcp", request(tmp_path), tmp_path, told.put)
        line.come()
        worker.kill()
        assert line.gone()
    assert next_of(told) == ("tcp", None)
    worker.end()


def test_temporary_files_are_in_the_folder(replaced: Path, tmp_path: Path, told: Told) -> None:
    """What the checks make for a while is made where it can be found again."""
    replaced.write_text(
        "import os, sys; sys.exit(' '.join(os.environ[n] for n in ('TMPDIR', 'TEMP', 'TMP')))"
    )
    worker = WorkerProcess("tcp", request(tmp_path), tmp_path, told.put)
    assert next_of(told) == ("tcp", None)
    assert worker.end().split() == [str(tmp_path)] * 3


def test_nothing_is_imported_from_where_it_is_started(
    tmp_path: Path, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A submission beside which the grader is started cannot replace a module of Python's."""
    (tmp_path / "json.py").write_text("raise SystemExit('imported')")
    monkeypatch.chdir(tmp_path)
    folder = programs.write_programs(tmp_path / "submission")
    worker = WorkerProcess("udp", request(folder, "udp.starts"), tmp_path, told.put)
    events = [next_of(told)[1] for _ in range(5)]
    assert "25 deselected" in worker.end()
    assert events[-2] == Done()


READS = """
import msgspec._utils
from grader.grading import worker_process
from grader.grading.events import Done, Event
from grader.result import codec
msgspec._utils._get_class_annotations = None
print(codec.decode(codec.encode(Done()), Event))
"""


def test_events_are_known_before_a_thread_reads_one() -> None:
    """Reading the first event looks into no class: two threads that do can crash msgspec."""
    done = worlds.python("-c", READS)
    assert done.stdout == "Done(notes=())\n", done.stderr
