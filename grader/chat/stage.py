"""What every check has: a site, programs, a transcript, a clock and random texts."""

from __future__ import annotations

import random
import time
from abc import ABC
from pathlib import Path
from typing import ClassVar

from grader.assignment import rubric
from grader.assignment.variants import Role, Variant
from grader.chat.dialect import Dialect
from grader.chat.program import Program
from grader.chat.transcript import Transcript
from grader.chat.unwritten import Unwritten
from grader.sandbox import activity, clock
from grader.sandbox.box import Site
from grader.sandbox.clock import QUIET, SHORTER, TICK, Deadline, Sample
from grader.submission.intake import Submission

# Seconds for last words. Where the system does not tell what a thread does: so long ("wall").
# Who never rests is not waited for.
LAST_WORDS = {"quiet": 1.0, "budget": 0.2, "cap": 5.0, "wall": 0.1}
LOOK = 0.001  # seconds between two looks
UNRESTING = 0.2  # seconds: who is known never to rest is not waited for to do so


class Stage(ABC):
    """The base of one check's world; :class:`grader.chat.world.World` adds the participants."""

    variant: ClassVar[Variant]

    def __init__(
        self, submission: Submission, dialect: Dialect, rng: random.Random, site: Site
    ) -> None:
        self.submission = submission
        self.dialect = dialect
        self.transcript = Transcript()
        self.processes: list[Program] = []
        self.network = site.network
        self.rng, self._site = rng, site
        self._drawn: set[str] = set()
        self._quiet = SHORTER if dialect.lacking else QUIET

    # Time.

    def sample(self) -> Sample | None:
        """What all of the submission's processes are doing, together."""
        if not activity.supported():
            return None
        return activity.sample([process.top for process in self.processes])

    def deadline(self, **limits: float) -> Deadline:
        """A deadline that runs while the submission could have answered."""
        limits.setdefault("quiet", self._quiet)
        return Deadline(self.sample, patience=self.dialect.patience, **limits)

    def hurry(self) -> None:
        """Wait less from now on: something has not come."""
        self._quiet = SHORTER

    def settle(self, seconds: float, *, cap: float = 5.0) -> bool:
        """Wait until the submission has been still for so long; False if it never was."""
        cap = min(cap, UNRESTING) if self.dialect.restless else cap
        return clock.wait_still(self.sample, seconds, cap=cap, patience=self.dialect.patience)

    def wait_out(self, seconds: float, longest: float) -> None:
        """Wait until the submission has been still for so long, and none of its threads sleeps.

        Who wakes now and then, or sleeps by the clock, is waited for at most ``longest``.
        """
        until = time.monotonic() + longest
        clock.run_out(self.deadline(quiet=seconds, budget=longest, cap=longest, wall=seconds))
        while time.monotonic() < until and clock.has_sleepers(self.sample()):
            time.sleep(TICK)

    # Texts that nobody can guess.

    def draw(self, word: str) -> str:
        """A word with a random suffix, the same one for the same seed."""
        # Of a thousand numbers two are the same in one run of thirty: draw again.
        while (drawn := f"{word}{self.rng.randrange(16**6):06x}") in self._drawn:
            pass
        self._drawn.add(drawn)
        return drawn

    # The submission's programs.

    def path(self, role: Role) -> Path:
        """One file of the submission."""
        return self.submission.files[self.variant, role]

    def hear_out(self) -> None:
        """Wait until the programs have written what they are about to, and it has been read.

        The last words of a thread may come after its connection has ended.
        """
        now = self.sample()
        deadline = Deadline(lambda: now, patience=self.dialect.patience, **LAST_WORDS)
        while not deadline.over():
            # Threads are looked at one after the other: only where none of them has run between
            # two looks has there been a moment in which all of them rested.
            before, now = now, self.sample()
            if clock.rests(before, now) and all(p.is_heard() for p in self.processes):
                return
            time.sleep(LOOK)

    def is_unfinished(self) -> bool:
        """Whether one of the programs has a task left to write."""
        return any(process.has_gaps() for process in self.processes)

    def unwritten(self) -> list[Unwritten]:
        """The tasks whose NotImplementedError the processes have reached, the lowest first."""
        reached: dict[int, Unwritten] = {}
        for role in Role:
            path = self.submission.files.get((self.variant, role))
            tasks = rubric.tasks(self.variant, role)
            for process in self.processes:
                if process.script == path:
                    reached |= {task.number: task for task in process.unwritten(tasks)}
        return [reached[number] for number in sorted(reached)]
