"""The box that a student's program runs in, and how it is started there."""

from __future__ import annotations

import contextlib
import functools
import os
import py_compile
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO, NamedTuple

from grader.sandbox import (
    bubblewrap,
    channels,
    confined,
    landlock,
    limits,
    namespaced_process,
    pseudo_terminal,
    removal,
    seccomp,
    tracing,
)
from grader.sandbox.channels import Channels
from grader.sandbox.interpreter import environment, python
from grader.sandbox.job_objects import Job
from grader.sandbox.namespaced_process import NamespacedProcess
from grader.sandbox.network import Network
from grader.sandbox.process import JobProcess, PlainProcess, Process, spawn
from grader.sandbox.pseudo_terminal import PseudoTerminal
from grader.submission.intake import READABLE

ROOT = Path(__file__).resolve().parents[2]
BOOT = Path(__file__).with_name("boot.py")
SETTINGS = (*bubblewrap.SETTINGS, "/etc/hosts", "/etc/nsswitch.conf")
# The last is the terminal of whoever opens it, if any: programs have none of anybody else's.
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom", "/dev/tty")
REMOVAL = 1  # second, at most, before a result goes on its way
NO_HELLO = -1  # for boot.py: nobody has to be told which process it is


class _Start(NamedTuple):
    """What is to be started, and what it is given on its way."""

    script: Path
    arguments: list[str]
    beside: str  # what boot.py runs before it: see grader.sandbox.tracing
    told: Channels
    terminal: PseudoTerminal | None


