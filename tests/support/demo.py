"""The demo of the reference, started as a process."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

REFERENCE = Path(__file__).resolve().parents[2] / "reference"

PATIENCE = 120  # seconds for a demo; one at full speed takes less than two

ON_POSIX = pytest.mark.skipif(sys.platform == "win32", reason="needs POSIX signals and terminals")


def command(*arguments: object, folder: Path = REFERENCE) -> list[str]:
    """Return what starts the demo."""
    return [sys.executable, str(folder / "demo.py"), *map(str, arguments)]


def run(*arguments: object, folder: Path = REFERENCE) -> subprocess.CompletedProcess[str]:
    """Run the demo, in a pipe, to its end."""
    return subprocess.run(
        command(*arguments, folder=folder),
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


def processes_with(port: int) -> list[psutil.Process]:
    """Return the servers and clients that were started with this port."""
    found = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.cmdline()[-2:] == ["--port", str(port)]:
                found.append(process)
    return found
