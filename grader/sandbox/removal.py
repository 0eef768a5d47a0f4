"""Removes a folder whatever a program has left in it, without ever raising.

A program may leave folders of any depth, more files than can be removed in a second, folders that
their owner may neither read nor change, and, as root, files that are immutable. So nothing here
recurses: what lies two folders deep is moved up, and each path stays short.
"""

from __future__ import annotations

import contextlib
import math
import os
import secrets
import shutil
import stat
import struct
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

OF_DESCRIPTORS = {os.open, os.stat, os.rename, os.unlink, os.rmdir, os.chmod}
HERE = os.supports_dir_fd >= OF_DESCRIPTORS and os.scandir in os.supports_fd  # not on Windows
READ = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
FOLDER = READ | getattr(os, "O_DIRECTORY", 0)
FILE = READ | getattr(os, "O_NONBLOCK", 0)
SET_FLAGS = 0x40006602 | struct.calcsize("l") << 16  # FS_IOC_SETFLAGS (ioctl_iflags(2))


def remove(folder: Path, seconds: float = math.inf) -> bool:
    """Remove a folder, for so long at most; says whether it is gone."""
    latest = time.monotonic() + seconds
    # Recursion only where there are no descriptors of folders: then all that can be goes.
    with contextlib.suppress(OSError, RecursionError):
        if HERE:
            top = os.open(folder, FOLDER)
            try:
                _empty(top, latest)
            finally:
                os.close(top)
            os.rmdir(folder)
        else:
            shutil.rmtree(folder, ignore_errors=True)
    return not os.path.lexists(folder)


def go_on_removing(folder: Path) -> None:
    """Remove a folder however long it takes; the caller goes on, the process ends after that."""
    with contextlib.suppress(RuntimeError):  # no thread to be had
        threading.Thread(target=remove, args=(folder,)).start()


def _empty(top: int, latest: float) -> None:
    """Remove what is in a folder, as far as it can be. Raises TimeoutError."""
    stuck: set[str] = set()
    left = True
    while left:
        left = False
        for name, is_folder in _entries(top, latest):
            if name not in stuck:
                left = True
                if not _removed(top, name, is_folder, top, latest):
                    stuck.add(name)


def _removed(parent: int, name: str, is_folder: bool, top: int, latest: float) -> bool:
    """Remove one entry of a folder, at the second attempt by force; says whether it is gone."""
    for force in (False, True):
        with contextlib.suppress(OSError):
            if force:
                _loosen(parent, name)
            if not is_folder:
                os.unlink(name, dir_fd=parent)
            elif parent == top:
                _unfold(top, name, latest)
                os.rmdir(name, dir_fd=top)
            else:
                os.rename(name, secrets.token_hex(8), src_dir_fd=parent, dst_dir_fd=top)
            return True
        if time.monotonic() > latest:
            raise TimeoutError
    return False


def _unfold(top: int, name: str, latest: float) -> None:
    """Remove the files of a folder in ``top``, and move its folders beside it."""
    opened = os.open(name, FOLDER, dir_fd=top)
    try:
        for below, is_folder in _entries(opened, latest):
            _removed(opened, below, is_folder, top, latest)
    finally:
        os.close(opened)


def _entries(folder: int, latest: float) -> Iterator[tuple[str, bool]]:
    """What is in a folder, and whether it is a folder itself. Raises TimeoutError."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if time.monotonic() > latest:
                raise TimeoutError
            yield entry.name, entry.is_dir(follow_symlinks=False)


def _loosen(parent: int, name: str) -> None:
    """Take from an entry, and from the folder that it is in, what forbids to remove it."""
    _clear_flags(parent)
    mode = os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        with contextlib.suppress(OSError):
            opened = os.open(name, FILE, dir_fd=parent)
            try:
                _clear_flags(opened)
            finally:
                os.close(opened)
    if sys.platform != "win32" and os.geteuid() != 0:  # root may as it is
        os.fchmod(parent, 0o700)
        if stat.S_ISDIR(mode):
            os.chmod(name, 0o700, dir_fd=parent)


def _clear_flags(opened: int) -> None:
    """Immutable, or to be appended to only: on Linux root can set it, and take it away."""
    if sys.platform == "linux":
        import fcntl

        with contextlib.suppress(OSError):
            fcntl.ioctl(opened, SET_FLAGS, struct.pack("l", 0))
