"""Grading again on each save, the whole of it, as a process."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from support import graders, lifelines, programs, worlds
from support.watcher import END_OF_PAGE
from support.worlds import needs_posix


class Reader:
    """Reads pages as they come."""

    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def page(self) -> str:
        """The next page."""
        text = ""
        while not text.endswith(END_OF_PAGE):
            line = self._stream.readline()
            assert line, f"expected a page, got {text!r}"
            text += line
        return text


@contextlib.contextmanager
def watching(*words: str) -> Iterator[subprocess.Popen[str]]:
    """A grader that watches, ended afterwards, or when no page of it comes."""
    utf8 = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    with graders.running("--watch", "--portable", *words, env=utf8) as process:
        watchdog = threading.Timer(worlds.PATIENCE, process.kill)
        watchdog.start()
        try:
            yield process
        finally:
            watchdog.cancel()
            watchdog.join()


@needs_posix
def test_a_fault_that_comes_and_goes(lab4: Path) -> None:
    """A save that breaks something is graded, and so is the one that mends it."""
    with watching(str(lab4), "--only", "udp.starts") as process:
        assert process.stdout is not None
        reader = Reader(process.stdout)
        assert "✓ PASS" in reader.page()
        (lab4 / "udp_server.py").write_text("def")
        assert "udp.starts  PASS → FAIL" in reader.page()
        (lab4 / "udp_server.py").write_text(programs.UDP_SERVER)
        assert "udp.starts  FAIL → PASS" in reader.page()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=worlds.PATIENCE)
    assert (process.returncode, out, err) == (0, "", "")


@needs_posix
def test_a_save_in_the_middle_of_a_grading(lab4: Path, tmp_path: Path) -> None:
    """The grading is stopped, nothing of it is left running, and what was saved is graded."""
    with lifelines.lifeline(tmp_path) as line:
        (lab4 / "tcp_server.py").write_text(f"{line.source}\nwhile True: pass")
        with watching(str(lab4), "--only", "tcp.starts") as process:
            assert process.stdout is not None
            line.come()
            (lab4 / "tcp_server.py").write_text(programs.TCP_SERVER)
            assert line.gone()
            assert "✓ PASS" in Reader(process.stdout).page()


@needs_posix
def test_ctrl_c_ends_what_runs(lab4: Path, tmp_path: Path) -> None:
    """In the middle of a grading, Ctrl+C leaves no process; the status is 130."""
    with lifelines.lifeline(tmp_path) as line:
        (lab4 / "tcp_server.py").write_text(f"{line.source}\nwhile True: pass")
        with watching(str(lab4), "--only", "tcp.starts") as process:
            line.come()
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=worlds.PATIENCE)
        assert line.gone()
    assert (process.returncode, out, err) == (130, "", "")
