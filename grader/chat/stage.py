"""What every check has: a site, programs, a transcript, a clock and random texts."""

from __future__ import annotations

import random
from abc import ABC
from pathlib import Path
from typing import ClassVar

from grader.assignment.variants import Role, Variant
from grader.chat.dialect import Dialect
from grader.chat.program import Program
from grader.chat.transcript import Transcript
from grader.result.check import Place
from grader.sandbox import activity, clock
from grader.sandbox.box import Site
from grader.sandbox.clock import Deadline, Sample
from grader.submission.intake import Submission


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
        self._rng, self._site = rng, site
        self._drawn: set[str] = set()

    # Time.

    def sample(self) -> Sample | None:
        """What all of the submission's processes are doing, together."""
        if not activity.supported():
            return None
        return activity.sample([process.top for process in self.processes])

    def deadline(self, **limits: float) -> Deadline:
        """A deadline that runs while the submission could have answered."""
        return Deadline(self.sample, patience=self.dialect.patience, **limits)

    def settle(self, seconds: float) -> bool:
        """Wait until the submission has been still for so long; False if it never was."""
        return clock.wait_still(self.sample, seconds, cap=5.0, patience=self.dialect.patience)

    # Texts that nobody can guess.

    def draw(self, word: str) -> str:
        """A word with a random suffix, the same one for the same seed."""
        # Of a thousand numbers two are the same in one run of thirty: draw again.
        while (drawn := f"{word}{self._rng.randrange(16**6):06x}") in self._drawn:
            pass
        self._drawn.add(drawn)
        return drawn

    # The submission's programs.

    def path(self, role: Role) -> Path:
        """One file of the submission."""
        return self.submission.files[self.variant, role]

    def not_written(self) -> str:
        """The task whose NotImplementedError one of the processes has reached, if any."""
        tasks = (process.not_written() for process in self.processes)
        return next((task for task in tasks if task), "")

    def place(self) -> Place | None:
        """Where the code of one of the processes failed, if its output says so."""
        places = (process.place() for process in self.processes)
        return next((place for place in places if place), None)
