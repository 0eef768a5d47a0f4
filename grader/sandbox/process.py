"""A student's process: started, spoken to, waited for and ended, whatever stands in between.

The grader knows a :class:`Process`. Which of its kinds it is, the box decides that starts it.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import struct
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import IO

import psutil

from grader.sandbox import reaper
from grader.sandbox.job_objects import Job

NEW_GROUP = 0x200 if sys.platform == "win32" else 0  # CREATE_NEW_PROCESS_GROUP
SUSPENDED = 0x4 if sys.platform == "win32" else 0  # CREATE_SUSPENDED
KILL = getattr(signal, "SIGKILL", signal.SIGTERM)  # on Windows the latter is TerminateProcess
SIGNALLED = 128  # a status above: bubblewrap's word for a program ended by a signal
START_TIME = 30  # seconds for bubblewrap to get to the program
CREDENTIALS = struct.Struct("=iII")  # struct ucred (unix(7)): process, user, group


class Process(ABC):
    """One started file of a submission, with unbuffered pipes for its three streams."""

    stdin: IO[bytes]
    stdout: IO[bytes]
    stderr: IO[bytes]

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

    def kill(self) -> None:
        """End the program at once; what it has started may go on."""
        self.send_signal(KILL)

    @abstractmethod
    def end(self) -> None:
        """End the program and all that it has started; returns once it is gone."""

    def close(self) -> None:
        """Close the three streams. Closing waits for whoever is blocked in reading one."""
        for stream in (self.stdin, self.stdout, self.stderr):
            with contextlib.suppress(OSError):
                stream.close()


class PlainProcess(Process):
    """A program with nothing in between: the process that was started is its own."""

    def __init__(self, popen: subprocess.Popen[bytes]) -> None:
        assert popen.stdin is not None and popen.stdout is not None and popen.stderr is not None
        self.stdin, self.stdout, self.stderr = popen.stdin, popen.stdout, popen.stderr
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
        """As the system tells it."""
        return self._popen.poll()

    def wait(self, timeout: float | None = None) -> int | None:
        """Wait for the process itself, not for who has its streams."""
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


class NamespacedProcess(PlainProcess):
    """A program inside of bubblewrap, which is ``top``.

    bubblewrap starts a first process of the namespace, which starts the program. From ``info``,
    a descriptor, its JSON with the id of that first process can be read. The program's start
    (boot.py) writes to the other end of ``hello``: the kernel tells who did (:func:`hello`).
    """

    def __init__(self, popen: subprocess.Popen[bytes], *, info: int, hello: socket.socket) -> None:
        super().__init__(popen)
        self._info, self._hello = info, hello
        self._first: int | None = None
        self._pid = 0

    def await_pid(self) -> int:
        """The program's own process, once its start has said hello."""
        if not self._pid:
            # Never bubblewrap's own id: its threads and signals would be taken for the student's.
            self._pid = _sender(self._hello)
            self._hello.close()
        return self._pid

    @property
    def status(self) -> int | None:
        """As bubblewrap hands it on."""
        status = self._popen.poll()
        if status is not None and status > SIGNALLED and self._await_first():
            return SIGNALLED - status
        return status

    def send_signal(self, number: int) -> None:
        """Send it to the program, not to bubblewrap."""
        with contextlib.suppress(OSError):
            if self._popen.poll() is None:
                os.kill(self.await_pid(), number)

    def end(self) -> None:
        """End the namespace, then bubblewrap."""
        if first := self._await_first():
            # With the first process of a namespace the kernel ends all others in it, and
            # lets it go only after them (pid_namespaces(7)).
            reaper.kill({first})
        super().end()
        self._hello.close()

    def _await_first(self) -> int:
        """The first process of the namespace, or 0 if bubblewrap has ended without one."""
        if self._first is None:
            with open(self._info, "rb") as file:
                text = file.read()  # ends when bubblewrap has written it, or is gone
            self._first = 0
            with contextlib.suppress(ValueError, KeyError):
                self._first = int(json.loads(text)["child-pid"])
        return self._first


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
) -> subprocess.Popen[bytes]:
    """Start a process in a group of its own, with pipes and these descriptors."""
    return subprocess.Popen(
        command,
        cwd=folder,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        start_new_session=True,
        creationflags=NEW_GROUP | (SUSPENDED if suspended else 0),
        pass_fds=tuple(passed),
    )


def hello() -> tuple[socket.socket, socket.socket]:
    """Two connected sockets: to the first the kernel tells who writes to the second (unix(7))."""
    ours, theirs = socket.socketpair()
    if sys.platform == "linux":
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
    ours.settimeout(START_TIME)
    return ours, theirs


def _sender(ours: socket.socket) -> int:
    """The process that has written, by its id out here. Raises OSError when none will."""
    if sys.platform == "linux":
        text, told, _flags, _address = ours.recvmsg(1, socket.CMSG_SPACE(CREDENTIALS.size))
        for _level, kind, data in told:
            if text and kind == socket.SCM_CREDENTIALS:
                return int(CREDENTIALS.unpack(data)[0])
    raise OSError("bubblewrap has not started the program")
