"""A started process of a student's, whatever stands between it and the grader."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import subprocess
import time
from collections.abc import Callable

from grader.sandbox import activity, reaper

LOOKS, LOOK = 500, 0.002  # how often to look for the program inside bubblewrap; seconds between
SIGNALLED = 128  # a status above: bubblewrap's word for a program ended by a signal


class Child:
    """The process that was started; with ``info``, the program is further inside.

    bubblewrap starts a first process of the namespace, which starts the program. ``info`` is
    a descriptor from which its JSON with the id of that first process can be read.
    """

    def __init__(
        self,
        popen: subprocess.Popen[bytes],
        *,
        info: int | None = None,
        end_job: Callable[[], None] = lambda: None,
    ) -> None:
        self.popen = popen
        self._info = info
        self._end_job = end_job

    @functools.cached_property
    def _first(self) -> int:
        """The first process of the namespace, or 0: it was never made, or there is none."""
        if self._info is None:
            return 0
        with open(self._info, "rb") as file:
            text = file.read()
        self._info = None
        with contextlib.suppress(ValueError, KeyError):
            return int(json.loads(text)["child-pid"])
        return 0

    @functools.cached_property
    def pid(self) -> int:
        """The program's own process. Raises OSError when bubblewrap never gets to start it."""
        if not self._first:
            return self.popen.pid
        for _ in range(LOOKS):
            found = activity.first_child(self._first)
            if found or self.popen.poll() is not None:
                return found or self.popen.pid
            time.sleep(LOOK)  # nothing tells when bubblewrap has forked
        # Not bubblewrap's own id: its threads and signals would be taken for the student's.
        raise OSError("bubblewrap has not started the program")

    @property
    def status(self) -> int | None:
        """The program's exit status, negative for a signal; None while it runs."""
        status = self.popen.poll()
        if status is not None and self._first and status > SIGNALLED:
            return SIGNALLED - status
        return status

    def send_signal(self, number: int) -> None:
        """Send a signal to the program; one that is gone is no error."""
        with contextlib.suppress(OSError):
            if self._first and self.popen.poll() is None:
                os.kill(self.pid, number)
            else:
                self.popen.send_signal(number)

    def end(self) -> None:
        """End the program and all that it has started; returns once it is gone."""
        self._end_job()
        if self._first:
            # With the first process of a namespace the kernel ends all others in it, and
            # lets it go only after them (pid_namespaces(7)).
            reaper.kill({self._first})
        reaper.end_tree(self.popen.pid)
        with contextlib.suppress(OSError):
            self.popen.kill()
        self.popen.wait()
