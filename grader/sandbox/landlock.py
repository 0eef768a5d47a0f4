"""Closes the file system to a thread and all that it starts, where the kernel has Landlock.

Landlock (Linux 5.13; landlock(7)) needs no privileges and no program of its own. What it closes
stays closed for the thread that asked for it (:mod:`grader.sandbox.confined`). What such a
thread starts is a domain: from ABI 6 on it sends signals and connects to abstract Unix sockets
only within itself, from ABI 9 on also to Unix sockets that are files.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import stat
import struct
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same on all processors but Alpha
VERSION, PATH_BENEATH = 1, 1
PR_SET_NO_NEW_PRIVS = 38  # prctl(2)

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1, 2, 4, 8
TRUNCATE, IOCTL_DEV = 1 << 14, 1 << 15
ON_FILES = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
RESOLVE_UNIX = 1 << 16
RIGHTS = {  # since ABI
    1: (1 << 13) - 1,
    2: (1 << 14) - 1,
    3: (1 << 15) - 1,
    5: (1 << 16) - 1,
    9: (1 << 17) - 1,
}
SCOPED = 3  # abstract Unix sockets and signals
SCOPES = 6  # the first ABI that has them
READ = EXECUTE | READ_FILE | READ_DIR


def version() -> int:
    """The ABI of this kernel's Landlock; 0 without."""
    if sys.platform != "linux":
        return 0
    return max(0, int(_libc().syscall(CREATE_RULESET, None, 0, VERSION)))


def restrict(readable: Iterable[Path], writable: Iterable[Path]) -> None:
    """Have this thread and all that it starts open only these files and folders.

    Raises OSError when the kernel refuses.
    """
    abi = version()
    rights = next(RIGHTS[since] for since in sorted(RIGHTS, reverse=True) if abi >= since)
    with _ruleset((rights, 0, SCOPED) if abi >= SCOPES else (rights,)) as ruleset:
        for path in readable:
            _allow(ruleset, path, rights & READ)
        for path in writable:
            # Sockets of its own it can reach without: nobody else's are in its domain.
            _allow(ruleset, path, rights & ~RESOLVE_UNIX)


def separate() -> None:
    """Make a domain of this thread and all that it starts; files are as open as before.

    Raises OSError when the kernel refuses. Does nothing before ABI 6.
    """
    if version() >= SCOPES:
        with _ruleset((0, 0, SCOPED)):
            pass


@contextlib.contextmanager
def _ruleset(fields: tuple[int, ...]) -> Iterator[int]:
    """Rules to be added to, which hold for this thread at the end."""
    attributes = struct.pack(f"={len(fields)}Q", *fields)
    ruleset = _call(CREATE_RULESET, attributes, len(attributes), 0)
    try:
        yield ruleset
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
