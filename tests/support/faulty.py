"""Gradings in which something is broken that is not the submission's."""

from __future__ import annotations

import errno
from typing import NoReturn

import pytest

from grader.grading import worker_process


def no_room(*_: object, **__: object) -> NoReturn:
    """What takes the place of a call that writes, on a full disk."""
    raise OSError(errno.ENOSPC, "No space left on device")


def break_worker(monkeypatch: pytest.MonkeyPatch, fault: str) -> None:
    """Run this code in each worker before anything else."""
    program, option, script, module = worker_process.COMMAND
    code = f"exec({fault!r}); import runpy; runpy.run_path({script!r}, run_name='__main__')"
    monkeypatch.setattr(worker_process, "COMMAND", (program, option, "-c", code, module))
