"""What a student's processes may use, and how many files the grader itself may open."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

import psutil

from grader.fact import Fact, fact
from grader.sandbox import activity

# By the names of the resource module without RLIMIT_ (getrlimit(2)).
LIMITS = {
    "CORE": 0,
    "CPU": 120,  # seconds
    "DATA": 4 << 30,  # bytes; the stacks of a few hundred threads count
    "FSIZE": 32 << 20,  # bytes a file
    "NOFILE": 4096,
}
PROCESSES = 2048  # threads count
STACK = 8 << 20  # bytes a thread, as usual; a parent's larger ones would fill DATA
# What the check with the most users may use. A machine that grants less cannot tell whether a
# submission would do it: see shortage().
NEEDED = {"NPROC": 400, "NOFILE": 250, "AS": 2 << 30, "DATA": 2 << 30}
SHORT = {
    "NPROC": "short-of-processes",
    "NOFILE": "short-of-files",
    "AS": "short-of-memory",
    "DATA": "short-of-memory",
}
GROUP = "/sys/fs/cgroup"  # cgroups(7), version 2


def for_boot(*, shared_user: bool) -> str:
    """The limits on one process, as boot.py takes them.

    The limit on processes counts all of a user's. A ``shared_user`` is the grader's own.
    """
    limits = dict(LIMITS)
    if not shared_user:
        limits["NPROC"] = PROCESSES
    elif activity.supported():
        limits["NPROC"] = _all_threads() + PROCESSES  # for root it does not hold
    return ",".join(f"{name}={number}" for name, number in limits.items())


def _all_threads() -> int:
    with open("/proc/loadavg", encoding="ascii") as file:
        return int(file.read().split()[3].partition("/")[2])


def shortage(uid: int) -> Fact | None:
    """What a parent's limits leave too little of for a check with many users; None for enough.

    ``uid`` is the user that programs become; 0: they stay the grader's.
    """
    if sys.platform == "win32":
        return None
    import resource

    for name, needed in NEEDED.items():
        kind = getattr(resource, f"RLIMIT_{name}", None)
        hard = resource.RLIM_INFINITY if kind is None else resource.getrlimit(kind)[1]
        left = float("inf") if hard == resource.RLIM_INFINITY else float(hard)
        if name == "NPROC":
            left -= 0 if uid else _threads_of_this_user()
            left = min(left, _left_in_group())
        if left < needed:
            return fact(SHORT[name], count=max(0, int(left)), needed=needed)
    return None


def _threads_of_this_user() -> int:
    """As the limit on processes counts them. It does not hold for root."""
    count = 0
    if sys.platform != "win32":
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                if process.uids().real == os.getuid():
                    count += process.num_threads()
    return count


def _left_in_group() -> float:
    """How many processes the control group of this process may still have."""
    left = float("inf")
    with contextlib.suppress(OSError, ValueError, IndexError):
        with open("/proc/self/cgroup", encoding="utf-8") as file:
            group = next(line.strip()[3:] for line in file if line.startswith("0::"))
        folder = Path(GROUP, *Path(group).parts[1:])
        while folder.is_relative_to(GROUP):
            most = (folder / "pids.max").read_text(encoding="ascii").strip()
            if most != "max":
                now = int((folder / "pids.current").read_text(encoding="ascii"))
                left = min(left, int(most) - now)
            folder = folder.parent
    return left


def undo_those_of_parents() -> None:
    """Have this process and all that it starts use what it may; and new files be readable."""
    os.umask(0o022)
    if sys.platform == "win32":
        return
    import resource

    for name in ("NPROC", "AS", "DATA", "FSIZE", "CPU"):
        kind = getattr(resource, f"RLIMIT_{name}", None)
        if kind is not None:
            hard = resource.getrlimit(kind)[1]
            with contextlib.suppress(OSError, ValueError):  # macOS refuses some
                resource.setrlimit(kind, (hard, hard))
    hard = resource.getrlimit(resource.RLIMIT_STACK)[1]
    wanted = STACK if hard == resource.RLIM_INFINITY else min(hard, STACK)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_STACK, (wanted, hard))


def allow_many_files() -> None:
    """Let this process open as many files as it may: a hundred participants have sockets."""
    if sys.platform != "win32":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        wanted = LIMITS["NOFILE"] if hard == resource.RLIM_INFINITY else min(hard, LIMITS["NOFILE"])
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
