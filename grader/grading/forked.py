"""A piece of work in a child of this process, forked from it: what it answers is one JSON text.

A forked child begins where its parent is: everything is imported, and nothing has to be sent to
it. A child that crashes takes no other work with it. Where there is no fork (Windows), there are
no such children: see :func:`possible`.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import sys
import traceback
from collections.abc import Callable

from grader.sandbox import reaper

PR_SET_PDEATHSIG = 1  # prctl(2)
CHUNK = 1 << 16  # bytes


def possible() -> bool:
    """Whether this system has what the children need."""
    return sys.platform == "linux"


class Forked:
    """One child at work. Its answer is complete when :meth:`read` says so.

    ``seconds`` is a backstop: a child that takes longer is ended by the system.
    """

    def __init__(self, work: Callable[[], bytes], seconds: int) -> None:
        self._answer = bytearray()
        self._end, end = os.pipe()
        parent = os.getpid()
        try:
            self.pid = reaper.forked()
        except OSError:
            os.close(self._end)
            os.close(end)
            raise
        if not self.pid:
            _work(work, end, parent, seconds)
        os.close(end)

    def fileno(self) -> int:
        """The descriptor that becomes readable when there is more of the answer, or its end."""
        return self._end

    def read(self) -> bool:
        """Take what has come; False once there is no more."""
        piece = os.read(self._end, CHUNK)
        self._answer += piece
        return bool(piece)

    def answer(self) -> bytes:
        """The whole answer, empty if the child did not get so far. Nothing of it is left over."""
        self._wait()
        return bytes(self._answer)

    def kill(self) -> None:
        """End it, and everything that it has started."""
        reaper.end_tree(self.pid)
        reaper.kill({self.pid})
        self._answer.clear()
        self._wait()

    def _wait(self) -> None:
        os.close(self._end)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
        reaper.lost_child(self.pid)


def _work(work: Callable[[], bytes], end: int, parent: int, seconds: int) -> None:
    """What the child does; it never returns."""
    status = 1
    try:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
            signal.setitimer(signal.ITIMER_REAL, seconds)
        if os.getppid() != parent:  # it ended before the line above
            return
        reaper.adopt_orphans()
        with open(end, "wb") as file:
            file.write(work())
        status = 0
    except BaseException:  # noqa: BLE001 (nothing of the parent's may run on in the child)
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(status)
