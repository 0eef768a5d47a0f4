"""What a program's start (boot.py) notes of each thread that its ``threading`` starts.

A line for each: the thread's id as the program sees it, and the module of the standard library
that started it, or nothing where the submission's own code did. Then, behind a ``=``, a line
with the id that it has in stacks, and its name. The program can forge this
record, like all that a process says of itself: it decides nothing that the system could tell.
"""

from __future__ import annotations

import os
import threading

MAX_THREADS = 50_000  # noted of one program
CLOSING = 0.5  # seconds
MAX_LINE = 200  # bytes; what is longer was not written by boot.py


class ThreadRecord:
    """The record of one program, read from a pipe that its start writes to.

    A process keeps the other end when it is forked, not when it becomes another program. The
    thread that reads ends, and closes the pipe, when the last process that has it is gone.
    """

    def __init__(self, descriptor: int) -> None:
        self._pipe = os.fstat(descriptor).st_ino
        self._makers: dict[int, str] = {}
        self._names: dict[int, str] = {}
        self._changed = threading.Condition()
        self._reader = threading.Thread(target=self._read, args=(descriptor,), daemon=True)
        self._reader.start()

    @property
    def name(self) -> str:
        """The pipe, as the descriptors of a process that keeps it name it (proc(5))."""
        return f"pipe:[{self._pipe}]"

    def maker(self, thread: int, patience: float = 0.0) -> str | None:
        """The library module that started this thread; "" for the program, None for nobody.

        A thread that runs is noted a moment later: ``patience`` is how long to wait, in seconds.
        """
        with self._changed:
            self._changed.wait_for(lambda: thread in self._makers, patience)
            return self._makers.get(thread)

    def made(self, wanted: int = 0, patience: float = 0.0) -> int:
        """How many threads the program's own code has started so far.

        ``patience`` is how long to wait for as many as are ``wanted``, in seconds.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._made() >= wanted, patience)
            return self._made()

    def _made(self) -> int:
        return sum(not maker for maker in self._makers.values())

    def names(self) -> dict[int, str]:
        """The names of the threads, by the ids that they have in stacks."""
        with self._changed:
            return dict(self._names)

    def libraries(self) -> list[str]:
        """The modules of the standard library that have started threads for the program."""
        with self._changed:
            return sorted({maker for maker in self._makers.values() if maker})

    def close(self) -> None:
        """Wait until the pipe is closed; a daemon that still has it is not waited for."""
        self._reader.join(CLOSING)

    def _read(self, descriptor: int) -> None:
        rest = b""
        with open(descriptor, "rb", buffering=0) as pipe:
            while data := pipe.read(65536):
                *lines, rest = (rest + data).split(b"\n")
                rest = rest[: MAX_LINE + 1]  # of a line that is too long, enough to know it
                with self._changed:
                    for line in lines:
                        self._note(line)
                    self._changed.notify_all()

    def _note(self, line: bytes) -> None:
        number, _, rest = line.removeprefix(b"=").partition(b" ")
        noted = self._names if line.startswith(b"=") else self._makers
        if len(line) <= MAX_LINE and number.isdigit() and len(noted) < MAX_THREADS:
            noted[int(number)] = rest.decode("utf-8", "replace")
