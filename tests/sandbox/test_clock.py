"""Deadlines: what counts as the submission's time and what does not."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest
from support.worlds import GONE, IDLE

from grader.sandbox import clock
from grader.sandbox.clock import TICK, Deadline, Sample


class Time:
    """A clock that goes only when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def time(monkeypatch: pytest.MonkeyPatch) -> Time:
    made = Time()
    monkeypatch.setattr(clock, "time", made)
    return made


def ticks(deadline: Deadline, time: Time, most: int = 10_000, each: float = TICK) -> int:
    """After how many ticks the deadline is over; ``most`` when it is not."""
    for number in range(most):
        if deadline.over():
            return number
        time.now += each
    return most


def growing(**step: float) -> Callable[[], Sample]:
    """Looks that grow by a step each time."""
    seen = [IDLE]

    def sample() -> Sample:
        last = seen[-1]
        seen.append(dataclasses.replace(last, **{k: getattr(last, k) + v for k, v in step.items()}))
        return seen[-1]

    return sample


def test_idle_process_runs_the_clock_down(time: Time) -> None:
    """A process that is still for as long as `quiet` is not waited for any longer."""
    deadline = Deadline(lambda: IDLE, quiet=0.5)
    assert ticks(deadline, time) == pytest.approx(0.5 / TICK, abs=2)
    assert deadline.reason == "quiet"


def test_runnable_process_stops_the_clock(time: Time) -> None:
    """A process that waits for a processor and gets none loses no time."""
    waiting = dataclasses.replace(IDLE, runnable=True)
    deadline = Deadline(lambda: waiting, quiet=0.1, budget=0.1, cap=1e9)
    assert ticks(deadline, time, 5000) == 5000


def test_stir_starts_the_stillness_anew(time: Time) -> None:
    """A process that stirs is not quiet, though each tick is counted as its time."""
    deadline = Deadline(growing(context_switches=1), quiet=0.1, budget=2.0)
    assert ticks(deadline, time) == pytest.approx(2.0 / TICK, abs=2)
    assert deadline.reason == "busy"


def test_processor_time_is_limited(time: Time) -> None:
    """A process that computes is ended by the processor time that it was given."""
    deadline = Deadline(growing(cpu_time=0.01, context_switches=1), quiet=0.1, budget=1.0)
    assert ticks(deadline, time) == pytest.approx(100, abs=2)
    assert deadline.reason == "busy"


def test_waiting_for_a_processor_is_not_processor_time(time: Time) -> None:
    """Half a tick of processor time in each tick counts as half a tick."""
    deadline = Deadline(growing(cpu_time=TICK / 2), quiet=0.1, budget=1.0)
    assert ticks(deadline, time) == pytest.approx(1.0 / (TICK / 2), abs=2)


def test_cap_ends_everything(time: Time) -> None:
    """There is an end, whatever the process does: this one says that it waits for a disk."""
    stuck = dataclasses.replace(IDLE, runnable=True)
    deadline = Deadline(lambda: stuck, cap=3.0)
    assert ticks(deadline, time) == pytest.approx(3.0 / TICK, abs=2)
    assert deadline.reason == "time"


STARVED = dataclasses.replace(IDLE, runnable=True, ready=True)


def test_time_without_a_processor_is_not_counted(time: Time) -> None:
    """A process that the machine has no time for is waited for longer, and not to blame."""
    patience = clock.Patience()
    deadline = Deadline(lambda: STARVED, cap=3.0, patience=patience)
    assert ticks(deadline, time, 100_000) == pytest.approx(clock.LONGEST / TICK, abs=2)
    assert deadline.reason == "starved"
    assert patience == clock.Patience(starved=True)


def test_half_a_processor_counts_half(time: Time) -> None:
    """Of a process that gets a processor for half of the time, half of the time counts."""
    sample = growing(cpu_time=TICK / 2)
    deadline = Deadline(lambda: dataclasses.replace(sample(), ready=True), budget=1e9, cap=3.0)
    assert ticks(deadline, time) == pytest.approx(6.0 / TICK, abs=2)
    assert deadline.reason == "time"


def test_threads_in_each_others_way_have_no_more_time(time: Time) -> None:
    """Where one thread runs all the time, that others wait for a processor changes nothing."""
    sample = growing(cpu_time=TICK, run_delay=50 * TICK)
    deadline = Deadline(lambda: dataclasses.replace(sample(), ready=True), budget=1e9, cap=3.0)
    assert ticks(deadline, time) == pytest.approx(3.0 / TICK, abs=2)


def test_time_in_which_the_grader_had_no_processor_is_not_counted(time: Time) -> None:
    """While a process is busy, the time for which the grader was kept from looking is nobody's."""
    sample = growing(own_delay=TICK / 2, context_switches=1)
    deadline = Deadline(sample, budget=1e9, cap=3.0)
    assert ticks(deadline, time) == pytest.approx(6.0 / TICK, abs=2)
    assert deadline.reason == "time"


@pytest.mark.parametrize(
    ("before", "now", "seconds"),
    [
        (STARVED, STARVED, 1.0),
        (IDLE, STARVED, 0.0),
        (STARVED, IDLE, 0.0),
        (STARVED, dataclasses.replace(STARVED, cpu_time=0.25), 0.75),
        (STARVED, dataclasses.replace(STARVED, cpu_time=2.0), 0.0),
        (dataclasses.replace(STARVED, cpu_time=2.0), STARVED, 1.0),  # one of several has ended
        (IDLE, dataclasses.replace(IDLE, own_delay=0.25), 0.25),
        (IDLE, dataclasses.replace(IDLE, own_delay=0.25, cpu_time=0.875), 0.125),
        (IDLE, dataclasses.replace(IDLE, own_delay=3.0), 1.0),
        (dataclasses.replace(IDLE, own_delay=3.0), IDLE, 0.0),  # another thread looks
        (None, STARVED, 0.0),
        (STARVED, None, 0.0),
    ],
)
def test_of_a_second_the_machine_had_no_time_for(
    before: Sample | None, now: Sample | None, seconds: float
) -> None:
    """Time is missing if the submission, or who looks at it, wanted a processor and had none."""
    assert clock.starved(before, now, 1.0) == seconds


