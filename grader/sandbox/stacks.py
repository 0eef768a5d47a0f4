"""Where the threads of a running program stand: asked for by a signal, and read.

The program's start (boot.py) lets faulthandler write all stacks to a pipe when SIGURG comes, a
signal that does nothing where nobody handles it. The program notices nothing: Python goes on with
a system call that a signal interrupts. Windows has nothing like it: there are no stacks. Nor
are there for a program that has replaced the handler, or closed the pipe. It can forge all this,
like all that a process says of itself: it decides nothing.
"""

from __future__ import annotations

import contextlib
import os
import re
import select
import signal
import sys
import time
from collections.abc import Callable, Mapping

from grader.submission.own_files import OwnFiles
from grader.submission.stacks import FIRST, Frame, Stack

SIGNAL = int(getattr(signal, "SIGURG", 0))
BEGINS = 0.5  # seconds in which the answer must begin
QUIET = 0.05  # seconds after which it has ended, where its end is not known
LONGEST = 2.0  # seconds
MAX_BYTES = 256 * 1024
MAX_THREADS = 100  # faulthandler writes no more
MAX_FRAMES = 100

THREAD = re.compile(
    r"(?:Current thread|Thread) 0x([0-9a-f]{1,16}) .{0,100}\(most recent call first\):"
)
FRAME = re.compile(r'  File "(.{1,600})", line (\d{1,7}) in (.{1,600})')
ESCAPE = re.compile(r"\\x[0-9a-f]{2}|\\u[0-9a-f]{4}|\\U[0-9a-f]{8}")
BOOT = re.compile(r"(?:.*[/\\])?boot\.pyc?")
# The first thread is written last, and its outermost frame is the one of boot.py.
END = re.compile(rb'File "(?:[^"\n]*/)?boot\.pyc?", line \d+ in <module>\n')


class Stacks:
    """What one program writes of its stacks, from a pipe of which it has the other end."""

    def __init__(self, descriptor: int) -> None:
        self._pipe = descriptor

    def ask(self, send: Callable[[int], None]) -> str:
        """The stacks as faulthandler writes them; ``send`` sends the program a signal.

        Nothing where the program does not answer.
        """
        if sys.platform == "win32" or not SIGNAL:
            return ""
        os.set_blocking(self._pipe, False)
        if not self._forget():
            return ""
        send(SIGNAL)
        until, answer = time.monotonic() + LONGEST, b""
        while len(answer) < MAX_BYTES and time.monotonic() < until and not END.search(answer):
            data = self._read(QUIET if answer else BEGINS)
            if not data:
                break
            answer += data
        return answer.decode("ascii", "replace")

    def _forget(self) -> bool:
        """Throw away what has been written unasked; False where there is no end of it."""
        read = 0
        while read < MAX_BYTES and (data := self._read(0)):
            read += len(data)
        return read < MAX_BYTES

    def _read(self, seconds: float) -> bytes:
        """What comes within these seconds; nothing at the end."""
        with contextlib.suppress(OSError):
            if sys.platform != "win32":  # select() cannot wait for a descriptor above 1023
                poll = select.poll()
                poll.register(self._pipe, select.POLLIN)
                if poll.poll(seconds * 1000):
                    return os.read(self._pipe, 65536)
        return b""

    def close(self) -> None:
        """Close the pipe."""
        with contextlib.suppress(OSError):
            os.close(self._pipe)
        self._pipe = -1


def never_full(descriptor: int) -> int:
    """The end of a pipe where nobody who writes ever waits: what has no room is lost."""
    if sys.platform != "win32":
        os.set_blocking(descriptor, False)
    return descriptor


def parse(text: str, files: OwnFiles, names: Mapping[int, str]) -> tuple[Stack, ...]:
    """The threads that stand in the submission's own files; ``names`` of threads by their ids."""
    threads: list[tuple[str, list[Frame], list[str]]] = []
    for line in text.split("\n")[: MAX_THREADS * (MAX_FRAMES + 3)]:
        if begins := THREAD.fullmatch(line):
            threads.append((names.get(int(begins[1], 16), ""), [], []))
        elif threads and (frame := FRAME.fullmatch(line)):
            _name, frames, called = threads[-1]
            path = _unescaped(frame[1])
            file, number = files.name(path), int(frame[2])
            if file and files.code(file, number) is not None:
                frames.append(Frame(file, number, _unescaped(frame[3])))
            elif BOOT.fullmatch(path) and frame[3] == "<module>":
                threads[-1] = (FIRST, frames, called)
            elif not frames:
                called.append(re.split(r"[/\\]", path)[-1])
    return tuple(
        Stack(name, tuple(frames[:MAX_FRAMES]), tuple(called[:MAX_FRAMES]))
        for name, frames, called in threads[:MAX_THREADS]
        if frames
    )


def _unescaped(text: str) -> str:
    """A text that faulthandler has written in ASCII."""
    return ESCAPE.sub(_character, text)


def _character(escape: re.Match[str]) -> str:
    digits = escape[0][2:]
    return chr(min(int(digits, 16), sys.maxunicode))
