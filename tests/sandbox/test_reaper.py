"""A whole tree of processes is ended, even what has daemonised."""

from __future__ import annotations

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import lifelines, worlds
from support.lifelines import Lifeline
from support.worlds import needs_linux, needs_posix

from grader.sandbox import activity, reaper
from grader.sandbox.box import BOOT


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Lifeline]:
    with lifelines.lifeline(tmp_path) as made:
        yield made


@pytest.fixture
def adopting() -> Iterator[None]:
    """Orphans come to this process, until the end of the test."""
    reaper.adopt_orphans()
    yield
    reaper.adopt_orphans(False)


CHILD = "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', {child!r}]{options})\n"


def ended(source: str, line: Lifeline, folder: Path, scratch: Path, processes: int = 1) -> None:
    """Start a program, wait for all its processes, end the tree; all must be gone."""
    script = folder / "program.py"
    script.write_text(source)
    with worlds.started(script, scratch) as child:
        try:
            line.come(processes)
        finally:
            child.end()
            reaper.end_orphans()
    assert line.gone()


@needs_posix
def test_process_is_ended(line: Lifeline, tmp_path: Path, scratch: Path) -> None:
    """A process that waits for typing is ended."""
    ended(line.source + "input()", line, tmp_path, scratch)


@needs_posix
def test_process_that_ignores_signals_is_ended(
    line: Lifeline, tmp_path: Path, scratch: Path
) -> None:
    """A process that ignores what it can ignore is ended all the same."""
    ignore = (
        "import signal\n"
        "for number in signal.SIGTERM, signal.SIGINT, signal.SIGHUP:\n"
        "    signal.signal(number, signal.SIG_IGN)\n"
    )
    ended(ignore + line.source + "while True: pass", line, tmp_path, scratch)


@needs_posix
@pytest.mark.parametrize("options", ["", ", start_new_session=True", ", cwd='/'"])
def test_grandchild_is_ended(options: str, line: Lifeline, tmp_path: Path, scratch: Path) -> None:
    """What a process has started is ended with it, in whatever session or folder."""
    grandchild = line.source + "import time; time.sleep(1000)"
    source = line.source + CHILD.format(child=grandchild, options=options) + "input()"
    ended(source, line, tmp_path, scratch, 2)


@needs_posix
def test_many_grandchildren_are_ended(line: Lifeline, tmp_path: Path, scratch: Path) -> None:
    """A whole tree of forked processes is ended."""
    source = "import os, time\nfor _ in range(3): os.fork()\n" + line.source + "time.sleep(1000)"
    ended(source, line, tmp_path, scratch, 8)


DAEMON = """\
import os, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.chdir("/")
        {lifeline}
        time.sleep(1000)
    os._exit(0)
os.wait()
"""


@needs_linux
@pytest.mark.usefixtures("adopting")
@pytest.mark.parametrize("then", ["input()", "os._exit(0)"])
def test_daemon_is_ended(then: str, line: Lifeline, tmp_path: Path, scratch: Path) -> None:
    """A process that has become a daemon is ended, whether its maker still runs or not."""
    lifeline = line.source.replace("\n", "; ")
    ended(DAEMON.format(lifeline=lifeline) + then, line, tmp_path, scratch)


