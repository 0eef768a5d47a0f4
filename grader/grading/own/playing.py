"""Plays what the checks of a chat of its own protocol need: the probe, the stories, once more."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from grader.assignment.variants import Variant
from grader.chat.own import probe, room, stories
from grader.chat.own.case import Case, Judgement
from grader.chat.own.dialect import OwnDialect
from grader.chat.own.house import NotStarted
from grader.chat.own.judging import FED_BY, judge
from grader.chat.own.room import Over
from grader.chat.own.stories import STORIES, Told
from grader.fact import Fact, fact
from grader.grading.own import declining
from grader.result.verdict import Verdict
from grader.sandbox import reaper
from grader.sandbox.box import Box
from grader.sandbox.network import Networks
from grader.submission.own.pair import Pair
from grader.submission.own.reading import program

MOST = 2  # plays of one story


@dataclass
class Machine:
    """What programs are run with."""

    networks: Networks
    box: Box
    seed: int
    jobs: int = 3  # stories that are played side by side


@dataclass
class Graded:
    """What is known of one variant of a submission."""

    dialect: OwnDialect = field(default_factory=OwnDialect)
    declined: Fact | None = None
    judgements: dict[str, Judgement] = field(default_factory=dict)
    plays: int = 0


@dataclass
class Playing:
    """One variant of a submission on this machine."""

    pair: Pair
    variant: Variant
    folder: Path
    machine: Machine
    dialect: OwnDialect = field(default_factory=OwnDialect)
    plays: int = 0

    def grade(self, checks: Iterable[str]) -> Graded:
        """Learn how the chat works, play all stories, and judge these checks."""
        graded = Graded(self.dialect)
        graded.declined = self._learn()
        reaper.end_orphans()
        if graded.declined is None:
            graded.judgements = self._judged(tuple(checks))
        graded.plays = self.plays
        return graded

    def _learn(self) -> Fact | None:
        """Play the probe; why this chat cannot be driven, if so."""
        server, client = self.pair.server, self.pair.client
        modules = program(server, self.folder), program(client, self.folder)
        declined = declining.by_source(self.pair, *modules)
        if declined is not None:
            return declined
        sources = probe.Sources(*modules, one_file=server == client)
        with self._room("probe", self.dialect) as world:
            try:
                probe.learn(world, sources)
            except (NotStarted, Over):
                pass  # the stories show it, too
            every = [*([world.server] if world.server else []), *world.seats]
            declined = declining.by_running(every)
        if self.dialect.shape or self.dialect.operator:
            return None  # whatever anybody has complained: they have talked
        if declined is None or declined.code == "own-address-outside":
            declined = declining.by_address(modules) or declined
        return declined

    def _room(self, what: str, dialect: OwnDialect) -> room.Opened:
        rng = random.Random(f"{self.machine.seed}:own:{self.variant.name}.{what}")
        machine = self.machine
        return room.opened(self.pair, self.variant, dialect, machine.networks, machine.box, rng)

    def _play(self, name: str, time: int) -> Told:
        self.plays += 1
        with self._room(f"{name}.{time}", self.dialect.copy()) as world:
            return stories.play(name, world)

    def _played(self, names: Sequence[str], time: int) -> dict[str, Told]:
        """Play stories side by side: most of the time they wait."""
        try:
            with ThreadPoolExecutor(self.machine.jobs) as pool:
                plays = pool.map(lambda name: self._play(name, time), names)
                return dict(zip(names, plays, strict=True))
        finally:
            reaper.end_orphans()

    def _judged(self, checks: tuple[str, ...]) -> dict[str, Judgement]:
        """Each check's judgement; what fails has failed in two plays with different words."""
        names = ("two",) if self.dialect.operator else tuple(STORIES)
        first = Case(self.dialect, self._played(names, 1))
        judged = {check: judge(check, first) for check in checks}
        failed = [c for c, one in judged.items() if one.verdict is Verdict.FAIL and _again(c)]
        wanted = {name for check in failed for name in FED_BY.get(check, ("three",))}
        if not failed or self.dialect.operator:
            return judged
        again = self._played([name for name in names if name in wanted], 2)
        second = Case(self.dialect, {**first.told, **again})
        for check in failed:
            if judge(check, second).verdict is not Verdict.FAIL:
                judged[check] = Judgement(Verdict.OPEN, fact("own-open-once"))
        return judged


def _again(check: str) -> bool:
    """Whether a second play can show something else."""
    return check != "starts"
