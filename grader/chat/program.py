"""One running file of a submission: started, listened to, and ended with all that it started."""

from __future__ import annotations

import contextlib
import re
import signal
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO

from grader.chat.transcript import Transcript
from grader.fact import Fact, fact
from grader.result.check import Place
from grader.result.verdict import EventKind
from grader.sandbox import activity
from grader.sandbox.box import Site
from grader.sandbox.clock import TICK, Deadline, Sample

MAX_OUTPUT = 256 * 1024  # bytes kept of each stream; the rest is read and thrown away
NOT_WRITTEN = re.compile(
    r"^(?:NotImplementedError|not written yet|ещё не написано): (task \d+: .*?)"
    r"(?: \((?:see|см\.) tasks\.(?:ru\.)?md.*)?$",
    re.MULTILINE,
)
IN_FILE = re.compile(r'^ *File "([^"]+)", line (\d{1,6})', re.MULTILINE)


class Program:
    """A running file of a submission.

    ``heard`` is called with every piece of its standard output, from a thread. The threads of
    a ``restless`` one pause in the middle of what they do, so that races show.
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
    ) -> None:
        self.who = who
        self.script = script
        self._transcript = transcript
        self._process = site.start(script, arguments, restless=restless)
        self._stdout, self._stderr = bytearray(), bytearray()
        self._drains = [
            self._drain(self._process.stdout, self._stdout, EventKind.PRINTS, heard, ended),
            self._drain(self._process.stderr, self._stderr, EventKind.COMPLAINS, None, None),
        ]

    def _drain(
        self,
        stream: IO[bytes],
        kept: bytearray,
        kind: EventKind,
        heard: Callable[[bytes], None] | None,
        ended: Callable[[], None] | None,
    ) -> threading.Thread:
        def run() -> None:
            with contextlib.suppress(OSError, ValueError):
                while data := stream.read(65536):
                    if len(kept) < MAX_OUTPUT:
                        kept.extend(data[: MAX_OUTPUT - len(kept)])
                        text = data.decode(errors="backslashreplace")
                        self._transcript.add(kind, self.who, text)
                        if heard:
                            heard(data)
            if ended:
                ended()

        thread = threading.Thread(target=run, daemon=True)
        thread.start()
        return thread

    def await_pid(self) -> int:
        """The id of the program's own process, once there is one. Raises OSError without."""
        return self._process.await_pid()

    @property
    def top(self) -> int:
        """The id of the process above all of its processes; its own where there is no other."""
        return self._process.top

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
        """Write one line to its standard input; it is lost if the process is gone."""
        with contextlib.suppress(OSError, ValueError):
            self._process.stdin.write(line.encode() + b"\n")

    def end_input(self) -> None:
        """Close its standard input."""
        with contextlib.suppress(OSError):
            self._process.stdin.close()

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

    def how_it_ended(self) -> Fact:
        """How it ended, and the last line of its standard error."""
        self._hear_out()
        file, status = self.script.name, self.status
        if status is None:
            how = fact("program-runs", file=file)
        elif status < 0:
            how = fact("program-signalled", file=file, signal=_signal_name(-status))
        else:
            how = fact("program-ended", file=file, status=status)
        complaints = self._stderr.decode(errors="replace").strip().splitlines()
        if not complaints or status == 0:
            return how
        return fact("complaining", how=how, complaint=complaints[-1])

    def _hear_out(self) -> None:
        """Once it is gone, wait for its last complaints: they may still be in the pipe."""
        if not self.alive:
            self._drains[1].join(1.0)

    def not_written(self) -> str:
        """``task 3: …`` when the skeleton's NotImplementedError was reached, else nothing."""
        self._hear_out()
        match = NOT_WRITTEN.search(self._stderr.decode(errors="replace"))
        return match[1].strip() if match else ""

    def place(self) -> Place | None:
        """The line of its file where a task is not written, or that its last traceback names.

        It is for people to look at: the submission may print any traceback it likes.
        """
        try:
            lines = self.script.read_text(encoding="utf-8", errors="replace").split("\n")
        except OSError:  # the submission removed its own file
            return None
        task = self.not_written()
        if task:
            raising = [n for n, line in enumerate(lines, 1) if f'("{task}' in line]
            return Place(self.script.name, raising[0]) if raising else None
        places = IN_FILE.findall(self._stderr.decode(errors="replace"))
        numbers = [int(n) for path, n in places if re.split(r"[/\\]", path)[-1] == self.script.name]
        there = [number for number in numbers if 1 <= number <= len(lines)]
        return Place(self.script.name, there[-1]) if there else None

    def stop(self) -> None:
        """End it, and everything that it started."""
        self._process.end()
        for thread in self._drains:
            thread.join(2.0)  # a daemon of the student's may hold the pipe: do not wait forever
        # A reader blocked in a pipe holds it: closing would wait for that reader.
        if not any(thread.is_alive() for thread in self._drains):
            self._process.close()


def _signal_name(number: int) -> str:
    with contextlib.suppress(ValueError):
        return signal.Signals(number).name
    return str(number)
