"""Deadlines that count only the time in which the submission could have answered.

Nobody may fail because the machine is busy. Where the system tells what the threads of a process
do (:mod:`grader.sandbox.activity`), the clock stops while the process waits for a processor: only
idle time and the processor time that it used count. Elsewhere the wall clock runs. If a deadline
is still open after the longest wait because the machine had no time, that is the grader's fault:
:attr:`Patience.starved`.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from grader.sandbox.timers import sleeps

TICK = 0.01  # seconds between two samples of what the submission does
QUIET = 0.8  # seconds without a context switch after which nothing more is expected
SHORTER = 0.55  # the same once something else has not come that was waited for so long
BUDGET = 5.0  # seconds in which the submission may use the processor, or switch now and then
CAP = 30.0  # seconds, whatever it does; those in which the machine had no time do not count
LONGEST = 150.0  # seconds of wall clock, whatever happens
WALL = 5.0  # seconds where the system does not tell about threads


class ThreadSample(NamedTuple):
    """What one thread was doing, as :class:`Sample` says it of all."""

    runnable: bool
    context_switches: int
    cpu_time: float


@dataclass(frozen=True)
class Sample:
    """What the threads of the submission were doing at one moment, and had done up to then."""

    alive: bool
    runnable: bool  # a thread runs, or waits for a processor or a disk
    context_switches: int  # so far, all threads together
    cpu_time: float  # seconds so far
    run_delay: float = 0.0  # seconds of waiting for a processor so far (schedstat's term)
    ready: bool = False  # a thread runs or waits for a processor
    own_delay: float = 0.0  # run_delay of the thread that takes the sample
    threads: Mapping[int, ThreadSample] = field(default_factory=dict)  # by their ids


def rests(before: Sample | None, now: Sample | None) -> bool:
    """Whether nothing has run between two samples, nor wants to."""
    if before is None or now is None or now.runnable:
        return False
    return (before.context_switches, before.cpu_time) == (now.context_switches, now.cpu_time)


def has_sleepers(now: Sample | None) -> bool:
    """Whether a thread sleeps by the clock, and so may do something later by itself."""
    return now is not None and now.alive and any(map(sleeps, now.threads))


@dataclass
class Patience:
    """How long the grader waits for a submission that never rests, all deadlines together.

    Without this limit, one that floods or spins would use up every deadline of every check.
    """

    left: float = 40.0  # seconds; those in which the machine had no time do not count
    least: float = 3.0  # seconds that every deadline has in any case
    starved: bool = False  # a deadline ran out because the machine had no time

    def cap(self, wanted: float) -> float:
        """The longest that a deadline may be now."""
        return min(wanted, max(self.left, self.least))

    def spend(self, seconds: float) -> None:
        """A deadline ran out while the submission was busy."""
        self.left -= seconds


Sampler = Callable[[], "Sample | None"]  # None: the system does not tell


class Deadline:
    """Decides, tick by tick, when to stop waiting for the submission."""

    def __init__(
        self,
        sample: Sampler,
        *,
        quiet: float = QUIET,
        budget: float = BUDGET,
        cap: float = CAP,
        wall: float = WALL,
        patience: Patience | None = None,
    ) -> None:
        self._sample = sample
        self._patience = patience or Patience(float("inf"))
        self._limits = quiet, budget, self._patience.cap(cap), wall
        self._start = self._last = time.monotonic()
        self._seen: Sample | None = None
        self._first = True
        self._still = self._spent = self._waited = 0.0
        self._rhythm = Rhythm()
        self.reason = ""  # why it ran out: "ended", "quiet", "busy", "time" or "starved"

    def over(self) -> bool:
        """Whether to stop waiting. Call it every TICK; a late call counts as one tick."""
        if self.reason:
            return True
        now = time.monotonic()
        wall, self._last = now - self._last, now
        # The grader itself may have been kept waiting: that is not the student's time.
        passed = min(wall, 2 * TICK)
        before, self._seen = self._seen, self._sample()
        if self._first:  # the first sample is taken only once there is something to wait for
            self._first, before = False, self._seen
            passed = 0.0
        quiet, budget, cap, most = self._limits
        self._waited += wall - starved(before, self._seen, wall)
        if self._waited > cap:
            self.reason = "time"
        elif now - self._start > LONGEST:
            self.reason = "starved"
        elif self._seen is None or before is None:
            self._spent += passed
            if self._spent > most:
                self.reason = "time"
        elif not self._seen.alive:
            self.reason = "ended"
        else:
            self._count(before, self._seen, passed)
            if self._still > quiet:
                self.reason = "quiet"
            elif self._spent > budget:
                self.reason = "busy"
        if self.reason in ("busy", "time") and self._seen is not None:
            self._patience.spend(self._waited)
        if self.reason == "starved":
            self._patience.starved = True
        return bool(self.reason)

    def _count(self, before: Sample, now: Sample, passed: float) -> None:
        before, now = self._rhythm.without(before, now, passed)
        if now.runnable or now.cpu_time > before.cpu_time:
            self._still = 0.0
            self._spent += now.cpu_time - before.cpu_time
        elif now.context_switches != before.context_switches:
            self._still = 0.0
            self._spent += passed
        else:
            self._still += passed
            self._spent += passed


class Rhythm:
    """Which threads wake often by the clock alone, and what all the others do.

    A thread that sleeps 10 ms at a time, to see whether it should stop, is at rest; a thread that
    is late because it sleeps before it sends is not. So it counts only once it has woken
    ``MANY`` times, ``OFTEN`` enough, and has hardly used a processor.
    """

    MANY = 5  # times
    OFTEN = 20.0  # times a second
    HARDLY = 0.3  # of one processor

    def __init__(self) -> None:
        self._woken: dict[int, int] = {}  # how often, by threads that slept each time
        self._passed = 0.0

    def without(self, before: Sample, now: Sample, passed: float) -> tuple[Sample, Sample]:
        """The same two samples without the threads that keep a rhythm."""
        self._passed += passed
        switches, cpu_time, runnable = before.context_switches, before.cpu_time, False
        kept = False
        for thread, mine in now.threads.items():
            was = before.threads.get(thread, mine)
            if self._keeps(thread, was, mine, passed):
                kept = True
                switches += mine.context_switches - was.context_switches
                cpu_time += mine.cpu_time - was.cpu_time
            else:
                runnable = runnable or mine.runnable
        if not kept:
            return before, now
        before = replace(before, context_switches=switches, cpu_time=cpu_time)
        return before, replace(now, runnable=runnable)

    def _keeps(self, thread: int, was: ThreadSample, now: ThreadSample, passed: float) -> bool:
        woken = now.context_switches - was.context_switches
        if now.cpu_time - was.cpu_time > self.HARDLY * max(passed, TICK / 10):
            self._woken[thread] = 0
        elif woken and not now.runnable:
            self._woken[thread] = self._woken.get(thread, 0) + woken if sleeps(thread) else 0
        often = self._woken.get(thread, 0)
        return often >= max(self.MANY, self.OFTEN * self._passed)


def starved(before: Sample | None, now: Sample | None, wall: float) -> float:
    """For how many of the ``wall`` seconds between two samples the machine had no time.

    In that time the submission could have run and did not, or the thread that takes the samples
    had to wait. While threads of a submission wait for each other, one of them runs: that does not
    count.
    """
    if before is None or now is None:
        return 0.0
    unused = wall - max(now.cpu_time - before.cpu_time, 0.0)
    delay = max(now.own_delay - before.own_delay, 0.0)
    return max(unused if before.ready and now.ready else min(delay, unused), 0.0)


def run_out(deadline: Deadline, tick: float = TICK) -> None:
    """Wait until a deadline is over."""
    while not deadline.over():
        time.sleep(tick)


def wait_still(
    sample: Sampler, seconds: float, *, cap: float = CAP, patience: Patience | None = None
) -> bool:
    """Wait until the submission has been still for so long; False when it never was.

    Where the system does not tell, this waits five times as long by the wall clock.
    """
    # An honest server digests what it got in far less than half a second of processor time.
    limits = {"quiet": seconds, "budget": seconds + 0.5, "cap": cap, "wall": 5 * seconds}
    deadline = Deadline(sample, **limits, patience=patience)
    run_out(deadline, min(TICK, seconds / 4))
    return deadline.reason in ("quiet", "ended") or sample() is None
