"""Faults of the grader's own: nobody reads, or the terminal is gone."""

from __future__ import annotations

import errno
import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import jsonschema
import pytest
from rich.console import Console
from support import lifelines, programs, worlds
from support.graders import SCHEMA, busy, grader, ids, one_check
from support.made_up import FULL, check_result
from support.worlds import needs_posix

from grader.cli import main as command
from grader.grading import runner
from grader.reports.terminal.live import Live
from grader.result.grade import GradeResult


@needs_posix
def test_output_that_is_a_pipe(tmp_path: Path) -> None:
    """A result can be written to a device, even when that leads to a pipe."""
    done = grader(*one_check(tmp_path), "--output", "/dev/stdout")
    assert (done.returncode, done.stderr) == (0, "")
    jsonschema.validate(json.loads(done.stdout), SCHEMA)


@needs_posix
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&-"])
def test_standard_stream_that_is_closed(closed: str, tmp_path: Path) -> None:
    """Without one of the standard streams the grading goes on, and the result can be kept."""
    kept = tmp_path / "result.json"
    started = [sys.executable, "-B", "-m", "grader", *one_check(tmp_path), "--output", str(kept)]
    done = subprocess.run(
        ["sh", "-c", f'exec "$@" {closed}', "sh", *started],
        cwd=worlds.ROOT,
        capture_output=True,
        timeout=worlds.PATIENCE,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    jsonschema.validate(worlds.read_json(kept), SCHEMA)


class Gone(io.StringIO):
    """A terminal that is gone."""

    def write(self, text: str) -> NoReturn:
        raise OSError(errno.EIO, "Input/output error")


def test_progress_on_a_terminal_that_is_gone() -> None:
    """When nobody can see how far the grading has got, it goes on."""
    out = sys.stdout
    with Live(Console(file=Gone(), force_terminal=True), ["tcp.starts"]) as live:
        live.started("tcp.starts", "a check")
        live.finished(check_result("tcp.starts"))
    assert sys.stdout is out


@needs_posix
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_whoever_asks_the_grader_to_end(name: str, tmp_path: Path) -> None:
    """Any signal to end is Ctrl+C: what is known is told, status 130, and no process is left."""
    with lifelines.lifeline(tmp_path) as line:
        with busy(tmp_path, line) as process:
            process.send_signal(signal.Signals[name])
            out, err = process.communicate(timeout=worlds.PATIENCE)
        assert line.gone()
    assert (process.returncode, err) == (130, "")
    found = json.loads(out)
    assert found["interrupted"] is True and found["mark"] is None
    (tcp,) = found["variants"]
    assert ids(tcp) == []  # the probe is played before any check is known


AT_TERMINAL = """\
import fcntl, os, signal, sys, termios
signal.signal(signal.SIGHUP, signal.SIG_DFL)
os.setsid()
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""


@needs_posix
@pytest.mark.parametrize(("kept", "status"), [(True, 130), (False, 3)], ids=["file", "printed"])
def test_terminal_is_closed(kept: bool, status: int, tmp_path: Path) -> None:
    """Closing the terminal ends all; what is known is in the result file, if there is one."""
    with lifelines.lifeline(tmp_path) as line:
        server = lifelines.spins_the_second_time(programs.TCP_SERVER, line, tmp_path / "marker")
        programs.write_programs(tmp_path / "lab4", tcp_server=server)
        arguments = [str(tmp_path / "lab4"), "--variant", "tcp", "--portable"]
        if kept:
            arguments += ["--format", "json", "--output", str(tmp_path / "result.json")]
        ours, theirs = os.openpty()
        started = ["-B", "-m", "grader", *arguments]
        with subprocess.Popen(
            [sys.executable, "-c", AT_TERMINAL, *started],
            cwd=worlds.ROOT,
            env={**os.environ, "TERM": "xterm"},
            **dict.fromkeys(("stdin", "stdout", "stderr"), theirs),
        ) as process:
            os.close(theirs)
            try:
                line.come()
                os.close(ours)
                assert process.wait(worlds.PATIENCE) == status
            finally:
                process.kill()
        assert line.gone()
    if kept:
        assert worlds.read_json(tmp_path / "result.json")["interrupted"] is True


@needs_posix
def test_grader_that_outlives_its_terminal(known: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the end of the terminal is to be ignored, as nohup wants it, the grading goes on."""

    def graded(*_: object) -> GradeResult:
        signal.raise_signal(signal.SIGHUP)
        return FULL

    monkeypatch.setattr(runner, "grade", graded)
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        assert command.main([]) == 0
    finally:
        signal.signal(signal.SIGHUP, before)
