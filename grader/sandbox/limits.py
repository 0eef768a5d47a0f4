"""What a student's processes may use, and how many files the grader itself may open."""

from __future__ import annotations

import sys

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


def allow_many_files() -> None:
    """Let this process open as many files as it may: a hundred participants have sockets."""
    if sys.platform != "win32":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        wanted = LIMITS["NOFILE"] if hard == resource.RLIM_INFINITY else min(hard, LIMITS["NOFILE"])
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
