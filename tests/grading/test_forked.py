"""A piece of work in a forked child: its answer, its end, and what it leaves behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable

import psutil
import pytest

from grader.grading import forked
from grader.grading.forked import Forked

pytestmark = pytest.mark.skipif(not forked.possible(), reason="no forked children here")
BACKSTOP = 60  # seconds


def answer_of(work: Callable[[], bytes], seconds: int = BACKSTOP) -> bytes:
    """What a child answers to the end."""
    child = Forked(work, seconds)
    while child.read():
        pass
    return child.answer()


def test_answer_comes_whole() -> None:
    """However long it is, from a process of its own."""
    here = os.getpid()
    assert (
        answer_of(lambda: b"x" * 1_000_000 + b"%d" % (os.getpid() == here)) == b"x" * 10**6 + b"0"
    )


@pytest.mark.parametrize("ends", [lambda: 1 // 0, lambda: sys.exit(3), os.abort])
def test_child_that_fails_answers_nothing(
    ends: Callable[[], bytes], capfd: pytest.CaptureFixture[str]
) -> None:
    """An exception, an exit and a crash end the child alone."""
    assert answer_of(ends) == b""
    capfd.readouterr()


def test_backstop_ends_a_child() -> None:
    """Who never answers is ended by the system."""
    assert answer_of(lambda: bytes(signal.pause() or 0), seconds=1) == b""


def test_killed_with_all_that_it_started() -> None:
    """Nothing of a child that is dropped goes on."""
    end, told = os.pipe()

    def work() -> bytes:
        program = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
        os.write(told, b"%d" % program.pid)
        program.wait()
        return b"never"

    child = Forked(work, BACKSTOP)
    started = psutil.Process(int(os.read(end, 20)))
    child.kill()
    psutil.wait_procs([started], timeout=BACKSTOP)
    assert not started.is_running() or started.status() == psutil.STATUS_ZOMBIE
    assert not psutil.pid_exists(child.pid)
    os.close(end)
    os.close(told)


def test_child_ends_with_its_parent() -> None:
    """A parent that is killed leaves no child at work."""
    source = (
        "import os, signal, sys, time\n"
        "from grader.grading.forked import Forked\n"
        "child = Forked(lambda: bytes(signal.pause() or 0), 60)\n"
        "print(child.pid, flush=True)\n"
        "signal.pause()\n"
    )
    with subprocess.Popen([sys.executable, "-c", source], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        child = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
        deadline = time.monotonic() + BACKSTOP
        while child.is_running() and child.status() != psutil.STATUS_ZOMBIE:
            assert time.monotonic() < deadline
            os.sched_yield()
