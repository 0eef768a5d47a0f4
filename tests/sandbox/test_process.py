"""A started process, whatever stands between it and the grader."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import psutil
import pytest
from support import boxes, worlds
from support.boxes import each_level
from support.worlds import needs_linux, needs_posix

from grader.sandbox import bubblewrap
from grader.sandbox.box import Box
from grader.sandbox.namespaced_process import NamespacedProcess


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
        child.wait(worlds.PATIENCE)
        assert child.status == status


@each_level
def test_id_is_the_programs(box: Box, script: Path, scratch: Path) -> None:
    """The id is that of the process in which the file runs, seen from here."""
    write(script, "import os, sys\nprint(os.getpid(), flush=True)\nsys.stdin.read()")
    with worlds.started(script, boxes.room(scratch), box=box) as child:
        pid = child.await_pid()
        own = int(child.stdout.readline())
        assert str(script.name) in " ".join(psutil.Process(pid).cmdline())
        assert own == pid or (box.level == "namespaces" and pid != child.top)


@each_level
def test_start_leaves_no_open_file(box: Box, script: Path, scratch: Path) -> None:
    """A program finds its three streams open, and nothing of what started it."""
    write(
        script,
        "import os\nfor n in range(3, 64):\n    try:\n        os.fstat(n)\n        print(n)\n"
        "    except OSError:\n        pass\n",
    )
    with worlds.started(script, boxes.room(scratch), box=box) as child:
        assert worlds.communicate(child)[0] == b""


@needs_linux
def test_program_that_is_never_started(
    script: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where bubblewrap does not get to start the program, its own id is not given for it."""
    broken = scratch / "bwrap"
    broken.write_text("#!/bin/sh\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setattr(bubblewrap, "program", lambda: str(broken))
    write(script, "")
    with worlds.started(script, scratch, box=Box("namespaces", "private")) as child:
        with pytest.raises(OSError, match="has not started"):
            child.await_pid()
        child.send_signal(signal.SIGINT)
        assert child.wait(worlds.PATIENCE) == 1


@each_level
def test_waiting_takes_no_longer_than_allowed(box: Box, script: Path, scratch: Path) -> None:
    """Of a program that still runs after the time allowed there is no status."""
    write(script, "input()")
    with worlds.started(script, boxes.room(scratch), box=box) as child:
        assert child.wait(0.001) is child.status is None


@needs_posix
@each_level
def test_status_tells_the_signal(box: Box, script: Path, scratch: Path) -> None:
    """A program that a signal ended has the signal's number, negative."""
    write(script, "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    with worlds.started(script, boxes.room(scratch), box=box) as child:
        child.wait(worlds.PATIENCE)
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
        assert child.stdout.readline() == b"ready\n"
        child.send_signal(signal.SIGINT)
        child.wait(worlds.PATIENCE)
        assert child.status == 7


@needs_linux
@pytest.mark.skipif("namespaces" not in boxes.BOXES, reason="needs bubblewrap")
@pytest.mark.parametrize("whom", ["bubblewrap", "first"])
def test_nothing_is_left_inside_of_a_namespace(whom: str, script: Path, scratch: Path) -> None:
    """Whichever process above the program is killed, the program ends."""
    write(script, "import time\ntime.sleep(1000)")
    box = boxes.BOXES["namespaces"]
    with worlds.started(script, boxes.room(scratch), box=box) as child:
        assert isinstance(child, NamespacedProcess)
        program = psutil.Process(child.await_pid())
        os.kill(child.top if whom == "bubblewrap" else child._await_first(), signal.SIGKILL)
        program.wait(worlds.PATIENCE)
        assert child.wait(worlds.PATIENCE) == -signal.SIGKILL


@needs_posix
@each_level
def test_a_signal_to_who_is_gone_is_no_error(box: Box, script: Path, scratch: Path) -> None:
    """Nothing happens when the program has ended before."""
    write(script, "")
    with worlds.started(script, boxes.room(scratch), box=box) as child:
        child.wait(worlds.PATIENCE)
        child.send_signal(signal.SIGINT)
        assert child.status == 0
