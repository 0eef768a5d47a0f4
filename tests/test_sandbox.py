"""What a student's process may reach, and how its whole tree is ended."""

from __future__ import annotations

import ctypes
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import support
from support import Lifeline, needs_linux, needs_posix

from grader import sandbox

KEPT = {"SYSTEMROOT", "SYSTEMDRIVE", "COMSPEC", "PATHEXT", "WINDIR"}


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Lifeline]:
    with support.lifeline(tmp_path) as made:
        yield made


@pytest.fixture
def adopting() -> Iterator[None]:
    """Orphans come to this process, until the end of the test."""
    sandbox.adopt_orphans()
    yield
    ctypes.CDLL(None).prctl(sandbox.PR_SET_CHILD_SUBREAPER, 0, 0, 0, 0)


def test_environment_is_scrubbed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No variable of the grader's reaches a program."""
    monkeypatch.setenv("SECRET", "seed")
    monkeypatch.setenv("PYTHONPATH", "somewhere")
    source = "import json, os; print(json.dumps(dict(os.environ)))"
    found = json.loads(support.output(tmp_path, source))
    allowed = {"PATH", "HOME", "USERPROFILE", "TMPDIR", "TEMP", "TMP", "LANG", "LC_CTYPE"}
    assert found.keys() <= allowed | KEPT
    assert "seed" not in found.values()


def test_home_is_the_scratch_folder(tmp_path: Path) -> None:
    """What a program keeps at home or in the temporary folder is gone afterwards."""
    source = (
        "import os, tempfile\n"
        "print(os.path.expanduser('~') == os.environ['TMPDIR'] == tempfile.gettempdir())"
    )
    assert support.output(tmp_path, source) == "True\n"


def test_folder_is_empty(tmp_path: Path) -> None:
    """A program runs in an empty folder, not in that of the submission."""
    source = "import os; print(os.listdir(), os.getcwd())"
    found = support.output(tmp_path, source)
    assert found.startswith("[] ")
    assert str(tmp_path) not in found


def test_folder_is_gone_afterwards(tmp_path: Path) -> None:
    """What a program writes where it runs does not stay."""
    with sandbox.scratch_folder() as folder:
        (folder / "kept.txt").write_text("seen before")
        (folder / "deep").mkdir()
    assert not folder.exists()


def test_folder_is_gone_after_a_failure() -> None:
    """The folder is taken away also when the check fails."""
    with pytest.raises(ZeroDivisionError), sandbox.scratch_folder() as folder:
        raise ZeroDivisionError
    assert not folder.exists()


def test_programs_run_outside_of_the_graders_packages(tmp_path: Path) -> None:
    """A program runs on the interpreter below the grader's own environment."""
    source = (
        "import sys; f = sys.flags; print(sys.prefix == sys.base_prefix, f.isolated, f.no_site)"
    )
    assert support.output(tmp_path, source) == "True 1 1\n"


CHILD = "import subprocess, sys\nsubprocess.Popen([sys.executable, '-c', {child!r}]{options})\n"


@pytest.fixture
def scratch() -> Iterator[Path]:
    with sandbox.scratch_folder() as folder:
        yield folder


def ended(source: str, line: Lifeline, folder: Path, scratch: Path, processes: int = 1) -> None:
    """Start a program, wait for all its processes, end the tree; all must be gone."""
    script = folder / "program.py"
    script.write_text(source)
    with sandbox.start(script, [], scratch) as process:
        try:
            line.come(processes)
        finally:
            sandbox.end_tree(process)
            sandbox.end_orphans()
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
def test_without_orphans_nothing_is_ended() -> None:
    """Where no process was left there is nothing to do."""
    sandbox.end_orphans()
    with pytest.raises(ChildProcessError):
        os.waitpid(-1, os.WNOHANG)


@needs_posix
def test_ending_twice_is_no_error(tmp_path: Path, scratch: Path) -> None:
    """A process that is gone already can be ended."""
    script = tmp_path / "program.py"
    script.write_text("")
    with sandbox.start(script, [], scratch) as process:
        process.wait(support.PATIENCE)
        sandbox.end_tree(process)
        sandbox.end_tree(process)
    assert process.returncode == 0


@needs_posix
def test_what_runs_below_a_folder_is_ended(line: Lifeline, tmp_path: Path, scratch: Path) -> None:
    """After a crash of the worker, what it had started is found by the folder it runs in."""
    script = tmp_path / "program.py"
    script.write_text(line.source + "input()")
    below = scratch / "chat-1"
    below.mkdir()
    with sandbox.start(script, [], below) as process:
        line.come()
        sandbox.end_all_in(scratch)
        assert process.wait(support.PATIENCE) != 0
    assert line.gone()


@needs_posix
def test_what_runs_elsewhere_is_left_alone(tmp_path: Path, scratch: Path) -> None:
    """Neither another grading's processes nor anybody's in the folder itself are ended."""
    script = tmp_path / "program.py"
    script.write_text("input()\nprint('still here')")
    elsewhere = tmp_path / "chat-2"
    elsewhere.mkdir()
    other = [sys.executable, "-c", "input()\nprint('still here')"]
    with (
        sandbox.start(script, [], elsewhere) as one,
        subprocess.Popen(other, cwd=scratch, stdin=-1, stdout=-1) as two,
    ):
        sandbox.end_all_in(scratch)
        for process in (one, two):
            assert b"still here" in process.communicate(b"\n", timeout=support.PATIENCE)[0]


@needs_posix
def test_many_files_are_allowed() -> None:
    """A hundred participants have their sockets, as far as the system lets them."""
    import resource

    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        sandbox.allow_many_files()
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        assert hard == before[1]
        assert soft == sandbox.LIMITS["NOFILE"] or soft == hard
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, before)
