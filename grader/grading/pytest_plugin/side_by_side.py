"""Runs the checks of a session side by side: what has to be played, in forked children.

A child plays one probe, one scenario, or one check that has a world of its own, and answers with
what it has found. The verdicts of checks that look at journals are given here, in the parent, as
soon as their scenarios have been played. So the order in which work ends makes no difference to
any verdict.
"""

from __future__ import annotations

import contextlib
import functools
import os
import selectors
from collections.abc import Callable, Sequence

import pytest

from grader.assignment.variants import Role
from grader.grading import forked
from grader.grading.forked import Forked
from grader.grading.outcome import Blamed, blame, failed_by, unresolved
from grader.grading.pytest_plugin import playing
from grader.grading.pytest_plugin.answers import Answer, Fault, Judged, Learnt, Scene, decoded
from grader.grading.pytest_plugin.check_run import CHECK_RUN, CheckRun
from grader.grading.pytest_plugin.jobs import STORIES, Job, Kind, Plan
from grader.grading.pytest_plugin.selection import BACKSTOP, title
from grader.result import codec
from grader.result.check import CheckResult
from grader.sandbox import reaper


class Telling:
    """Who is told what happens to checks; here nobody."""

    def begun(self, item: pytest.Item) -> None:
        """A check begins."""

    def judged(self, item: pytest.Item) -> None:
        """A check has its verdict."""

    def mute(self) -> None:
        """From now on tell nothing: this is a child."""


class SideBySide:
    """A pytest plugin in place of pytest's own loop over the checks."""

    def __init__(self, jobs: int, asker: int, telling: Telling, alone: Callable[[], None]) -> None:
        """Run so many ``jobs`` at a time, until the descriptor ``asker`` is at its end.

        ``alone`` is called where checks run one after another after all.
        """
        self._jobs, self._asker, self._telling, self._alone = jobs, asker, telling, alone

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        """Run all checks; None: one after another, as pytest does."""
        run = session.config.stash[CHECK_RUN]
        if self._jobs < 2 or not may_run(run):
            self._alone()
            return None
        with contextlib.closing(_Loop(session, self._jobs, self._asker, self._telling)) as loop:
            loop.run()
        return True


def may_run(run: CheckRun) -> bool:
    """Whether programs of different checks can be kept apart, and there is what it takes."""
    return forked.possible() and run.box.level == "namespaces" and run.networks.kind == "namespace"


