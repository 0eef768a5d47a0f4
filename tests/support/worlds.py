"""What the tests of the grader's modules share: worlds, processes, deadlines."""

from __future__ import annotations

import contextlib
import functools
import itertools
import json
import os
import random
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from grader.assignment import variants
from grader.chat.chats import opened
from grader.chat.dialect import Dialect
from grader.chat.program import Program
from grader.chat.transcript import Transcript
from grader.chat.world import Chat
from grader.sandbox import activity
from grader.sandbox.box import Box, Site, scratch_folder
from grader.sandbox.clock import Deadline, Sample
from grader.sandbox.free_port import FreePorts
from grader.sandbox.network import Network, Networks
from grader.sandbox.network_namespace import Namespaces
from grader.sandbox.process import Process
from grader.submission import intake
from support import programs

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "reference"
BARE = Box("limits", "open")  # no walls: for tests of what does not depend on them
LOOPBACK = FreePorts().fresh()  # this machine's own, which all tests share
PATIENCE = 60  # seconds after which a test gives up; nothing comes near it

needs_posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals and pipes")
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")
needs_proc = pytest.mark.skipif(not activity.supported(), reason="the system shows no threads")


@functools.cache
def namespaces() -> Namespaces | None:
    """Network namespaces, if they can be had without changing this process for good."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return None
    try:
        return Namespaces()
    except OSError:
        return None


needs_namespaces = pytest.mark.skipif(
    namespaces() is None, reason="needs root and network namespaces"
)
NETWORKS = (pytest.param("namespace", marks=needs_namespaces), "free-port")


def networks(kind: str) -> Networks:
    """What makes networks of this kind, for checks to take place in."""
    found = namespaces() if kind == "namespace" else FreePorts()
    assert found is not None
    return found


def free_port(variant: str) -> int:
    """A port that nobody had a moment ago."""
    return int(FreePorts().fresh().server_arguments(variants.variant(variant))[3])


@contextlib.contextmanager
def world(
    folder: Path,
    variant: str,
    place: str | Networks = "free-port",
    *,
    seed: int = 1,
    dialect: Dialect | None = None,
    **sources: str,
) -> Iterator[Chat]:
    """The world of one check around the small programs, in a fresh network of a kind."""
    found = intake.in_folder(programs.write_programs(folder, **sources))
    place = networks(place) if isinstance(place, str) else place
    with opened(
        variants.variant(variant), found, dialect or Dialect(), place, random.Random(seed), BARE
    ) as chat:
        try:
            yield chat
        finally:
            chat.close()
            for process in chat.processes:
                _close(process)


def _close(process: Program) -> None:
    """Close the pipes of a process also where a loaded machine keeps their readers waiting."""
    for stream in (process._stdout, process._stderr):
        stream.await_end(PATIENCE)
    process.stop()


# Single processes.


@contextlib.contextmanager
def process(folder: Path, source: str, *arguments: str, **options: Any) -> Iterator[Program]:
    """A program, running in an empty folder, ended afterwards with all that it started."""
    script = folder / "program.py"
    script.write_text(source, encoding="utf-8")
    options = {"who": "program", "transcript": Transcript()} | options
    with scratch_folder() as scratch:
        running = Program(script, list(arguments), Site(BARE, scratch, LOOPBACK), **options)
        try:
            yield running
        finally:
            running.stop()
            _close(running)


def output(folder: Path, source: str, *arguments: str, typed: str = "") -> str:
    """What a program prints that runs to its end in the sandbox."""
    status, printed, complained = run(folder, source, *arguments, typed=typed)
    assert status == 0, complained
    return printed


def run(
    folder: Path, source: str, *arguments: str, typed: str = "", restless: bool = False
) -> tuple[int, str, str]:
    """A program's exit status, standard output and standard error, in the sandbox."""
    script = folder / "program.py"
    script.write_text(source, encoding="utf-8")
    with (
        scratch_folder() as scratch,
        started(script, scratch, *arguments, restless=restless) as running,
    ):
        out, err = communicate(running, typed.encode())
        assert running.wait(PATIENCE) is not None
    assert running.status is not None
    return running.status, out.decode(), err.decode()


@contextlib.contextmanager
def started(
    script: Path,
    folder: Path,
    *arguments: str,
    box: Box = BARE,
    network: Network = LOOPBACK,
    restless: bool = False,
) -> Iterator[Process]:
    """One file of a submission, started, and ended afterwards."""
    running = box.start(script, list(arguments), folder, network, restless=restless)
    try:
        yield running
    finally:
        running.end()
        running.close()


def communicate(running: Process, typed: bytes = b"") -> tuple[bytes, bytes]:
    """Type something, end the input; all that the process prints and complains until its end."""
    watchdog = threading.Timer(PATIENCE, running.end)
    watchdog.start()
    try:
        with ThreadPoolExecutor(1) as pool:
            complaints = pool.submit(running.stderr.read)
            with contextlib.suppress(BrokenPipeError):
                running.stdin.write(typed)
            running.stdin.close()
            return running.stdout.read(), complaints.result()
    finally:
        watchdog.cancel()
        watchdog.join()


def python(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the interpreter of the tests from the root of the project, to its end."""
    options = {"cwd": ROOT, "timeout": PATIENCE, "capture_output": True} | options
    return subprocess.run(
        [sys.executable, *arguments], text=True, encoding="utf-8", check=False, **options
    )


# Deadlines that need no process.

IDLE = Sample(alive=True, runnable=False, context_switches=0, cpu_time=0.0)
GONE = Sample(alive=False, runnable=False, context_switches=0, cpu_time=0.0)


def patient(**_: float) -> Deadline:
    """A deadline for what is sure to come."""
    return Deadline(lambda: None, wall=PATIENCE, cap=PATIENCE)


def expired(**_: float) -> Deadline:
    """A deadline that is over at the first look: the process is gone."""
    return Deadline(lambda: GONE)


class Countdown(Deadline):
    """A deadline that is over after so many questions; ``then`` happens at each of them."""

    def __init__(self, questions: int, then: Callable[[], None] = lambda: None) -> None:
        super().__init__(lambda: None)
        self._questions, self._then = questions, then

    def over(self) -> bool:
        self._questions -= 1
        self._then()
        return self._questions < 0


def still(seconds: float) -> bool:
    """Settle at once: there is no process whose stillness could be awaited."""
    del seconds
    return True


def interrupted(action: Callable[[], object], moment: int) -> bool:
    """Do something with Ctrl+C at this one of all moments; False if it was over before."""
    moments = itertools.count()

    def trace(_frame: FrameType, event: str, _arg: object) -> None:
        if next(moments) == moment:
            raise KeyboardInterrupt

    sys.settrace(trace)
    try:
        action()
    except (KeyboardInterrupt, RuntimeError):  # the latter from releasing what wait() has released
        return True
    finally:
        sys.settrace(None)
    return False


def read_json(path: Path) -> Any:
    """A JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))


def world_with(folder: Path, variant: str, server: str) -> contextlib.AbstractContextManager[Chat]:
    """A world whose server is this program."""
    return world(folder, variant, **{f"{variant}_server": server})
