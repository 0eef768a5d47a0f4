"""A program inside of bubblewrap: which process it is, how it ended, how all of it is ended."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import struct
import subprocess
import sys
import threading

from grader.sandbox import reaper
from grader.sandbox.process import PlainProcess
from grader.sandbox.pseudo_terminal import PseudoTerminal

SIGNALLED = 128  # a status above: bubblewrap's word for a program ended by a signal
START_TIME = 30  # seconds for bubblewrap to get to the program
CREDENTIALS = struct.Struct("=iII")  # struct ucred (unix(7)): process, user, group


class NamespacedProcess(PlainProcess):
    """A program inside of bubblewrap, which is ``top``.

    bubblewrap starts a first process of the namespace, which starts the program. From ``info``,
    a descriptor, its JSON with the id of that first process can be read. The program's start
    (boot.py) writes to the other end of ``hello``: the kernel tells who did (:func:`hello`).
    ``ended`` is set at the end: the thread that started bubblewrap may wait for it.
    """

    def __init__(
        self,
        popen: subprocess.Popen[bytes],
        *,
        info: int,
        hello: socket.socket,
        ended: threading.Event,
        terminal: PseudoTerminal | None = None,
    ) -> None:
        super().__init__(popen, terminal)
        self._info, self._hello, self._ended = info, hello, ended
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
        """The status that bubblewrap passes on."""
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
        self._ended.set()
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


def hello() -> tuple[socket.socket, socket.socket]:
    """Two connected sockets: to the first the kernel tells who writes to the second (unix(7))."""
    ours, theirs = socket.socketpair()
    if sys.platform == "linux":
        ours.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
    ours.settimeout(START_TIME)
    return ours, theirs


def _sender(ours: socket.socket) -> int:
    """The id, outside the namespace, of the process that wrote. Raises OSError if none writes."""
    if sys.platform == "linux":
        text, told, _flags, _address = ours.recvmsg(1, socket.CMSG_SPACE(CREDENTIALS.size))
        for _level, kind, data in told:
            if text and kind == socket.SCM_CREDENTIALS:
                return int(CREDENTIALS.unpack(data)[0])
    raise OSError("bubblewrap has not started the program")
