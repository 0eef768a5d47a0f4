"""What a thread gives up, what it starts has not."""

from __future__ import annotations

import os
import subprocess
import sys
import threading

import pytest
from support.worlds import PATIENCE, needs_linux

from grader.sandbox import confined

RIGHTS = "print(next(line for line in open('/proc/self/status') if line.startswith('CapEff')))"


def test_what_the_start_raises_comes_out() -> None:
    """A program that cannot be started is the caller's to handle."""

    def fail() -> None:
        raise FileNotFoundError("no such program")

    with pytest.raises(FileNotFoundError, match="no such program"):
        confined.started(lambda: None, fail)


def test_nothing_is_started_with_rights_that_could_not_be_given_up() -> None:
    """Where the kernel refuses to take them, nothing is started."""
    started: list[bool] = []

    def refuse() -> None:
        raise PermissionError("refused")

    with pytest.raises(PermissionError, match="refused"):
        confined.started(refuse, lambda: started.append(True))
    assert not started


def test_the_thread_stays_as_long_as_it_is_told() -> None:
    """It is there until the event is set; without one it is gone at once."""
    stay = threading.Event()
    thread = confined.started(lambda: None, threading.current_thread, stay)
    assert thread.is_alive()
    stay.set()
    thread.join(PATIENCE)
    assert not thread.is_alive()
    assert not confined.started(lambda: None, threading.current_thread).is_alive()


@needs_linux
@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() != 0, reason="needs root")
def test_root_without_roots_rights() -> None:
    """What is started has those rights that are kept, the caller all that it had."""

    def start() -> str:
        command = [sys.executable, "-I", "-S", "-c", RIGHTS]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    before = start()
    found = confined.started(lambda: confined.drop_capabilities(confined.ROOTS), start)
    assert int(found.split()[1], 16) == 1 << 1 | 1 << 2
    assert start() == before
