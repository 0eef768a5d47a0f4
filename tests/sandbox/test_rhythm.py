"""Deadlines of programs in which a thread wakes often by the clock alone."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

import pytest
from support.worlds import IDLE

from grader.sandbox import clock
from grader.sandbox.clock import TICK, Rhythm, Sample, ThreadSample

BEATS, WORKS = 1, 2  # two threads


@pytest.fixture(autouse=True)
def _asleep(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "sleeps", lambda thread: thread == BEATS)


def samples(woken: int, used: float, worked: int = 0) -> Iterator[Sample]:
    """A program whose one thread beats and whose other one works now and then."""
    beats, works = ThreadSample(False, 0, 0.0), ThreadSample(False, 0, 0.0)
    while True:
        yield dataclasses.replace(
            IDLE,
            context_switches=beats.context_switches + works.context_switches,
            cpu_time=beats.cpu_time + works.cpu_time,
            threads={BEATS: beats, WORKS: works},
        )
        beats = ThreadSample(False, beats.context_switches + woken, beats.cpu_time + used)
        works = ThreadSample(False, works.context_switches + worked, works.cpu_time)


def moved(source: Iterator[Sample], ticks: int) -> int:
    """How often something but a rhythm was seen, in the last half of so many ticks."""
    rhythm, before, count = Rhythm(), next(source), 0
    for number in range(ticks):
        now = next(source)
        was, is_ = rhythm.without(before, now, TICK)
        before = now
        differs = was.context_switches != is_.context_switches or was.cpu_time < is_.cpu_time
        count += number >= ticks // 2 and differs
    return count


def test_who_beats_is_at_rest() -> None:
    """A thread that wakes each tick for next to nothing is soon passed over."""
    assert moved(samples(woken=1, used=0.01 * TICK), 40) == 0


def test_who_works_beside_it_is_not() -> None:
    """What another thread does is seen all the same."""
    assert moved(samples(woken=1, used=0.01 * TICK, worked=1), 40) == 20


def test_who_uses_the_processor_is_not_at_rest() -> None:
    """A thread that sleeps in between and works half of the time is no rhythm."""
    assert moved(samples(woken=1, used=0.5 * TICK), 40) == 20


def test_slow_steps_are_no_rhythm() -> None:
    """A thread that sleeps before each thing that it sends is waited for."""
    rhythm = Rhythm()
    before = next(samples(0, 0.0))
    for number in range(1, 20):
        thread = ThreadSample(False, number, 0.0)
        now = dataclasses.replace(IDLE, context_switches=number, threads={BEATS: thread})
        was, is_ = rhythm.without(before, now, passed=0.3)
        assert was.context_switches != is_.context_switches
        before = now


def test_samples_without_threads() -> None:
    """Where nothing is told of single threads the samples stay as they are."""
    now = dataclasses.replace(IDLE, context_switches=5, runnable=True)
    assert Rhythm().without(IDLE, now, TICK) == (IDLE, now)
