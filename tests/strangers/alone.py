"""Run a command, and say as JSON what it leaves behind: alone.py SECONDS COMMAND ..."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
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
    status = None
    try:
        with contextlib.suppress(subprocess.TimeoutExpired):
            status = process.wait(seconds)
        left = _left() if status is not None else []
    finally:
        reaper.end_tree(process.pid)
        process.wait()
        reaper.end_orphans()
    return {"status": status, "left": left}


def _left() -> list[str]:
    until = time.monotonic() + MOMENT
    while names := sorted(_living()):
        if time.monotonic() > until:
            break
        time.sleep(0.02)
    return names


def _living() -> list[str]:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG) != (0, 0):
            pass
    names = []
    for pid in reaper.descendants(os.getpid()):
        with contextlib.suppress(psutil.Error):
            process = psutil.Process(pid)
            if process.status() != psutil.STATUS_ZOMBIE:
                names.append(process.name())
    return names


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[2:], float(sys.argv[1]))))
