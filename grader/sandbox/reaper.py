"""Ends a student's processes with all that they have started, even what has daemonised."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil

from grader.sandbox import activity

PR_SET_CHILD_SUBREAPER = 36  # prctl(2)
ROUNDS = 100  # each may show children of the children that the last one ended


_lock = threading.Lock()  # gradings of one process may overlap
_own: set[int] = set()  # children that the grader has started itself
_forked: set[int] = set()  # of these, copies of this process, which end what they have started
_adopting = 0  # for so many gradings


def adopt_orphans(yes: bool = True) -> None:
    """Have processes that daemonised become this process's children, or no more (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, int(yes), 0, 0, 0)


@contextlib.contextmanager
def adopting() -> Iterator[set[int]]:
    """Adopt orphans until the end; what was this process's child before is told."""
    global _adopting  # noqa: PLW0603 (an attribute of the process)
    with _lock:
        _adopting += 1
        adopt_orphans()
    try:
        yield children(os.getpid())
    finally:
        with _lock:
            _adopting -= 1
            if not _adopting:
                adopt_orphans(False)


def own(start: Callable[[], subprocess.Popen[bytes]]) -> subprocess.Popen[bytes]:
    """Start a process that is not to be taken for an adopted one, until it is :func:`lost`."""
    with _lock:
        popen = start()
        _own.add(popen.pid)
    return popen


def forked() -> int:
    """Fork this process (fork(2)); the child is not taken for an adopted one until it is lost.

    Returns its id to the parent, and 0 to the child, which has no children of its own yet.
    """
    if sys.platform == "win32":
        raise OSError("fork: not on this system")
    with _lock:
        pid = os.fork()
        if pid:
            _own.add(pid)
            _forked.add(pid)
        else:
            _own.clear()
            _forked.clear()
    return pid


def lost_child(pid: int) -> None:
    """A child that was forked has been waited for."""
    with _lock:
        _own.discard(pid)
        _forked.discard(pid)


def lost(popen: subprocess.Popen[bytes]) -> None:
    """An own process has been waited for; its id may be another's by now."""
    lost_child(popen.pid)


def end_adopted(before: set[int]) -> None:
    """End what this process has adopted: children that it neither had ``before`` nor started.

    All below them ends too. It is for a process whose children nobody else starts meanwhile.
    """
    if sys.platform != "linux":
        return  # what daemonises has a parent elsewhere
    for _ in range(ROUNDS):
        with _lock:  # a child that is being started is not counted among the own yet
            adopted = children(os.getpid()) - before - _own
        if not adopted:
            return
        for pid in adopted:
            kill({pid} | descendants(pid))
        for pid in adopted:
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)


def end_tree(pid: int) -> None:
    """End a process, its group and its descendants; the caller has yet to wait for it."""
    below = descendants(pid)
    if sys.platform != "win32":
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)
    kill(below)


def end_orphans() -> None:
    """End all that is left below this process; on Linux also what has daemonised.

    Its forked children go on, with all that they have started.
    """
    for _ in range(ROUNDS):
        left = descendants(os.getpid())
        for pid in _forked:
            left -= {pid} | descendants(pid)
        if not left:
            return
        kill(left)
        if sys.platform == "win32":
            return  # the job has ended what these had started
        for pid in left:
            with contextlib.suppress(ChildProcessError):  # it is further below
                os.waitpid(pid, 0)


def end_all_in(folder: Path, boot: Path) -> None:
    """End every process started by ``boot`` that runs below this folder, whoever started it.

    The compiled file of ``boot`` may be anywhere. Programs started by these processes are found
    by their home, even if they changed their folder.
    """
    tops = {folder, folder.resolve()}
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if any(top in Path(place).parents for place in _places(process, boot) for top in tops):
                process.kill()


def _places(process: psutil.Process, boot: Path) -> Iterator[str]:
    """The folders that show where a process belongs: its arguments, its folder, its home."""
    words = process.cmdline()
    if boot.stem in (Path(word).stem for word in words):
        # bwrap runs in no folder of the submission's. Killed at the wrong moment, it leaves a
        # child behind that waits for it forever.
        yield from words
        yield process.cwd()
    yield process.environ().get("HOME", "")


def descendants(pid: int) -> set[int]:
    """All processes below this one."""
    if activity.supported():
        return activity.descendants(pid)
    try:
        return {child.pid for child in psutil.Process(pid).children(recursive=True)}
    except psutil.Error:
        return set()


def children(pid: int) -> set[int]:
    """The processes that this one is the parent of."""
    if activity.supported():
        return activity.children(pid)
    try:
        return {child.pid for child in psutil.Process(pid).children()}
    except psutil.Error:
        return set()


def kill(pids: set[int]) -> None:
    """End these processes; those that are gone already are no error."""
    for pid in pids:
        with contextlib.suppress(psutil.Error, OSError):
            psutil.Process(pid).kill()
