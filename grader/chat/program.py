"""One running file of a submission: started, listened to, and ended with all that it started."""

from __future__ import annotations

import contextlib
import re
import signal
import time
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path

import psutil

from grader.chat import tracebacks, unwritten
from grader.chat.failure import Failure
from grader.chat.output import Output
from grader.chat.transcript import Transcript
from grader.chat.unwritten import Unwritten
from grader.fact import Fact, fact
from grader.result.check import Raised
from grader.result.verdict import EventKind, Evidence
from grader.sandbox import activity, bubblewrap, stacks
from grader.sandbox.box import Site
from grader.sandbox.clock import TICK, Deadline, Sample
from grader.sandbox.pseudo_terminal import LONGEST_LINE
from grader.sandbox.thread_record import ThreadRecord
from grader.sandbox.tracing import Tracing
from grader.submission.own_files import OwnFiles
from grader.submission.stacks import Stack

RUN_SHORT = re.compile(
    "can't (?:start|allocate)|temporarily unavailable|Too many open files|MemoryError|Errno 1[12]|"
    "Cannot allocate memory|No space left on device"
)


class Program:
    """A running file of a submission.

    ``heard`` is called with every piece of its standard output, from a thread. The threads of
    a ``restless`` one pause in the middle of what they do, so that races show; in a ``traced`` one
    a thread can be held. It is at a ``terminal`` where there are some.
    """

    def __init__(
        self,
        script: Path,
        arguments: list[str],
        site: Site,
        *,
        who: str,
        transcript: Transcript,
        heard: Callable[[bytes], None] | None = None,
        ended: Callable[[], None] | None = None,
        restless: bool = False,
        traced: bool = False,
        terminal: bool = False,
    ) -> None:
        self.who = who
        self.script = script
        self.files = OwnFiles(script.parent, bubblewrap.SUBMISSION)
        self._transcript = transcript
        self._process = site.start(
            script, arguments, restless=restless, traced=traced, terminal=terminal
        )
        self._stdout = Output(self._process.stdout, self._noted(EventKind.PRINTS, heard), ended)
        self._stderr = Output(self._process.stderr, self._noted(EventKind.COMPLAINS))

    def _noted(
        self, kind: EventKind, heard: Callable[[bytes], None] | None = None
    ) -> Callable[[bytes], None]:
        def note(data: bytes) -> None:
            self._transcript.add(kind, self.who, data.decode(errors="backslashreplace"))
            if heard:
                heard(data)

        return note

    def await_pid(self) -> int:
        """The id of the program's own process, once there is one. Raises OSError without."""
        return self._process.await_pid()

    @property
    def top(self) -> int:
        """The id of the process above all of its processes; its own where there is no other."""
        return self._process.top

    @property
    def record(self) -> ThreadRecord | None:
        """Who started its threads, by its own account."""
        return self._process.record

    @property
    def tracing(self) -> Tracing | None:
        """The orders to its tracer, if it is traced."""
        return self._process.tracing

    @property
    def keyboard(self) -> str:
        """Its standard input, as the descriptors of its processes name it (proc(5))."""
        return self._process.keyboard

    def thread_count(self) -> int:
        """How many threads it and what it has started have; raises Failure when it is gone."""
        try:
            mine = psutil.Process(self.await_pid())
            return sum(p.num_threads() for p in (mine, *mine.children(recursive=True)))
        except psutil.Error:
            raise Failure(
                fact("program-gone", program=self.script.name),
                expected=fact("goes-on-running"),
                got=self.how_it_ended(),
                evidence=[Evidence.END_OF_STREAM],
            ) from None

    def processes(self) -> list[int]:
        """It and all that it has started, as far as they are below it."""
        return [self.top, *activity.descendants(self.top)]

    @property
    def alive(self) -> bool:
        """Whether the process itself still runs."""
        return self._process.status is None

    @property
    def status(self) -> int | None:
        """Its exit status, negative for a signal; None while it runs."""
        return self._process.status

    def sample(self) -> Sample | None:
        """What it and what it started are doing."""
        if not self.alive:
            return Sample(False, False, 0, 0.0) if activity.supported() else None
        return activity.sample([self.top])

    def type(self, line: str) -> None:
        """Write one line to its standard input; it is lost if the process is gone.

        Nobody can type a line at a terminal that is longer than LONGEST_LINE: ValueError.
        """
        if len(line.encode()) > LONGEST_LINE:
            raise ValueError(f"expected a line of at most {LONGEST_LINE} bytes, got a longer one")
        self._process.type(line.encode() + b"\n")

    def end_input(self) -> None:
        """Press Ctrl+D: end its standard input."""
        self._process.end_input()

    def interrupt(self) -> None:
        """Ctrl+C."""
        self._process.interrupt()

    def kill(self) -> None:
        """Kill the process at once."""
        self._process.kill()

    def wait(self, deadline: Deadline) -> int | None:
        """Its exit status once it has ended; None when the deadline came first."""
        while True:
            status = self._process.wait(TICK / 5)
            if status is not None:
                return status
            if deadline.over() and deadline.reason != "ended":
                return self.status

    def complaints(self) -> str:
        """What it has written to standard error so far."""
        return self._stderr.text

    def has_run_short(self) -> bool:
        """Whether it has complained that there is no more of something that machines have."""
        return RUN_SHORT.search(self.complaints()) is not None

    def how_it_ended(self) -> Fact:
        """How it ended, and the last line of its standard error."""
        self.hear_out()
        file, status = self.script.name, self.status
        if status is None:
            how = fact("program-runs", file=file)
        elif status < 0:
            how = fact("program-signalled", file=file, signal=_signal_name(-status))
        else:
            how = fact("program-ended", file=file, status=status)
        complaints = self._stderr.text.strip().splitlines()
        if not complaints or status == 0:
            return how
        return fact("complaining", how=how, complaint=complaints[-1])

    def hear_out(self) -> None:
        """Once it is gone, wait for its last words: they may still be in the pipe."""
        if not self.alive:
            until = time.monotonic() + 1.0
            while not self.is_heard() and time.monotonic() < until:
                time.sleep(TICK / 10)

    def is_heard(self) -> bool:
        """Whether all that it has written so far has been read, as far as that can be known."""
        return self._stdout.is_read() and self._stderr.is_read()

    def unwritten(self, tasks: Collection[int]) -> list[Unwritten]:
        """Those of these tasks whose NotImplementedError was reached, the lowest first."""
        self.hear_out()
        return unwritten.reached(self._stderr.text, tasks, self.script)

    def has_gaps(self) -> bool:
        """Whether its file has a task left to write."""
        return any(unwritten.GAP in line for line in unwritten.lines_of(self.script))

    def raised(self) -> tuple[Raised, ...]:
        """The exceptions that have ended its threads, as it says."""
        return tracebacks.raised(self._stderr.text, self.files)

    def stacks(self) -> tuple[Stack, ...]:
        """Where its threads stand just now, looked at twice; nothing where that cannot be known.

        A thread that stood elsewhere the first time is not still.
        """
        before = self._stacks()
        now = self._stacks() if before else ()
        return tuple(replace(one, still=one in before) for one in now)

    def _stacks(self) -> tuple[Stack, ...]:
        written, record = self._process.stacks, self._process.record
        if written is None or record is None or not self.alive:
            return ()
        text = written.ask(self._process.send_signal)
        return stacks.parse(text, self.files, record.names())

    def stop(self) -> None:
        """End it, and everything that it started."""
        self._process.end()
        # A daemon of the student's may hold a pipe: not forever. And a reader blocked in one
        # holds it: closing would wait for that reader.
        ended = [stream.await_end(2.0) for stream in (self._stdout, self._stderr)]
        if all(ended):
            self._process.close()


def _signal_name(number: int) -> str:
    with contextlib.suppress(ValueError):
        return signal.Signals(number).name
    return str(number)