def test_ended_process_is_not_waited_for(time: Time) -> None:
    """From a process that is gone nothing can come."""
    deadline = Deadline(lambda: GONE)
    assert ticks(deadline, time) == 0
    assert deadline.reason == "ended"


def test_wall_clock_where_the_system_does_not_tell(time: Time) -> None:
    """Without looks, the wall clock decides."""
    deadline = Deadline(lambda: None, wall=2.0)
    assert ticks(deadline, time) == pytest.approx(2.0 / TICK, abs=2)
    assert deadline.reason == "time"


@pytest.mark.parametrize("sample", [IDLE, None])
def test_late_tick_counts_as_two_at_most(time: Time, sample: Sample | None) -> None:
    """When the grader itself was kept waiting, that is not the submission's time."""
    deadline = Deadline(lambda: sample, quiet=1.0, wall=1.0, cap=1e9)
    assert ticks(deadline, time, each=1.0) == pytest.approx(1.0 / (2 * TICK), abs=2)


def test_time_before_the_first_look_does_not_count(time: Time) -> None:
    """What passes between making a deadline and first asking it is nobody's time."""
    deadline = Deadline(lambda: None, wall=TICK)
    time.now += 1.0
    assert not deadline.over()


def test_reason_is_empty_until_it_is_over(time: Time) -> None:
    """A deadline that still runs has no reason."""
    deadline = Deadline(lambda: IDLE)
    ticks(deadline, time, 3)
    assert deadline.reason == ""


def test_over_stays_over(time: Time) -> None:
    """A deadline that has run out does not begin again."""
    looks = [IDLE]
    deadline = Deadline(lambda: looks[-1], quiet=0.1)
    ticks(deadline, time)
    looks.append(dataclasses.replace(IDLE, context_switches=1, runnable=True))
    assert deadline.over()


def test_wait_still_waits_for_stillness(time: Time) -> None:
    """Waiting for stillness takes as long as the process must have been still."""
    assert clock.wait_still(lambda: IDLE, 0.2)
    assert time.now - 1000.0 == pytest.approx(0.2, abs=0.03)


def test_wait_still_is_false_for_a_process_that_never_is(time: Time) -> None:
    """A process that never is still is not said to be, after half a second more."""
    assert not clock.wait_still(growing(context_switches=1), 0.2)
    assert time.now - 1000.0 == pytest.approx(0.7, abs=0.03)


def test_wait_still_has_an_end(time: Time) -> None:
    """A process that waits for a disk all the time is not waited for without end."""
    stuck = dataclasses.replace(IDLE, runnable=True)
    assert not clock.wait_still(lambda: stuck, 0.2, cap=3.0)
    assert time.now - 1000.0 == pytest.approx(3.0, abs=0.03)


@pytest.mark.usefixtures("time")
def test_wait_still_is_true_for_a_process_that_is_gone() -> None:
    """A process that is gone is still."""
    assert clock.wait_still(lambda: GONE, 0.2)


def test_wait_still_waits_longer_by_the_wall_clock(time: Time) -> None:
    """Where the system does not tell, stillness is five times as much time."""
    assert clock.wait_still(lambda: None, 0.2)
    assert time.now - 1000.0 == pytest.approx(1.0, abs=0.06)


# Patience.


def busy() -> Sample:
    """A process that computes and never rests."""
    return Sample(alive=True, runnable=True, context_switches=0, cpu_time=0.0)


def test_patience_shortens_the_deadlines_of_who_never_rests() -> None:
    """What a busy submission has used up is missing from its later deadlines."""
    patience = clock.Patience(left=0.05, least=0.02)
    first = Deadline(busy, cap=60.0, patience=patience)
    clock.run_out(first)
    assert first.reason == "time"
    assert patience.left < 0.02
    assert patience.cap(60.0) == 0.02


def test_patience_is_not_spent_while_the_machine_has_no_time(time: Time) -> None:
    """A process that computes, at a tenth of the speed, costs as much patience as a quick one."""
    patience = clock.Patience()
    sample = growing(cpu_time=TICK / 10)
    slow = Deadline(
        lambda: dataclasses.replace(sample(), ready=True), budget=1.0, patience=patience
    )
    assert ticks(slow, time) == pytest.approx(10.0 / TICK, abs=20)
    assert slow.reason == "busy"
    assert patience.left == pytest.approx(clock.Patience().left - 1.0, abs=0.03)


def test_patience_is_not_spent_on_who_rests() -> None:
    """A deadline that ends with stillness costs nothing."""
    patience = clock.Patience()
    sample = Sample(alive=True, runnable=False, context_switches=0, cpu_time=0.0)
    deadline = Deadline(lambda: sample, quiet=0.02, patience=patience)
    clock.run_out(deadline)
    assert deadline.reason == "quiet"
    assert patience == clock.Patience()


def test_patience_is_not_spent_where_nobody_tells() -> None:
    """By the wall clock alone nobody knows whether a submission was busy."""
    patience = clock.Patience()
    deadline = Deadline(lambda: None, wall=0.02, patience=patience)
    clock.run_out(deadline)
    assert patience == clock.Patience()
