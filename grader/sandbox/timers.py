"""Which threads sleep by the clock: for a time, and not until something comes (Linux)."""

from __future__ import annotations

import platform

# Numbers of the system calls (unistd.h), and which of their arguments tells.
_SLEEPS = {"x86_64": {35, 230}, "aarch64": {101, 115}}  # nanosleep, clock_nanosleep
_SETS = {"x86_64": {7: 1, 23: 0, 270: 0, 271: 1}, "aarch64": {72: 0, 73: 1}}  # how many to wait for
_FUTEX = {"x86_64": 202, "aarch64": 98}
FUTEX_TIMEOUT = 3  # the argument: where the time stands in memory; 0 is for ever
MACHINE = platform.machine()


def known() -> bool:
    """Whether the numbers of this machine's system calls are known here."""
    return MACHINE in _SLEEPS


def sleeps(thread: int) -> bool:
    """Whether a thread is in a sleep, or waits for a lock or event with a timeout."""
    try:
        with open(f"/proc/{thread}/syscall", "rb") as file:
            number, *arguments = file.read().split()[:7]
        call = int(number)
        if call in _SLEEPS.get(MACHINE, ()):
            return True
        if call == _FUTEX.get(MACHINE):
            return int(arguments[FUTEX_TIMEOUT], 16) != 0
        count = _SETS.get(MACHINE, {}).get(call)
        return count is not None and int(arguments[count], 16) == 0
    except (OSError, ValueError, IndexError):
        return False  # it runs, has ended, or the system does not tell
