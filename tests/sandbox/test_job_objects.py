"""Job objects, which only Windows has."""

from __future__ import annotations

import subprocess
import sys

import pytest
from support.worlds import PATIENCE

from grader.sandbox import job_objects

SLEEPER = [sys.executable, "-c", "input()"]


@pytest.mark.skipif(sys.platform == "win32", reason="for other systems")
def test_elsewhere_nothing_happens() -> None:
    """A process that was never enclosed goes on when the job is ended."""
    with subprocess.Popen(SLEEPER, stdin=subprocess.PIPE) as process:
        job_objects.enclose(process, 1 << 30, 100)()
        assert process.poll() is None
        process.communicate(b"\n", timeout=PATIENCE)
    assert process.returncode == 0


@pytest.mark.skipif(sys.platform != "win32", reason="needs Windows")
def test_a_job_ends_with_all_that_is_in_it() -> None:
    """The process is ended, and so would be what it has started."""
    with subprocess.Popen(SLEEPER, stdin=subprocess.PIPE) as process:
        job_objects.enclose(process, 1 << 30, 100)()
        assert process.wait(PATIENCE) != 0
