"""What the threads of a process tree are doing."""

from __future__ import annotations

import contextlib
import dataclasses
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import lifelines, worlds
from support.worlds import needs_proc

from grader.sandbox import activity, clock

pytestmark = needs_proc

TWO = """\
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", {child!r}], stdin=subprocess.PIPE)
input()
"""
SLEEPER = "print('ready', flush=True); input()"
# A name that looks like the rest of the line, for a thread that sleeps.
MASKED = """\
import ctypes
ctypes.CDLL(None).prctl(15, b"x) R 1 (y", 0, 0, 0)  # PR_SET_NAME
print("ready", flush=True)
input()
"""


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[str]]:
    """A process that waits for typing."""
    yield from started(SLEEPER)


def started(source: str) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", source],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


_started = contextlib.contextmanager(started)


def calm(*pids: int) -> bool:
    """Wait until these processes are still."""
    return clock.wait_still(lambda: activity.sample(pids), 0.02, cap=worlds.PATIENCE)


def test_sleeping_process(sleeper: subprocess.Popen[str]) -> None:
    """A process that waits for typing is alive and runs nothing."""
    assert calm(sleeper.pid)
    now = activity.sample([sleeper.pid])
    assert now is not None
    assert (now.alive, now.runnable) == (True, False)
    assert now.context_switches > 0 and now.cpu_time > 0


def test_still_process_looks_the_same(sleeper: subprocess.Popen[str]) -> None:
    """Two looks at a process that does nothing do not differ."""
    assert calm(sleeper.pid)
    first, second = activity.sample([sleeper.pid]), activity.sample([sleeper.pid])
    assert first and second and first == dataclasses.replace(second, own_delay=first.own_delay)


def test_process_that_runs_is_runnable() -> None:
    """A process that is looking at itself runs."""
    now = activity.sample([os.getpid()])
    assert now is not None
    assert now.alive and now.runnable and now.ready


RIVAL = """\
import os
os.sched_setaffinity(0, [{}])
print('ready', flush=True)
while True: pass
"""


def test_waiting_for_a_processor_is_told() -> None:
    """Of two that want the same processor all the time, each is told to have waited for it."""
    rival = RIVAL.format(min(os.sched_getaffinity(0)))
    with contextlib.ExitStack() as stack:
        pids = [stack.enter_context(_started(rival)).pid for _ in range(2)]
        for pid in pids:
            now = activity.sample([pid])
            while now is not None and now.alive and now.run_delay < 0.05:
                now = activity.sample([pid])
            assert now is not None and now.alive and now.ready


def test_waiting_of_who_looks_is_told() -> None:
    """A thread that wants a processor which somebody else uses is told to have waited for it."""
    mine = os.sched_getaffinity(0)
    with _started(RIVAL.format(min(mine))) as rival:
        os.sched_setaffinity(0, [min(mine)])  # of this thread alone
        try:
            first = now = activity.sample([rival.pid])
            while first and now and now.alive and now.own_delay < first.own_delay + 0.05:
                now = activity.sample([rival.pid])
            assert now is not None and now.alive
        finally:
            os.sched_setaffinity(0, mine)


def test_name_of_a_program_does_not_matter() -> None:
    """A program that gives itself a name like a state is not taken for it."""
    for process in started(MASKED):
        assert calm(process.pid)
        now = activity.sample([process.pid])
        assert now is not None
        assert (now.alive, now.runnable) == (True, False)


def test_descendants_are_looked_at_too(tmp_path: Path) -> None:
    """What a process has started counts as its own doing."""
    with lifelines.lifeline(tmp_path) as line:
        spinning = line.source + "while True: pass"
        with worlds.process(tmp_path, TWO.format(child=spinning)) as parent:
            (child,) = line.come()
            now = activity.sample([parent.await_pid()])
            assert activity.descendants(parent.await_pid()) == {child}
            assert now is not None and now.runnable


def test_grandchildren_are_children(tmp_path: Path) -> None:
    """Descendants are found at any depth."""
    with lifelines.lifeline(tmp_path) as line:
        child = line.source + TWO.format(child=line.source + "input()")
        with worlds.process(tmp_path, TWO.format(child=child)) as parent:
            both = set(line.come(2))
            assert activity.descendants(parent.await_pid()) == both


def test_process_without_children(sleeper: subprocess.Popen[str]) -> None:
    """A process that has started nothing has no descendants."""
    assert activity.descendants(sleeper.pid) == set()


def test_process_that_is_gone(sleeper: subprocess.Popen[str]) -> None:
    """A process that is gone is not alive, and has neither threads nor children."""
    sleeper.kill()
    sleeper.wait()
    now = activity.sample([sleeper.pid])
    assert now is not None and not now.alive
    assert activity.switches_by_thread(sleeper.pid) == {}
    assert activity.descendants(sleeper.pid) == set()


def test_zombie_is_not_alive(sleeper: subprocess.Popen[str]) -> None:
    """A process that has ended, and that nobody has asked for its status yet, is not alive."""
    sleeper.kill()
    os.waitid(os.P_PID, sleeper.pid, os.WEXITED | os.WNOWAIT)
    now = activity.sample([sleeper.pid])
    assert now is not None and not now.alive


def test_threads_are_told_apart() -> None:
    """Only the thread that was woken has stirred."""
    source = """\
import os, threading
read, write = os.pipe()
threading.Thread(target=os.read, args=(read, 1), daemon=True).start()
print("ready", flush=True)
input()
input()
"""
    for process in started(source):
        assert calm(process.pid)
        before = activity.switches_by_thread(process.pid)
        assert len(before) == 2
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
        assert calm(process.pid)
        after = activity.switches_by_thread(process.pid)
        assert [tid for tid in after if after[tid] != before[tid]] == [process.pid]


def test_disabled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system does not tell, there is no sample, and that is said."""
    monkeypatch.setattr(activity, "_supported", True)  # put back afterwards
    activity.disable()
    assert not activity.supported()
    assert activity.sample([os.getpid()]) is None
    assert activity.switches_by_thread(os.getpid()) == {}
    assert activity.descendants(os.getpid()) == set()
