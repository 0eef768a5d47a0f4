"""What is found in a submission's programs after a check has failed: for the explanation alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from grader.chat.program import Program
from grader.fact import writable
from grader.grading.causes import Cause, causes
from grader.result.check import Place, Raised, Standing
from grader.submission import source
from grader.submission.stacks import Stack

MOST = 3  # exceptions
MAX_STANDING = 40  # threads


@dataclass(frozen=True)
class Found:
    """The exceptions that have ended threads, where the others stand, and a cause that shows."""

    raised: tuple[Raised, ...] = ()
    standing: tuple[Standing, ...] = ()
    cause: Cause | None = None

    @property
    def place(self) -> Place | None:
        """The line to look at, if one is known."""
        if self.cause is not None:
            return self.cause.place
        return next((one.place for one in self.raised if one.place), None)


NOTHING = Found()


def look(programs: Sequence[Program], *, missing: bool) -> Found:
    """Look into programs that run or have ended; at their threads only if something is missing.

    Those that still run must still be in the state that the check has found them in.
    """
    raised: dict[Raised, None] = {}
    standing: list[Standing] = []
    found: list[Cause] = []
    for program in programs:
        mine = program.raised()
        raised |= dict.fromkeys(mine)
        if missing:
            stacks = program.stacks()
            standing += [one for stack in stacks for one in _standing(program, stack)]
            found += causes(_sources(program), stacks, mine)
    return Found(tuple(raised)[:MOST], tuple(standing[:MAX_STANDING]), next(iter(found), None))


def _sources(program: Program) -> dict[str, str]:
    """The program's file and the modules beside it that it imports."""
    paths = source.files(program.script)
    return {path.name: program.files.text(path.name) for path in paths}


def _standing(program: Program, stack: Stack) -> list[Standing]:
    frame = stack.frames[0]
    code = program.files.code(frame.file, frame.line)
    if code is None:
        return []
    place = Place(frame.file, frame.line)
    return [Standing(writable(stack.thread), place, writable(code))]
