"""Closes the file system to a thread and all that it starts, where the kernel has Landlock.

Landlock (Linux 5.13; landlock(7)) needs no privileges and no program of its own. From ABI 6
on it also keeps signals inside. What it closes stays closed for the thread that asked for
it: so :func:`within` makes a thread, lets it start the process, and is done with it.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import stat
import struct
import sys
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same on all processors but Alpha
VERSION, PATH_BENEATH = 1, 1
PR_SET_NO_NEW_PRIVS = 38  # prctl(2)

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
TRUNCATE, IOCTL_DEV = 1 << 14, 1 << 15
ON_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}  # since ABI
SCOPED = 3  # abstract Unix sockets and signals, since ABI 6
READ = EXECUTE | READ_FILE | READ_DIR

Result = TypeVar("Result")


def version() -> int:
    """The ABI of this kernel's Landlock; 0 without."""
    if sys.platform != "linux":
        return 0
    return max(0, int(_libc().syscall(CREATE_RULESET, None, 0, VERSION)))


def within(
    readable: Iterable[Path], writable: Iterable[Path], start: Callable[[], Result]
) -> Result:
    """Call ``start`` where only these files and folders can be opened; returns its result.

    Raises what ``start`` raises, and OSError when the kernel refuses.
    """
    results: list[Result] = []
    errors: list[BaseException] = []

    def run() -> None:
        try:
            _restrict(tuple(readable), tuple(writable))
            results.append(start())
        except BaseException as error:  # noqa: BLE001 (raised again in the caller's thread)
            errors.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if errors:
        raise errors[0]
    return results[0]


def _restrict(readable: Iterable[Path], writable: Iterable[Path]) -> None:
    """Restrict the calling thread."""
    abi = version()
    rights = next(RIGHTS[since] for since in sorted(RIGHTS, reverse=True) if abi >= since)
    fields = (rights, 0, SCOPED) if abi >= 6 else (rights,)
    attributes = struct.pack(f"={len(fields)}Q", *fields)
    ruleset = _call(CREATE_RULESET, attributes, len(attributes), 0)
    try:
        for path in readable:
            _allow(ruleset, path, rights & READ)
        for path in writable:
            _allow(ruleset, path, rights)
        _libc().prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
        _call(RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def _allow(ruleset: int, path: Path, rights: int) -> None:
    with contextlib.suppress(FileNotFoundError, PermissionError):
        opened = os.open(path, getattr(os, "O_PATH", 0) | getattr(os, "O_CLOEXEC", 0))
        try:
            if not stat.S_ISDIR(os.fstat(opened).st_mode):
                rights &= ON_FILES
            _call(ADD_RULE, ruleset, PATH_BENEATH, struct.pack("=Qi", rights, opened), 0)
        finally:
            os.close(opened)


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def _call(number: int, *arguments: int | bytes) -> int:
    answer = int(_libc().syscall(number, *arguments))
    if answer < 0:
        code = ctypes.get_errno()
        raise OSError(code, f"Landlock: {os.strerror(code)}")
    return answer
