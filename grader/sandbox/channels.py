"""What a program's start tells the grader, and is told: who started its threads, where they stand.

Pipes and a socket, of which each side has one end. The program keeps its own (boot.py).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from grader.sandbox.process import Process, handle
from grader.sandbox.stacks import Stacks, never_full
from grader.sandbox.thread_record import ThreadRecord
from grader.sandbox.tracing import Tracing, channel

NONE = "-1"  # for boot.py: nobody gives orders


class Channels:
    """The ends of one program's channels."""

    def __init__(self, *, traced: bool) -> None:
        self._record, records = os.pipe()
        self._stacks, written = os.pipe()
        self.told = [records, never_full(written)]  # the program's
        self._tracing: Tracing | None = None
        if traced and sys.platform != "win32":
            self._tracing, control = channel()
            self.told.append(control)

    def arguments(self) -> list[str]:
        """The program's ends, as boot.py is told of them."""
        known = [str(handle(descriptor)) for descriptor in self.told]
        return known if self._tracing is not None else [*known, NONE]

    def give(self, process: Process) -> None:
        """Have a process that has been started listened to."""
        process.record, process.stacks = ThreadRecord(self._record), Stacks(self._stacks)
        process.tracing = self._tracing

    def close_ours(self) -> None:
        """There is no process."""
        os.close(self._record)
        os.close(self._stacks)
        if self._tracing is not None:
            self._tracing.close()


@contextmanager
def opened(*, traced: bool) -> Iterator[Channels]:
    """The channels of a program that is about to be started; its ends are closed here then."""
    channels = Channels(traced=traced)
    try:
        yield channels
    except BaseException:
        channels.close_ours()
        raise
    finally:
        for descriptor in channels.told:
            os.close(descriptor)
