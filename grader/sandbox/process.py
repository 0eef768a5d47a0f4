"""A student's process: started, written to, waited for and ended, at any level.

The grader uses the class :class:`Process`. The box that starts it chooses the subclass.
"""

from __future__ import annotations

import contextlib
import functools
import os
import signal
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO

import psutil

from grader.sandbox import pseudo_terminal, reaper
from grader.sandbox.job_objects import Job
from grader.sandbox.pseudo_terminal import PseudoTerminal
from grader.sandbox.stacks import Stacks
from grader.sandbox.thread_record import ThreadRecord
from grader.sandbox.tracing import Tracing

NEW_GROUP = 0x200 if sys.platform == "win32" else 0  # CREATE_NEW_PROCESS_GROUP
SUSPENDED = 0x4 if sys.platform == "win32" else 0  # CREATE_SUSPENDED
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)  # on Windows the latter is TerminateProcess


class Process(ABC):
    """One started file of a submission, with unbuffered pipes for its three streams.

    At a terminal what it reads and prints is that terminal; what it complains goes into a pipe.
    """

    stdin: IO[bytes]
    stdout: IO[bytes]
    stderr: IO[bytes]
    terminal = ""  # its terminal, as its descriptors name it (proc(5)), if it has one
    at_terminal = False
    record: ThreadRecord | None = None  # the box that starts it keeps one
    stacks: Stacks | None = None  # and this
    tracing: Tracing | None = None  # of a program that is traced

    @property
    @abstractmethod
    def top(self) -> int:
        """The id of the process above all that belong to the program, perhaps its own."""

    @abstractmethod
    def await_pid(self) -> int:
        """The id of the program's own process, once there is one. Raises OSError without."""

    @property
    @abstractmethod
    def status(self) -> int | None:
        """The program's exit status, negative for a signal; None while it runs."""

    @abstractmethod
    def wait(self, timeout: float | None = None) -> int | None:
        """Its exit status once it has ended; None when that took longer."""

    @abstractmethod
    def send_signal(self, number: int) -> None:
        """Send a signal to the program; one that is gone is no error."""

    def interrupt(self) -> None:
        """Ctrl+C. On Windows nobody can press it for one program alone: ValueError."""
        self.send_signal(signal.SIGINT)

    @property
    def keyboard(self) -> str:
        """What it reads from, as its descriptors name it (proc(5))."""
        return self.terminal or f"pipe:[{os.fstat(self.stdin.fileno()).st_ino}]"

    def type(self, data: bytes) -> None:
        """Write to its standard input; it is lost if the program is gone."""
        with contextlib.suppress(OSError, ValueError):
            self.stdin.write(data)
            pseudo_terminal.push(self.terminal)

    def end_input(self) -> None:
        """Press Ctrl+D: at a terminal once; without one nothing comes after that."""
        if self.at_terminal:
            self.type(pseudo_terminal.END_OF_FILE)
            return
        with contextlib.suppress(OSError):
            self.stdin.close()

    def kill(self) -> None:
        """End the program at once; what it has started may go on."""
        self.send_signal(KILL)

    @abstractmethod
    def end(self) -> None:
        """End the program and all that it has started; returns once it is gone."""

    def close(self) -> None:
        """Close the three streams. Closing waits for a thread that is blocked in reading one."""
        for stream in (self.stdin, self.stdout, self.stderr):
            with contextlib.suppress(OSError):
                stream.close()
        if self.record is not None:
            self.record.close()
        if self.stacks is not None:
            self.stacks.close()
        if self.tracing is not None:
            self.tracing.close()


class PlainProcess(Process):
    """A program with nothing in between: the process that was started is its own."""

    def __init__(
        self, popen: subprocess.Popen[bytes], terminal: PseudoTerminal | None = None
    ) -> None:
        assert popen.stderr is not None
        if terminal is not None:
            self.stdin, self.stdout = terminal.streams()
            self.terminal, self.at_terminal = terminal.name, True
        else:
            assert popen.stdin is not None and popen.stdout is not None
            self.stdin, self.stdout = popen.stdin, popen.stdout
        self.stderr = popen.stderr
        self._popen = popen

    @property
    def top(self) -> int:
        """The program's own process."""
        return self._popen.pid

    def await_pid(self) -> int:
        """The program's own process, at once."""
        return self._popen.pid

    @property
    def status(self) -> int | None:
        """The status that the system reports."""
        return self._popen.poll()

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for the process itself, not for processes that share its streams."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._popen.wait(timeout)
        return self.status

    def send_signal(self, number: int) -> None:
        """Send it, unless the process has been waited for."""
        with contextlib.suppress(OSError):
            self._popen.send_signal(number)

    def end(self) -> None:
        """End its group and its descendants; a daemon of its own making is the reaper's."""
        reaper.end_tree(self._popen.pid)
        with contextlib.suppress(OSError):
            self._popen.kill()
        self._popen.wait()


class JobProcess(PlainProcess):
    """A program of Windows in a job of its own, which ends with all that is in it."""

    def __init__(self, popen: subprocess.Popen[bytes], job: Job) -> None:
        """Take a process that was started suspended. Raises OSError when Windows refuses."""
        super().__init__(popen)
        self._job = job
        try:
            job.assign(int(getattr(popen, "_handle")))  # noqa: B009 (typed nowhere)
            # Only now may it run: a child that it started before would not be in the job.
            psutil.Process(popen.pid).resume()
        except (OSError, psutil.Error) as error:
            self.end()
            self.close()
            raise OSError(str(error)) from error

    def end(self) -> None:
        """End the job, and give it back."""
        try:
            with contextlib.suppress(OSError):
                self._job.end()
            super().end()
        finally:
            self._job.close()


def spawn(
    command: Sequence[str],
    folder: Path | None,
    env: Mapping[str, str],
    *,
    passed: Iterable[int] = (),
    suspended: bool = False,
    terminal: PseudoTerminal | None = None,
) -> subprocess.Popen[bytes]:
    """Start a process in a group of its own, with pipes and these descriptors.

    It reads from the terminal, if there is one, and prints to it. On Windows it gets the handles
    that :func:`handle` names.
    """
    start: functools.partial[subprocess.Popen[bytes]] = functools.partial(
        subprocess.Popen,
        command,
        cwd=folder,
        env=env,
        stdin=subprocess.PIPE if terminal is None else terminal.programs,
        stdout=subprocess.PIPE if terminal is None else terminal.programs,
        stderr=subprocess.PIPE,
        bufsize=0,
        start_new_session=True,
        creationflags=NEW_GROUP | (SUSPENDED if suspended else 0),
    )
    if sys.platform != "win32":
        return start(pass_fds=tuple(passed))
    handles = [handle(descriptor) for descriptor in passed]
    for each in handles:
        os.set_handle_inheritable(each, True)
    return start(startupinfo=subprocess.STARTUPINFO(lpAttributeList={"handle_list": handles}))


def handle(descriptor: int) -> int:
    """What a process that is passed this descriptor knows it by."""
    if sys.platform == "win32":
        import msvcrt

        return msvcrt.get_osfhandle(descriptor)
    return descriptor
