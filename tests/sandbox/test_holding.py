"""One thread held still while all others go on."""

from __future__ import annotations

import os
import threading
from pathlib import Path

import pytest
from support import worlds

from grader.sandbox import activity, clock, holding, waiting
from grader.sandbox.box import scratch_folder
from grader.sandbox.clock import Sample

pytestmark = [
    worlds.needs_linux,
    worlds.needs_proc,
    pytest.mark.skipif(not waiting.tells(os.getpid()), reason="the system tells too little"),
]
# Two threads: each echoes what comes to its pipe.
ECHO = """\
import os, threading
def echo(pipe):
    while data := os.read(pipe, 9):
        print(data.decode(), flush=True)
one, to_one = os.pipe()
two, to_two = os.pipe()
for pipe in (one, two):
    threading.Thread(target=echo, args=(pipe,), daemon=True).start()
print(os.readlink(f"/proc/self/fd/{one}"), flush=True)
for line in iter(input, ""):
    os.write(to_one if line == "one" else to_two, line.encode())
"""


def test_others_go_on(tmp_path: Path) -> None:
    """What a held thread has to do is done once it is let go; the others do theirs at once."""
    script = tmp_path / "program.py"
    script.write_text(ECHO, encoding="utf-8")
    with scratch_folder() as scratch, worlds.started(script, scratch) as process:
        name, pid = process.stdout.readline().decode().strip(), process.await_pid()

        def sample() -> Sample | None:
            return activity.sample([pid])

        assert clock.wait_still(sample, 0.02, cap=worlds.PATIENCE)
        (mine,) = [w for w in waiting.waiters([pid]) if name in w.files]
        with holding.held(mine.thread) as is_held:
            assert is_held
            process.stdin.write(b"one\n")
            assert clock.wait_still(sample, 0.02, cap=worlds.PATIENCE)
            process.stdin.write(b"two\n")
            assert process.stdout.readline() == b"two\n"
        assert process.stdout.readline() == b"one\n"


def test_program_that_ends_meanwhile(tmp_path: Path) -> None:
    """A program that is ended while one of its threads is held is gone."""
    script = tmp_path / "program.py"
    script.write_text(ECHO, encoding="utf-8")
    with scratch_folder() as scratch, worlds.started(script, scratch) as process:
        name, pid = process.stdout.readline().decode().strip(), process.await_pid()
        assert clock.wait_still(lambda: activity.sample([pid]), 0.02, cap=worlds.PATIENCE)
        (mine,) = [w for w in waiting.waiters([pid]) if name in w.files]
        with holding.held(mine.thread):
            process.kill()
        assert process.wait(worlds.PATIENCE) is not None


def test_thread_that_is_gone() -> None:
    """A thread that has ended cannot be held."""
    thread = threading.Thread(target=int)
    thread.start()
    thread.join()
    assert thread.native_id is not None
    with holding.held(thread.native_id) as is_held:
        assert not is_held
