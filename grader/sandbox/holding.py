"""One thread of a process held still while all others go on, by Linux's ptrace(2).

What still gets done meanwhile is not that thread's doing. A call in which it is blocked goes on
afterwards as if nothing had happened.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import sys
import time
from collections.abc import Iterator

PTRACE_DETACH, PTRACE_SEIZE, PTRACE_INTERRUPT = 17, 0x4206, 0x4207  # linux/ptrace.h
STOPPING = 1.0  # seconds that it may take
WALL = 0x40000000  # __WALL (waitpid(2)): also threads that are not the first of their process


@contextlib.contextmanager
def held(thread: int) -> Iterator[bool]:
    """Hold a thread still, and let it go at the end; says whether that could be done.

    The calling thread alone can let it go. Should that end before, the kernel does.
    """
    if sys.platform != "linux" or not _call(PTRACE_SEIZE, thread):
        yield False
        return
    try:
        yield _call(PTRACE_INTERRUPT, thread) and _status(thread) is not None
    finally:
        if not _call(PTRACE_DETACH, thread):
            # It was killed meanwhile, and its process is not gone before its end has been seen.
            _status(thread)


def _status(thread: int) -> int | None:
    """Wait until the thread has stopped or ended; None when it is neither, or is nobody's."""
    if sys.platform == "win32":
        return None
    latest = time.monotonic() + STOPPING
    while time.monotonic() < latest:
        try:
            ended, status = os.waitpid(thread, WALL | os.WNOHANG)
        except ChildProcessError:
            return None
        if ended:
            return status
        time.sleep(STOPPING / 1000)
    return None


def _call(request: int, thread: int) -> bool:
    libc = ctypes.CDLL(None, use_errno=True)
    libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    libc.ptrace.restype = ctypes.c_long
    return bool(libc.ptrace(request, thread, None, None) == 0)