class _Loop:
    def __init__(self, session: pytest.Session, jobs: int, asker: int, telling: Telling) -> None:
        self._run, self._slots = session.config.stash[CHECK_RUN], jobs
        self._stories = session.config.stash[STORIES]
        self._plan = Plan(self._run, self._stories, session.items)
        self._telling = telling
        self._undone = dict.fromkeys(self._plan.items)  # ids, in order
        self._working: dict[Job, Forked] = {}
        # Of checks that have run before it was known whether those that they need pass.
        self._early: dict[str, CheckResult] = {}
        self._selector = selectors.DefaultSelector()
        self._selector.register(asker, selectors.EVENT_READ)
        self._asker = asker

    def run(self) -> None:
        """Until every check has its verdict. Raises KeyboardInterrupt when the asker is gone."""
        while self._undone:
            ready = [id_ for id_ in self._undone if self._plan.is_ready(id_)]
            self._judge(ready)
            sure = [id_ for id_ in self._early if self._plan.is_sure(id_)]
            for id_ in sure:
                self._accept(self._early.pop(id_))
            self._begin()
            if self._working:
                self._listen()
            elif not (ready or sure):  # nothing can be done for these beforehand
                self._judge(list(self._undone)[:1])

    def close(self) -> None:
        """End what is still at work."""
        for job in list(self._working):
            self._drop(job)
        self._selector.close()
        reaper.end_orphans()  # of those that were dropped

    def _judge(self, ids: Sequence[str]) -> None:
        """Run these checks here: they need nothing more to be played."""
        for id_ in ids:
            self._give_up(id_)
            item = self._plan.items[id_]
            self._telling.begun(item)
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
            self._end(id_)

    def _end(self, id_: str) -> None:
        del self._undone[id_]
        self._telling.judged(self._plan.items[id_])

    def _accept(self, result: CheckResult) -> None:
        """Take what a child has found for the result of a check."""
        self._run.results[result.id] = result
        self._end(result.id)

    def _give_up(self, id_: str) -> None:
        """Forget what was begun for a check: another one has failed that it needs."""
        self._early.pop(id_, None)
        for job in [job for job in self._working if job.name == id_]:
            self._drop(job)

    def _drop(self, job: Job) -> None:
        child = self._working.pop(job)
        self._selector.unregister(child)
        child.kill()

    def _begin(self) -> None:
        wanted = self._plan.jobs([id_ for id_ in self._undone if id_ not in self._early])
        for job in [job for job in wanted if job not in self._working]:
            if len(self._working) >= self._slots:
                return
            for id_ in self._plan.fed_by(job, list(self._undone)):
                self._telling.begun(self._plan.items[id_])
            try:
                child = Forked(functools.partial(self._answer, job), BACKSTOP)
            except OSError:
                if not self._working:
                    raise
                return  # there will be room for a process once another one has ended
            self._working[job] = child
            self._selector.register(child, selectors.EVENT_READ, job)

    def _listen(self) -> None:
        """Wait for more of an answer, or its end."""
        for key, _events in self._selector.select():
            job = key.data
            if job is None:
                if not os.read(self._asker, 4096):
                    raise KeyboardInterrupt
            elif not self._working[job].read():
                child = self._working.pop(job)
                self._selector.unregister(child)
                self._take(job, decoded(child.answer()))

    # In the child.

    def _answer(self, job: Job) -> bytes:
        self._telling.mute()
        try:
            return codec.encode(self._play(job))
        except Exception as error:  # noqa: BLE001 (the parent says whose fault it is)
            return codec.encode(Fault(*blame(error)))

    def _play(self, job: Job) -> Answer:
        run, graded, role, name = self._run, job.variant, job.role, job.name
        if job.kind is Kind.PROBE:
            dialect = playing.probed(run, graded, role)
            return Learnt(dialect, tuple(r for v, r in run.probed if v is graded))
        if job.kind is Kind.CHECK:
            item = self._plan.items[name]
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
            return Judged(run.results[name], tuple(run.remarks))
        if role is Role.SERVER:
            played = playing.server_scenario(run, graded, name, self._stories.server[name])
        else:
            played = playing.client_scenario(run, graded, name, self._stories.client[name])
        return Scene(*played, tuple(run.remarks))

    # In the parent.

    def _take(self, job: Job, answer: Answer) -> None:
        """Keep what a child has found where the checks look for it."""
        run, key = self._run, (job.variant, job.name)
        match answer:
            case Learnt(dialect=dialect, roles=roles):
                for role in roles:
                    if (job.variant, role) not in run.probed:
                        run.dialects[job.variant].learn(role, dialect)
                        run.probed[job.variant, role] = None
            case Scene(played=played, found=found, remarks=remarks):
                run.note(*remarks)
                run.played[key] = played
                if found is not None:
                    run.found[key] = found
            case Judged(result=result, remarks=remarks):
                run.note(*remarks)
                self._early[job.name] = result
            case Fault():
                self._blame(job, answer)

    def _blame(self, job: Job, fault: Fault) -> None:
        error = Blamed(fault.reason, fault.message)
        if job.kind is Kind.PROBE:
            self._run.probed[job.variant, job.role] = error
        elif job.kind is Kind.SCENARIO:
            self._run.played[job.variant, job.name] = error
        else:
            lost = unresolved(job.name, title(self._plan.items[job.name]))
            self._early[job.name] = failed_by(fault.reason, fault.message, lost)
