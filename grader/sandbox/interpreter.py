"""What runs a student's program: the base interpreter, and the variables around it."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from grader.sandbox import bubblewrap, pseudo_terminal


def python() -> list[str]:
    """The base interpreter, isolated: no site-packages, no PYTHON variables, UTF-8."""
    base = getattr(sys, "_base_executable", None) or sys.executable
    return [os.path.realpath(base), "-I", "-S", "-B", "-u", "-X", "utf8"]


def environment(folder: Path, *, terminal: bool = False) -> dict[str, str]:
    """The few variables that a program needs, none of the grader's."""
    kept = ("SYSTEMROOT", "SYSTEMDRIVE", "COMSPEC", "PATHEXT", "WINDIR")
    return {
        "PATH": os.defpath,
        "HOME": str(folder),
        "USERPROFILE": str(folder),
        "TMPDIR": str(folder),
        "TEMP": str(folder),
        "TMP": str(folder),
        "USER": bubblewrap.USER,
        "LOGNAME": bubblewrap.USER,
        "USERNAME": bubblewrap.USER,
        "LANG": "C.UTF-8",
        **({"TERM": pseudo_terminal.KIND} if terminal else {}),
        **{name: os.environ[name] for name in kept if name in os.environ},
    }
