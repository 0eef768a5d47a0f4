"""The process that grades one submission of a class: a task in, an outcome out.

``python -m grader.classroom.engine.work`` reads a task, one line of JSON, and writes the outcome,
another one. Its standard input stays open: when that ends, whoever asked is gone or has enough of
it, so the grading is interrupted as by Ctrl+C, and nothing of it is left running.
"""

from __future__ import annotations

import _thread
import os
import signal
import sys
import threading
from pathlib import Path, PurePosixPath
from typing import IO

from grader.assignment import modes
from grader.classroom.engine.task import Outcome, Task
from grader.classroom.keys import fingerprint
from grader.fact import Fact
from grader.grading import runner
from grader.grading.request import Request
from grader.result import codec
from grader.result.check import CheckResult
from grader.sandbox.box import scratch_folder
from grader.submission import intake
from grader.submission.own import pair

CHATS = 4  # of one submission, side by side
LABEL = "lab4"  # of every result: whose it is, is not stored with it


class Silence:
    """Nobody is told how far one submission has got."""

    def started(self, check_id: str, title: str) -> None:
        """A check begins."""

    def finished(self, result: CheckResult) -> None:
        """A check has its verdict."""


def grade(task: Task) -> Outcome:
    """Grade the files of a task, in this process."""
    if task.grader != fingerprint():
        return Outcome(failure="another grader: expected the same version of the kit everywhere")
    with scratch_folder() as folder:
        write(task, folder)
        result = runner.grade(request(task, folder), Silence())
    return Outcome() if result.interrupted else Outcome(result)


def request(task: Task, folder: Path) -> Request:
    """The one call of the grader, for the files of a task in a folder."""
    own = task.options.mode == modes.OWN
    found = pair.in_folder(folder).pairs if own else {}
    there = [variant.name for variant in found]
    wanted = task.options.variants
    return Request(
        label=LABEL,
        variants=tuple(name for name in wanted if name in there or not own),
        seed=task.options.seed,
        submission=str(folder.resolve()),
        server="",
        client="",
        checks=task.options.checks,
        first=frozenset(),
        jobs=CHATS,
        portable=task.options.portable,
        sandbox=task.options.sandbox,
        mode=task.options.mode,
        dialect="",
        notes=() if own else _notes(folder),
    )


def _notes(folder: Path) -> tuple[Fact, ...]:
    try:
        return intake.in_folder(folder).notes
    except intake.NotFound:
        return ()


def write(task: Task, folder: Path) -> None:
    """Write the files of a task. Raises ValueError for a name that leads out of the folder."""
    for name, data in task.files.items():
        target = folder / PurePosixPath(name)
        if ".." in target.parts or not target.is_relative_to(folder):
            raise ValueError(f"{name}: expected a name within the folder")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def main() -> int:
    """Grade what the standard input asks for; see the module's docstring."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    asker, out = os.dup(0), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what anything below prints must not get into the outcome
    lines: IO[bytes] = os.fdopen(asker, "rb", buffering=0)
    try:
        with open(asker, "rb", closefd=False) as buffered:
            task: Task = codec.decode(buffered.readline(), Task)
        threading.Thread(target=_stop_with, args=(lines,), daemon=True).start()
        outcome = grade(task)
    except KeyboardInterrupt:
        outcome = Outcome()
    except (OSError, ValueError) as error:
        outcome = Outcome(failure=f"{type(error).__name__}: {error}")
    try:
        out.write(codec.encode(outcome) + b"\n")
        out.flush()
    except OSError:
        return 1  # nobody is there to read it
    return 0


def _stop_with(asker: IO[bytes]) -> None:
    while asker.read(4096):
        pass
    _thread.interrupt_main()


if __name__ == "__main__":
    sys.exit(main())
