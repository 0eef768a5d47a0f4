"""Run a command, and say as JSON what it leaves behind: alone.py SECONDS COMMAND ..."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])

import psutil

from grader.sandbox import reaper

MOMENT = 3.0  # seconds: the kernel takes a namespace of many processes apart one by one


def run(command: Sequence[str], seconds: float) -> dict[str, object]:
    """The command's exit status, if it ended in time, and the names of processes that it left."""
    reaper.adopt_orphans()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, start_new_session=True)
    try:
        ended = _until(lambda: process.poll() is not None, process.pid, seconds)
        left = [] if not ended or _until(lambda: not _living(), 0, MOMENT) else _living()
    finally:
        reaper.end_tree(process.pid)
        process.wait()
        reaper.end_orphans()
    return {"status": process.returncode if ended else None, "left": left}


def _until(true: Callable[[], bool], but: int, seconds: float) -> bool:
    """Whether it came true in time. Orphans that end meanwhile are gone, as they are elsewhere."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        _reap(but)
        time.sleep(0.02)
    return True


def _reap(but: int) -> None:
    """Wait for every child that has ended, as far as one with this pid is not among the first."""
    if sys.platform != "linux":
        return  # there are none but the command
    with contextlib.suppress(ChildProcessError):
        while ended := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            if ended.si_pid == but:
                return
            os.waitpid(ended.si_pid, 0)


def _living() -> list[str]:
    """The names of the processes below this one, in order."""
    names = []
    for pid in reaper.descendants(os.getpid()):
        with contextlib.suppress(psutil.Error):
            process = psutil.Process(pid)
            if process.status() != psutil.STATUS_ZOMBIE:
                names.append(process.name())
    return sorted(names)


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[2:], float(sys.argv[1]))))