@needs_linux
@pytest.mark.usefixtures("adopting")
def test_daemon_is_ended_where_the_system_does_not_tell(
    line: Lifeline, tmp_path: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is found without a look at /proc of our own."""
    monkeypatch.setattr(activity, "_supported", False)
    lifeline = line.source.replace("\n", "; ")
    ended(DAEMON.format(lifeline=lifeline) + "os._exit(0)", line, tmp_path, scratch)


@needs_linux
@pytest.mark.usefixtures("adopting")
def test_without_orphans_nothing_is_ended() -> None:
    """Where no process was left there is nothing to do."""
    reaper.end_orphans()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@needs_linux
def test_what_was_adopted_is_ended(line: Lifeline, tmp_path: Path, scratch: Path) -> None:
    """Also with an empty environment, once whoever started it is gone; own children stay."""
    becomes = "import time; time.sleep(1000)"
    daemon = DAEMON.format(
        lifeline=line.source.replace("\n", "; ").replace(
            "'w')", "'w'); os.set_inheritable(3, True)"
        )
        + f"os.execve({sys.executable!r}, ['python', '-c', {becomes!r}], {{}})"
    )
    del scratch
    earlier = subprocess.Popen([sys.executable, "-c", "input()"], stdin=-1)
    with reaper.adopting() as before:
        own = reaper.own(lambda: subprocess.Popen([sys.executable, "-c", "input()"], stdin=-1))
        maker = subprocess.Popen([sys.executable, "-c", daemon + "os._exit(0)"])
        line.come()
        maker.wait(worlds.PATIENCE)
        reaper.end_adopted(before)
        assert line.gone()
        for child in (earlier, own):
            assert child.poll() is None
            child.communicate(b"\n", timeout=worlds.PATIENCE)
        reaper.lost(own)


@needs_linux
def test_orphans_are_adopted_as_long_as_a_grading_runs() -> None:
    """The last one of several that overlap ends it."""
    assert not adopts()
    with reaper.adopting():
        with reaper.adopting():
            assert adopts()
        assert adopts()
    assert not adopts()


def adopts() -> bool:
    """Whether orphans come to this process (PR_GET_CHILD_SUBREAPER)."""
    answer = ctypes.c_int()
    ctypes.CDLL(None).prctl(37, ctypes.byref(answer), 0, 0, 0)
    return bool(answer.value)


@needs_posix
def test_ending_twice_is_no_error(tmp_path: Path, scratch: Path) -> None:
    """A process that is gone already can be ended."""
    script = tmp_path / "program.py"
    script.write_text("")
    with worlds.started(script, scratch) as child:
        child.wait(worlds.PATIENCE)
        child.end()
        child.end()
    assert child.status == 0


@needs_posix
@pytest.mark.parametrize("compiled", [False, True])
def test_what_runs_below_a_folder_is_ended(
    line: Lifeline, tmp_path: Path, scratch: Path, compiled: bool
) -> None:
    """After a crash of the worker, what it had started is found by the folder it runs in."""
    box = worlds.BARE.compiled(tmp_path) if compiled else worlds.BARE
    script = tmp_path / "program.py"
    script.write_text(line.source + "input()")
    below = scratch / "chat-1"
    below.mkdir()
    with worlds.started(script, below, box=box) as child:
        line.come()
        reaper.end_all_in(scratch, BOOT)
        assert child.wait(worlds.PATIENCE) != 0
    assert line.gone()


@needs_posix
def test_what_was_given_something_of_a_folder_is_ended(tmp_path: Path, scratch: Path) -> None:
    """What bwrap leaves behind runs elsewhere; that it was to start a program tells whose it is."""
    given = [sys.executable, "-c", "input()", str(scratch / "chat-1"), "/run/boot.py"]
    with subprocess.Popen(given, cwd=tmp_path, stdin=-1) as process:
        reaper.end_all_in(scratch, BOOT)
        assert process.wait(worlds.PATIENCE) == -signal.SIGKILL


@needs_posix
def test_what_runs_elsewhere_is_left_alone(tmp_path: Path, scratch: Path) -> None:
    """Neither another grading's processes nor anybody's in the folder itself are ended."""
    script = tmp_path / "program.py"
    script.write_text("input()\nprint('still here')")
    elsewhere = tmp_path / "chat-2"
    elsewhere.mkdir()
    other = [sys.executable, "-c", "input()\nprint('still here')", str(scratch / "chat-1")]
    with (
        worlds.started(script, elsewhere) as one,
        subprocess.Popen(other, cwd=scratch, stdin=-1, stdout=-1) as two,
    ):
        reaper.end_all_in(scratch, BOOT)
        assert b"still here" in worlds.communicate(one, b"\n")[0]
        assert b"still here" in two.communicate(b"\n", timeout=worlds.PATIENCE)[0]
