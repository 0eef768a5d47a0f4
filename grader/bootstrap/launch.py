"""From ``python3 noxfile.py`` to nox in the kit's environment, and from a session to a program."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

from grader.bootstrap import environment
from grader.bootstrap.environment import ROOT
from grader.bootstrap.pip import CannotPrepare, own_environment

START_NOX = Path(__file__).with_name("start_nox.py")
PATIENCE = 10  # seconds for a command to clean up after Ctrl+C
# Exit statuses; the others are those of the grader.
NOT_PREPARED, INTERRUPTED = 3, 130


def give_up(error: CannotPrepare) -> NoReturn:
    """Say why nothing can run, and end."""
    print(f"noxfile.py: {error}", file=sys.stderr)
    sys.exit(NOT_PREPARED)


def main(arguments: list[str]) -> NoReturn:
    """Run nox from the kit's environment with these arguments."""
    try:
        environment.prepare()
    except CannotPrepare as error:
        give_up(error)
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    # Isolated: nothing in the folder that this was called from is imported.
    python, noxfile = str(environment.PYTHON), str(ROOT / "noxfile.py")
    command = [python, "-I", "-B", str(START_NOX), "-f", noxfile, *arguments]
    try:
        if os.name != "nt":
            os.execve(python, command, own_environment())
        sys.exit(attached(command, Path.cwd()))
    except OSError as error:
        give_up(CannotPrepare(f"cannot run {python}: {error.strerror}"))


def run(*words: str, folder: str | Path = ROOT) -> None:
    """Run a program of the kit in its environment; where it fails, end with its exit status.

    nox would make every failure a 1, and a traceback of Ctrl+C.
    """
    try:
        environment.prepare()
    except CannotPrepare as error:
        give_up(error)
    status = attached([str(environment.PYTHON), *words], folder)
    if status:
        raise SystemExit(status)


def forget_parents() -> None:
    """Undo what a parent may have bequeathed that would hide how a process ends."""
    if sys.platform != "win32":
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        import resource

        hard = resource.getrlimit(resource.RLIMIT_FSIZE)[1]
        resource.setrlimit(resource.RLIMIT_FSIZE, (hard, hard))


def attached(command: list[str], folder: str | Path = ROOT) -> int:
    """Run a command on this terminal, which tells it of Ctrl+C too; returns its status."""
    process = subprocess.Popen(command, cwd=folder, env=own_environment())
    try:
        status = process.wait()
    except KeyboardInterrupt:
        with contextlib.suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
            process.wait(PATIENCE)
        process.kill()
        status = process.wait()
    return status if status >= 0 else 128 - status
