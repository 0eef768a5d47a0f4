"""One task graded by a process of its own: whatever happens to that, this one goes on."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import threading
from typing import IO

from grader import start
from grader.classroom.engine.task import Outcome, Task
from grader.grading.runner import LIMIT
from grader.result import codec
from grader.sandbox.process import NEW_GROUP

COMMAND = (sys.executable, "-B", start.__file__, "grader.classroom.engine.work")
HARD_LIMIT = LIMIT + 60  # seconds; a grading ends itself after LIMIT
PATIENCE = 10  # seconds for one that is told to stop

_running: set[subprocess.Popen[bytes]] = set()
_stopping = threading.Event()


def grade(task: Task) -> Outcome:
    """Grade in a process of its own; what goes wrong with that is in the outcome."""
    if _stopping.is_set():
        return Outcome()
    with tempfile.TemporaryFile() as complaints:
        try:
            process = _started(complaints)
        except OSError as error:
            return Outcome(failure=f"a process could not be started: {error}")
        try:
            answer = _answer(process, codec.encode(task) + b"\n")
        finally:
            _running.discard(process)
        complaints.seek(0)
        said = complaints.read()[-2000:].decode(errors="replace").strip()
    try:
        outcome: Outcome = codec.decode(answer, Outcome)
        return outcome
    except ValueError:
        if _stopping.is_set():
            return Outcome()
        last = " / ".join(said.splitlines()[-2:]) or "it said nothing"
        return Outcome(failure=f"the process ended with status {process.returncode}: {last}")


def _started(complaints: IO[bytes]) -> subprocess.Popen[bytes]:
    process: subprocess.Popen[bytes] = subprocess.Popen(
        list(COMMAND),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaints,
        env=start.environment(),
        start_new_session=True,  # Ctrl+C does not reach it: it is told by its input
        creationflags=NEW_GROUP,
    )
    _running.add(process)
    return process


def _answer(process: subprocess.Popen[bytes], asked: bytes) -> bytes:
    """What the process answers; it is killed when it takes for ever."""
    assert process.stdin is not None and process.stdout is not None
    watchdog = threading.Timer(HARD_LIMIT, _kill, [process])
    watchdog.daemon = True
    watchdog.start()
    try:
        # One that has ended says why; one that was told to stop has its input closed already.
        with contextlib.suppress(OSError, ValueError):
            process.stdin.write(asked)
            process.stdin.flush()
        answer = process.stdout.read()
    finally:
        watchdog.cancel()
        with contextlib.suppress(OSError):
            process.stdin.close()
        process.stdout.close()
        process.wait()
    return answer


def _kill(process: subprocess.Popen[bytes]) -> None:
    if sys.platform != "win32":
        with contextlib.suppress(OSError):
            os.killpg(process.pid, signal.SIGKILL)
    process.kill()


def stop() -> None:
    """Tell all gradings of this process to end, and those not to begin that have not yet."""
    _stopping.set()
    for process in list(_running):
        with contextlib.suppress(OSError, ValueError):
            if process.stdin is not None:
                process.stdin.close()


def stop_now() -> None:
    """End at once whatever has not ended."""
    for process in list(_running):
        _kill(process)


def again() -> None:
    """Gradings may begin again."""
    _stopping.clear()