@dataclass(frozen=True)
class Box:
    """One level (:mod:`grader.sandbox.levels`), ready to start processes in."""

    level: str
    files: str  # "private", "landlock" or "open": what keeps files closed
    uid: int = 0  # the user that processes become; 0: they stay the grader's
    strict: bool = False  # whether calls are filtered, and each program is kept to itself
    boot: Path = BOOT  # what starts every program
    terminals: bool = False  # whether it has some to give; else pipes take their place
    in_a_copy: bool = False  # whether who is at a terminal runs in a copy of the program's folder

    def compiled(self, folder: Path) -> Box:
        """The same box, with boot.py compiled into this folder: 2 ms less for each program.

        The folder is one that nobody else writes to, and the file is never replaced: Landlock
        opens the file itself, not its name.
        """
        boot = folder / f"{BOOT.name}c"
        py_compile.compile(str(BOOT), str(boot), dfile=BOOT.name, doraise=True)
        boot.chmod(READABLE)
        return replace(self, boot=boot)

    def start(
        self,
        script: Path,
        arguments: list[str],
        folder: Path,
        network: Network,
        *,
        restless: bool = False,
        traced: bool = False,
        terminal: bool = False,
    ) -> Process:
        """Start one file of a submission, as if by ``python FILE ARGUMENT ...``.

        It runs on the base interpreter (none of the grader's packages), in ``network`` and
        in an empty folder of its own (below ``folder``, but for the level namespaces), with a
        scrubbed environment, pipes for its three streams and limits on what it may use. The
        folder of ``script`` can be read. If it is ``restless``, its threads rest in the middle
        of what they do; if it is ``traced``, one of them can be held. It is at a ``terminal``, if
        it is to be and there are some.
        """
        wanted = terminal and self.terminals
        given = pseudo_terminal.opened(self.uid) if wanted else contextlib.nullcontext()
        beside = tracing.text("tracer") if traced else tracing.text("resting") if restless else ""
        with channels.opened(traced=traced) as told, network.entered(), given as at:
            start = _Start(script, arguments, beside, told, at)
            if self.level == "namespaces":
                process = self._start_in_namespaces(start)
            else:
                process = self._start_here(start, folder)
            told.give(process)
        return process

    def _start_here(self, wanted: _Start, folder: Path) -> Process:
        # Its name is drawn: a program that shares its user with others does not find theirs.
        home = Path(tempfile.mkdtemp(dir=folder))
        settings = self._settings(NO_HELLO, wanted)
        command = [*python(), str(self.boot), *settings, str(wanted.script), *wanted.arguments]
        terminal, passed = wanted.terminal, wanted.told.told
        env = environment(home, terminal=terminal is not None)
        if sys.platform == "win32":
            job = Job(limits.LIMITS["DATA"], limits.PROCESSES)
            try:
                popen = spawn(command, home, env, passed=passed, suspended=True)
                return JobProcess(popen, job)
            except BaseException:
                job.close()
                raise
        if self.uid:
            os.chown(home, self.uid, self.uid)
        start = functools.partial(spawn, command, home, env, passed=passed, terminal=terminal)
        if self.strict or self.files == "landlock":
            give_up = functools.partial(self._give_up, wanted, home)
            return PlainProcess(confined.started(give_up, start), terminal)
        return PlainProcess(start(), terminal)

    def _give_up(self, wanted: _Start, home: Path) -> None:
        """Have this thread reach no more than a program here may."""
        if self.strict:
            confined.drop_capabilities(confined.TO_BECOME if self.uid else confined.ROOTS)
        if self.files == "landlock":
            readable = [*_system_files(), self.boot, wanted.script.parent]
            devices = [*DEVICES, wanted.terminal.name] if wanted.terminal else DEVICES
            landlock.restrict(readable, [home, *map(Path, devices)])
        if self.strict:
            seccomp.restrict(shared_user=self.level == "limits")

    def _start_in_namespaces(self, wanted: _Start) -> Process:
        script, terminal, base = wanted.script, wanted.terminal, Path(sys.base_prefix)
        env = environment(Path(bubblewrap.HOME), terminal=terminal is not None)
        reading, writing = os.pipe()
        ours, theirs = namespaced_process.hello()
        with contextlib.ExitStack() as stack:
            stack.callback(os.close, writing)
            stack.enter_context(theirs)
            try:
                copied = {
                    seen: stack.enter_context(path.open("rb")).fileno()
                    for seen, path in bubblewrap.copies(self.boot).items()
                }
                for seen, text in bubblewrap.written(*self._ids()).items():
                    copied[seen] = stack.enter_context(_readable(text)).fileno()
                filters = [stack.enter_context(_readable(f)).fileno() for f in self._filters()]
                outside = bubblewrap.command(script.parent, copied, ROOT, base, writing, *filters)
                settings = self._settings(theirs.fileno(), wanted)
                program = f"{bubblewrap.SUBMISSION}/{script.name}"
                inside = [*python(), bubblewrap.BOOT, *settings, program, *wanted.arguments]
                passed = (writing, *wanted.told.told, theirs.fileno(), *copied.values(), *filters)
                command = [*outside, *inside]
                start = functools.partial(
                    spawn, command, None, env, passed=passed, terminal=terminal
                )
                ended = threading.Event()
                popen = (
                    confined.started(landlock.separate, start, ended) if self.strict else start()
                )
            except BaseException:
                os.close(reading)
                ours.close()
                raise
        return NamespacedProcess(popen, info=reading, hello=ours, ended=ended, terminal=terminal)

    def _filters(self) -> list[bytes]:
        filtered = seccomp.program(shared_user=False)
        return [filtered] if filtered and self.strict else []

    def _ids(self) -> tuple[int, int]:
        """The user and the group that processes run as."""
        if self.uid or sys.platform == "win32":
            return self.uid, self.uid
        return os.getuid(), os.getgid()

    def _settings(self, hello: int, wanted: _Start) -> list[str]:
        """What boot.py is told before the program and its arguments."""
        # In a namespace, as under a user of its own, nobody else's processes are counted.
        shared_user = self.level == "limits"
        limited = limits.for_boot(shared_user=shared_user)
        terminal = pseudo_terminal.beginning(in_a_copy=self.in_a_copy) if wanted.terminal else ""
        told = wanted.told.arguments()
        return [limited, str(self.uid), wanted.beside, terminal, str(hello), *told]


@dataclass(frozen=True)
class Site:
    """Where the programs of one check run: their box, the folder they write to, the network."""

    box: Box
    folder: Path
    network: Network

    def start(self, script: Path, arguments: list[str], **options: bool) -> Process:
        """Start one file of a submission there (:meth:`Box.start`)."""
        return self.box.start(script, arguments, self.folder, self.network, **options)


def _system_files() -> list[Path]:
    names = (*bubblewrap.SYSTEM, *SETTINGS, sys.base_prefix)
    return [Path(name) for name in names]


def _readable(text: bytes) -> BinaryIO:
    """A short text to be read once, from a pipe."""
    reading, writing = os.pipe()
    with open(writing, "wb", buffering=0) as file:
        file.write(text)
    return open(reading, "rb")


@contextlib.contextmanager
def scratch_folder(*, last: bool = False) -> Iterator[Path]:
    """An empty folder to run in, gone afterwards. Others may pass through it, not look.

    What takes long to remove is left to the one who removes the folder around it; the ``last``
    does so while the caller goes on.
    """
    folder = Path(tempfile.mkdtemp(prefix="chat-"))
    try:
        folder.chmod(0o711)
        yield folder
    finally:
        if not removal.remove(folder, REMOVAL) and last:
            removal.go_on_removing(folder)
