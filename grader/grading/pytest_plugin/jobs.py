"""What can be done by itself while checks run side by side: probes, scenarios, whole checks."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple

import pytest

from grader.assignment import rubric
from grader.assignment.check_ids import check_id as make_id
from grader.assignment.check_ids import name_of, variant_of
from grader.assignment.variants import Role, Variant, variant
from grader.chat.dialect import Dialect
from grader.chat.played import ClientScenario, Played, Scenario
from grader.grading.pytest_plugin.check_run import CheckRun
from grader.grading.pytest_plugin.selection import check_id
from grader.result.verdict import Verdict


@dataclass(frozen=True)
class Stories:
    """What the checks that look at journals say of themselves; all others have worlds."""

    roles: Mapping[str, Role]  # by the name of the check: whose journals it looks at
    # Which, with a program that speaks like this, and as far as others have been played.
    wanted: Callable[[Dialect, str, Mapping[str, Played]], Sequence[str]]
    server: Mapping[str, Scenario]
    client: Mapping[str, ClientScenario]


STORIES = pytest.StashKey[Stories]()


class Kind(IntEnum):
    """What is done; what comes first is begun first."""

    PROBE = 0
    SCENARIO = 1
    CHECK = 2  # in a world of its own


class Job(NamedTuple):
    """One piece of work."""

    kind: Kind
    variant: Variant
    role: Role
    name: str = ""  # of a scenario, or the id of a check


# What takes longest begins first: scenarios that look at their end for what comes late, and then
# checks with many people in them.
LONG = ("many", "texts", "leave", "hundred", "storm", "stalled-reader")
LAST = ("race-name", "race-join", "race-leave", "race-leaves")  # wait for nothing but processors


class Plan:
    """Which work the checks of a session need, and which of it can be done now."""

    def __init__(self, run: CheckRun, stories: Stories, items: Sequence[pytest.Item]) -> None:
        self._run, self._stories = run, stories
        self.items = {check_id(item): item for item in items}

    def jobs(self, ids: Sequence[str]) -> list[Job]:
        """All that can be done now for these checks, in the order in which to begin it."""
        jobs = dict.fromkeys(job for id_ in ids for job in self._for(id_))
        first = self._run.request.first
        urgent = {job for id_ in ids if id_ in first for job in self._for(id_)}
        # Of equal ones the first stays the first.
        return sorted(jobs, key=lambda j: (j not in urgent, j.kind, self._is_unsure(j), _rank(j)))

    def is_ready(self, id_: str) -> bool:
        """Whether nothing has to be played any more for the verdict of a check."""
        if self.is_vain(id_):
            return True
        row = rubric.row(name_of(id_))
        return row.name in self._stories.roles and next(self._for(id_), None) is None

    def is_sure(self, id_: str) -> bool:
        """Whether all checks that one needs have passed."""
        return all(verdict is Verdict.PASS for verdict in self._needs(id_))

    def is_vain(self, id_: str) -> bool:
        """Whether a check is skipped: a file is missing, or a check that it needs has failed."""
        row, graded = rubric.row(name_of(id_)), variant(variant_of(id_))
        if self._run.submission.missing(graded, row.files) is not None:
            return True
        return any(verdict not in (None, Verdict.PASS) for verdict in self._needs(id_))

    def fed_by(self, job: Job, ids: Sequence[str]) -> list[str]:
        """Those of these checks that wait for a scenario, or that are the job."""
        if job.kind is Kind.CHECK:
            return [job.name]
        return [id_ for id_ in ids if job.kind is Kind.SCENARIO and job in self._for(id_)]

    def _needs(self, id_: str) -> Iterator[Verdict | None]:
        """The verdicts of the checks that one needs, as far as they are known and matter."""
        for need in rubric.row(name_of(id_)).needs:
            needed = make_id(variant_of(id_), need)
            result = self._run.results.get(needed)
            if needed in self.items:
                yield result.verdict if result is not None else None

    def _is_doubtful(self, graded: Variant, id_: str) -> bool:
        """Whether a check may well turn out to be skipped: something is missing already."""
        return self._run.dialects[graded].lacking and None in self._needs(id_)

    def _is_unsure(self, job: Job) -> bool:
        """Whether a check may turn out to be skipped: what is sure goes before it."""
        return job.kind is Kind.CHECK and None in self._needs(job.name)

    def _for(self, id_: str) -> Iterator[Job]:
        """What can be done now for one check."""
        run, row, graded = self._run, rubric.row(name_of(id_)), variant(variant_of(id_))
        if self.is_vain(id_):
            return
        probes = [
            Job(Kind.PROBE, graded, role) for role in row.files if (graded, role) not in run.probed
        ]
        if probes:
            yield from probes
        elif row.name not in self._stories.roles:
            if not self._is_doubtful(graded, id_):
                yield Job(Kind.CHECK, graded, row.files[0], id_)
        elif not any(run.probed[graded, role] for role in row.files):
            role, dialect = self._stories.roles[row.name], run.dialects[graded]
            known = {
                name: played
                for (of, name), played in run.played.items()
                if of is graded and isinstance(played, Played)
            }
            for name in self._stories.wanted(dialect, row.name, known):
                if (graded, name) not in run.played:
                    yield Job(Kind.SCENARIO, graded, role, name)


def _rank(job: Job) -> int:
    name = name_of(job.name) if job.kind is Kind.CHECK else job.name
    if name in LAST:
        return len(LONG) + 1
    return LONG.index(name) if name in LONG else len(LONG)
