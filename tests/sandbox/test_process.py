"""A started process, whatever stands between it and the grader."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from support import boxes, worlds
from support.boxes import each_level
from support.worlds import needs_posix

from grader.sandbox import activity, process
from grader.sandbox.levels import Box
from grader.sandbox.process import Child


@pytest.fixture
def script(scratch: Path) -> Path:
    return scratch / "submission" / "program.py"


def write(script: Path, source: str) -> Path:
    script.parent.mkdir()
    script.write_text(source)
    return script


@each_level
@pytest.mark.parametrize("status", [0, 3])
def test_exit_status_is_the_programs(box: Box, status: int, script: Path, scratch: Path) -> None:
    """Whatever stands in between hands the status on."""
    write(script, f"raise SystemExit({status})")
    with worlds.started(script, boxes.room(scratch), box=box) as child:
        child.popen.wait(worlds.PATIENCE)
        assert child.status == status


def test_program_that_is_never_started(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where bubblewrap does not get to start the program, its own id is not given for it."""
    monkeypatch.setattr(process, "LOOKS", 3)
    monkeypatch.setattr(activity, "first_child", lambda pid: 0)
    reading, writing = os.pipe()
    os.write(writing, b'{"child-pid": 1}')
    os.close(writing)
    command = [sys.executable, "-"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as popen:
        with pytest.raises(OSError, match="has not started"):
            assert Child(popen, info=reading).pid
        popen.kill()


@needs_posix
@each_level
def test_status_tells_the_signal(box: Box, script: Path, scratch: Path) -> None:
    """A program that a signal ended has the signal's number, negative."""
    write(script, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    with worlds.started(script, boxes.room(scratch), box=box) as child:
        child.popen.wait(worlds.PATIENCE)
        assert child.pid
        assert child.status == -signal.SIGKILL


@needs_posix
@each_level
def test_a_signal_reaches_the_program(box: Box, script: Path, scratch: Path) -> None:
    """Ctrl+C comes to the program itself."""
    write(
        script,
        "import sys, time\n"
        "try:\n    print('ready', flush=True)\n    time.sleep(1000)\n"
        "except KeyboardInterrupt:\n    sys.exit(7)\n",
    )
    with worlds.started(script, boxes.room(scratch), box=box) as child:
        assert child.popen.stdout is not None
        assert child.popen.stdout.readline() == b"ready\n"
        child.send_signal(signal.SIGINT)
        child.popen.wait(worlds.PATIENCE)
        assert child.status == 7


@needs_posix
@each_level
def test_a_signal_to_who_is_gone_is_no_error(box: Box, script: Path, scratch: Path) -> None:
    """Nothing happens when the program has ended before."""
    write(script, "")
    with worlds.started(script, boxes.room(scratch), box=box) as child:
        child.popen.wait(worlds.PATIENCE)
        child.send_signal(signal.SIGINT)
        assert child.status == 0
