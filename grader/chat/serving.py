"""Which threads of a program wait for the data of its connections, and who has made them.

Looked at again and again while nobody talks: a loop that serves all connections may wait only
now and then, but it cannot help being seen.
"""

from __future__ import annotations

import contextlib
import time
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from grader.chat.program import Program
from grader.sandbox import holding, waiting
from grader.sandbox.clock import Deadline
from grader.sandbox.waiting import Waiter
from grader.submission import source

LOOKS = 20
PAUSE = 0.002  # seconds between two looks
SEEN = 2  # looks in which something must be seen: one may come in the midst of a change
RECORDED = 0.5  # seconds: how long after a thread began its record may come


class Fault(Enum):
    """What is wrong with the threads that wait for a file, worst first."""

    NOBODY = "nobody"  # no thread waits for it
    SEVERAL_FILES = "several-files"  # its thread waits for another one as well
    SEVERAL_THREADS = "several-threads"  # more than one waits for it
    PEEKS = "peeks"  # its thread leaves the data there, for somebody else


@dataclass
class Looks:
    """Who was seen waiting for what."""

    looks: list[list[Waiter]] = field(default_factory=list)

    def waiters(self, file: str) -> list[Waiter]:
        """Those that have waited for a file, the most frequent ones first."""
        counts = Counter(w for look in self.looks for w in look if file in w.files)
        return [waiter for waiter, _ in counts.most_common()]

    def fault(self, file: str, files: Collection[str]) -> Fault | None:
        """What is wrong with the service of one file; ``files`` are all that are to be served."""
        mine = [[w for w in look if file in w.files] for look in self.looks]
        others = set(files) - {file}
        if not any(mine):
            return Fault.NOBODY
        if self._often(any(w.files & others for w in look) for look in mine):
            return Fault.SEVERAL_FILES
        if self._often(len(look) > 1 for look in mine):
            return Fault.SEVERAL_THREADS
        if self._often(any(w.peeks for w in look) for look in mine):
            return Fault.PEEKS
        return None

    def most(self, file: str, files: Collection[str]) -> int:
        """The most of these files that a thread which waits for one of them waits for."""
        return max((len(w.files & set(files)) for w in self.waiters(file)), default=0)

    def rivals(self, file: str) -> int:
        """The most threads that have waited for a file at the same time."""
        return max((sum(file in w.files for w in look) for look in self.looks), default=0)

    def _often(self, seen: Iterable[bool]) -> bool:
        return sum(seen) >= min(SEEN, len(self.looks))


def look(
    program: Program, deadline: Deadline, each: Iterable[str], some: Iterable[str] = ()
) -> Looks:
    """Look many times, until somebody waits for ``each`` of these files and for one of ``some``."""
    looks, missing, some = Looks(), set(each), set(some)
    while True:
        look = waiting.waiters(program.processes())
        looks.looks.append(look)
        waited = {file for waiter in look for file in waiter.files}
        missing -= waited
        some = set() if some & waited else some
        if len(looks.looks) >= LOOKS and not missing and not some:
            return looks
        if deadline.over() and len(looks.looks) >= SEEN:
            return looks
        time.sleep(PAUSE)


@contextlib.contextmanager
def held(program: Program, file: str) -> Iterator[bool]:
    """Hold still whoever waits for a file just now; says whether that could be done."""
    mine = [w for w in waiting.waiters(program.processes()) if file in w.files]
    with holding.held(mine[0].thread) if mine else contextlib.nullcontext(False) as is_held:
        yield is_held


class Maker(Enum):
    """Who has started a thread."""

    PROGRAM = "program"  # the submission's own code, by threading
    LIBRARY = "library"  # a module of the standard library for it
    SYSTEM = "system"  # nobody: a process begins with it
    OTHER = "other"  # not threading
    UNKNOWN = "unknown"  # the process keeps no record


def maker(program: Program, waiter: Waiter) -> tuple[Maker, str]:
    """Who has made this thread, and by which module of the standard library if by one."""
    if waiter.is_first:
        return Maker.SYSTEM, ""
    record = program.record
    if record is None or record.name not in waiting.files(waiter.process).values():
        return Maker.UNKNOWN, ""  # it is another program now, or has closed all that it inherited
    module = record.maker(waiter.inner, RECORDED)
    if module is None:
        return Maker.OTHER, ""
    return (Maker.LIBRARY, module) if module else (Maker.PROGRAM, "")


def made(program: Program, wanted: int = 0) -> int:
    """How many threads the program has started, by its own account; ``wanted`` are waited for."""
    return program.record.made(wanted, RECORDED) if program.record else 0


def libraries(program: Program) -> list[str]:
    """Which modules of the standard library have started threads for it, by its own account."""
    return program.record.libraries() if program.record else []


def reads_as_made(program: Program) -> bool:
    """Whether any file beside the program's makes a thread, going by the source alone."""
    files = sorted(program.script.parent.rglob("*.py"))[: source.MAX_MODULES]
    return any(source.threads(file).made for file in files)
