"""One worker process, seen from outside: started, listened to, ended."""

from __future__ import annotations

import contextlib
import functools
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path

from grader import start
from grader.grading import request as requests
from grader.grading.events import Event
from grader.grading.request import Request
from grader.result import codec
from grader.sandbox import reaper
from grader.sandbox.process import NEW_GROUP

PATIENCE = 5  # seconds for a worker to clean up after an interruption

codec.learn(Event)  # there is a reader thread for each worker
Message = tuple[str, Event | None]  # the variant, and what happened
COMMAND = (sys.executable, "-B", start.__file__, "grader.grading.worker")


class WorkerProcess:
    """The checks of one variant, run by a process of their own (:mod:`grader.grading.worker`).

    ``tell`` is called from a thread with every event, and with None after the last one.
    """

    def __init__(
        self,
        variant: str,
        request: Request,
        folder: Path,
        tell: Callable[[Message], None],
    ) -> None:
        self._complaints = tempfile.TemporaryFile()  # noqa: SIM115 (closed by end)
        start: functools.partial[subprocess.Popen[bytes]] = functools.partial(
            subprocess.Popen,
            list(COMMAND),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._complaints,
            env=_environment(folder),
            # In a group of its own it is not reached by Ctrl+C: it is told by its input.
            start_new_session=True,
            creationflags=NEW_GROUP,
        )
        self._process = reaper.own(start)
        self._ask(request.of_variant(variant))
        self._reader = threading.Thread(target=self._read, args=(variant, tell), daemon=True)
        self._reader.start()

    def _ask(self, request: Request) -> None:
        """Write the request. The input stays open: its end would stop the worker."""
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):  # a worker that has ended has said why
            self._process.stdin.write(requests.dumps(request).encode() + b"\n")
            self._process.stdin.flush()

    def _read(self, variant: str, tell: Callable[[Message], None]) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            with contextlib.suppress(ValueError):  # a line cut off by a crash
                tell((variant, codec.decode(line, Event)))
        tell((variant, None))

    def kill(self) -> None:
        """End it at once."""
        self._process.kill()

    def end(self) -> str:
        """Let it clean up, make sure that it is gone; returns the end of its standard error."""
        process = self._process
        assert process.stdin is not None and process.stdout is not None
        with contextlib.suppress(OSError):
            process.stdin.close()
        try:
            process.wait(PATIENCE)
        except (subprocess.TimeoutExpired, KeyboardInterrupt):
            if sys.platform != "win32":
                with contextlib.suppress(OSError):
                    os.killpg(process.pid, signal.SIGKILL)
            process.kill()
            process.wait()
        reaper.lost(process)
        self._reader.join()
        process.stdout.close()
        with self._complaints as file:
            file.seek(0)
            return file.read().decode(errors="replace").strip()


def _environment(folder: Path) -> dict[str, str]:
    # All that the checks start runs in this folder: so it can be found again after a crash.
    return {**start.environment(), **dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(folder))}
