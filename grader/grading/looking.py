"""What is found in a submission's programs after a check has failed: for the explanation alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from grader.chat import tracebacks
from grader.chat.program import Program
from grader.fact import writable
from grader.grading.causes import Cause, causes
from grader.result.check import Event, Place, Raised, Standing
from grader.result.verdict import EventKind
from grader.submission import source
from grader.submission.stacks import Stack
from grader.submission.tasks import task_of

MOST = 3  # exceptions
MAX_STANDING = 40  # threads


@dataclass(frozen=True)
class Found:
    """The exceptions that have ended threads, where the others stand, and a cause that shows.

    ``sources`` are the programs' files, by their names.
    """

    raised: tuple[Raised, ...] = ()
    standing: tuple[Standing, ...] = ()
    cause: Cause | None = None
    sources: Mapping[str, str] = field(default_factory=dict)

    @property
    def place(self) -> Place | None:
        """The line to look at, if one is known."""
        if self.cause is not None:
            return self.cause.place
        return next((one.place for one in self.raised if one.place), None)

    def with_threads_of(self, earlier: Sequence[Found]) -> Found:
        """The same, but for where the threads stood and what that shows, if it was seen before."""
        if not earlier:
            return self
        first = earlier[0]
        return replace(self, standing=first.standing, cause=first.cause or self.cause)

    def by_then(self, transcript: Iterable[Event]) -> Found:
        """Of this the exceptions that a transcript has, and the sources."""
        complaints = "".join(e.text for e in transcript if e.kind is EventKind.COMPLAINS)
        raised = tuple(one for one in self.raised if one.error in complaints)
        return Found(raised, sources=self.sources)

    def task_of(self, place: Place | None) -> int | None:
        """The task of a line, or of what called it by an exception, if it belongs to one."""
        raised = next((one for one in self.raised if one.place and one.place == place), None)
        lines = tracebacks.lines_of(raised) if raised else []
        tasks = (self._task(line) for line in [*lines, *([place] if place else [])])
        return next((task for task in reversed(list(tasks)) if task), None)

    def _task(self, place: Place) -> int | None:
        text = self.sources.get(place.file)
        return None if text is None else task_of(place.file, text, place.line)


NOTHING = Found()


def look(programs: Sequence[Program], *, missing: bool) -> Found:
    """Look into programs that run or have ended; at their threads only if something is missing.

    Those that still run must still be in the state that the check has found them in.
    """
    raised: dict[Raised, None] = {}
    standing: list[Standing] = []
    found: list[Cause] = []
    sources: dict[str, str] = {}
    for program in programs:
        mine = program.raised()
        raised |= dict.fromkeys(mine)
        read = _sources(program)
        sources |= read
        if missing:
            stacks = program.stacks()
            standing += [one for stack in stacks for one in _standing(program, stack)]
            found += causes(read, stacks, mine)
    cause = next(iter(found), None)
    return Found(tuple(raised)[:MOST], tuple(standing[:MAX_STANDING]), cause, sources)


def _sources(program: Program) -> dict[str, str]:
    """The program's file, whether or not it can be parsed, and the modules that it imports."""
    names = {program.script.name, *(path.name for path in source.files(program.script))}
    return {name: program.files.text(name) for name in sorted(names)}


def _standing(program: Program, stack: Stack) -> list[Standing]:
    frame = stack.frames[0]
    code = program.files.code(frame.file, frame.line)
    if code is None:
        return []
    place = Place(frame.file, frame.line)
    return [Standing(writable(stack.thread), place, writable(code))]
