"""What the threads of a process tree are doing, read from Linux's ``/proc``.

Fields as in proc(5): ``/proc/PID/task/TID/stat`` (the state, field 3) and ``schedstat``
(nanoseconds on a processor, nanoseconds waiting for one, number of runs). The second counts
a wait only once it is over. Where there is no such file, :func:`sample` returns None and the
wall clock is used instead.
"""

from __future__ import annotations

import os
from collections.abc import Iterable

from grader.sandbox.clock import Sample, ThreadSample

CHUNK = 4096  # bytes; the file of a process with thousands of children has more
_supported = os.path.exists("/proc/self/schedstat")


def supported() -> bool:
    """Whether this system tells about the threads of a process."""
    return _supported


def disable() -> None:
    """Behave from now on as where the system does not tell."""
    global _supported  # noqa: PLW0603 (one switch for the whole process, thrown once)
    _supported = False


def sample(pids: Iterable[int]) -> Sample | None:
    """One sample of these processes and all their descendants, together."""
    alive = runnable = ready = False
    context_switches = 0
    cpu_time = run_delay = 0.0
    told = False
    todo, seen = list(pids), set[int]()
    each: dict[int, ThreadSample] = {}
    if not supported():
        return None
    while todo:
        pid = todo.pop()
        if pid in seen:
            continue
        seen.add(pid)
        for tid in threads(pid):
            read = _thread(pid, tid)
            if read is None:
                continue
            told = True
            state, ran, waited, runs, children = read
            alive = alive or state not in "ZX"
            runnable = runnable or state in "RD"
            ready = ready or state == "R"
            context_switches += runs
            cpu_time += ran
            run_delay += waited
            each[int(tid)] = ThreadSample(state in "RD", runs, ran)
            todo += children
    return Sample(
        alive and told, runnable, context_switches, cpu_time, run_delay, ready, _own_delay(), each
    )


def switches_by_thread(pid: int) -> dict[int, int]:
    """How often each thread of one process has been given a processor, by thread id."""
    counts = {}
    for tid in threads(pid):
        read = _thread(pid, tid)
        if read is not None:
            counts[int(tid)] = read[3]
    return counts


def descendants(pid: int) -> set[int]:
    """All descendants of a process."""
    descendants: set[int] = set()
    todo = [pid]
    while todo:
        new = children(todo.pop()) - descendants
        descendants |= new
        todo += new
    return descendants


def children(pid: int) -> set[int]:
    """The processes that a thread of this one has started or adopted."""
    return {child for tid in threads(pid) for child in _children(pid, tid)}


def _own_delay() -> float:
    try:
        return int(_read("/proc/thread-self/schedstat").split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0


def threads(pid: int) -> list[str]:
    """The ids of the threads of a process, none where the system does not tell."""
    try:
        return os.listdir(f"/proc/{pid}/task") if supported() else []
    except OSError:
        return []


def _children(pid: int, tid: str) -> list[int]:
    try:
        return [int(child) for child in _read(f"/proc/{pid}/task/{tid}/children").split()]
    except (OSError, ValueError):
        return []


def _thread(pid: int, tid: str) -> tuple[str, float, float, int, list[int]] | None:
    folder = f"/proc/{pid}/task/{tid}"
    try:
        # The name of the program, in brackets, may itself contain anything.
        state = _read(f"{folder}/stat").rpartition(b")")[2].split(None, 1)[0].decode()
        ran, waited, runs = _read(f"{folder}/schedstat").split()
    except (OSError, ValueError, IndexError):
        return None  # the thread has just ended
    return state, int(ran) / 1e9, int(waited) / 1e9, int(runs), _children(pid, tid)


def _read(path: str) -> bytes:
    """A file of ``/proc``, whole; a file object would take twice the time, at each sample."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
    try:
        text = piece = os.read(descriptor, CHUNK)
        while len(piece) > CHUNK // 2:  # a record that does not fit stays for the next read
            piece = os.read(descriptor, CHUNK)
            text += piece
        return text
    finally:
        os.close(descriptor)
