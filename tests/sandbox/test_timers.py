"""Which threads sleep by the clock."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from support import worlds

from grader.sandbox import activity, clock, timers
from grader.sandbox.clock import Sample

pytestmark = [
    worlds.needs_proc,
    pytest.mark.skipif(not timers.known(), reason="this machine's system calls are not known"),
]
WAKES = {
    "sleep": "while True: time.sleep(0.001)",
    "event": "while not threading.Event().wait(0.001): pass",
    "select": "while True: select.select([], [], [], 0.001)",
}


@pytest.mark.parametrize("loop", WAKES.values(), ids=WAKES)
def test_program_that_wakes_each_millisecond_is_still(loop: str, tmp_path: Path) -> None:
    """A program whose main thread wakes each millisecond is found at rest."""
    source = f"import select, threading, time\nprint('ready', flush=True)\n{loop}"
    heard = threading.Event()
    with worlds.process(tmp_path, source, heard=lambda _: heard.set()) as process:
        assert heard.wait(worlds.PATIENCE)

        def sample() -> Sample | None:
            return activity.sample([process.await_pid()])

        assert clock.wait_still(sample, 0.02, cap=worlds.PATIENCE)


def test_thread_that_waits_for_data_does_not_sleep() -> None:
    """A thread that waits until something comes does not sleep by the clock."""
    reading, writing = os.pipe()
    thread = threading.Thread(target=os.read, args=(reading, 1))
    thread.start()
    try:
        assert thread.native_id is not None
        assert not timers.sleeps(thread.native_id)
    finally:
        os.write(writing, b"x")
        thread.join()
        os.close(reading)
        os.close(writing)


def test_thread_that_is_gone_does_not_sleep() -> None:
    """Of a thread that is gone nothing is told."""
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()
    assert thread.native_id is not None
    assert not timers.sleeps(thread.native_id)
