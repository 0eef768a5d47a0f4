"""What is found in a submission's programs after a check has failed: for the explanation alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

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

    def by_then(self, transcript: Iterable[Event]) -> Found:
        """Of this the exceptions that a transcript has, and the sources."""
        complaints = "".join(e.text for e in transcript if e.kind is EventKind.COMPLAINS)
        raised = tuple(one for one in self.raised if one.error in complaints)
        return Found(raised, sources=self.sources)

    def task_of(self, place: Place | None) -> int | None:
        """The task of a line, if it belongs to one."""
        if place is None or place.file not in self.sources:
            return None
        return task_of(place.file, self.sources[place.file], place.line)


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
