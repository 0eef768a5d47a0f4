"""A program that is traced: its lines are told, and one of its threads can be held."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from support import worlds

from grader.chat.program import Program
from grader.sandbox.tracing import Lines, Ran, Tracing

pytestmark = worlds.needs_posix

PROGRAM = """\
import threading

def serve(word):
    for letter in word:
        print(letter)

def start(word):
    thread = threading.Thread(target=serve, args=(word,))
    thread.start()
    return thread

while word := input():
    start(word).join()
"""
SERVE = ("program.py", 4, "serve")


@contextmanager
def traced(folder: Path, source: str = PROGRAM) -> Iterator[tuple[Program, Tracing]]:
    """A program that is traced, and the orders to it."""
    with worlds.process(folder, source, traced=True) as program:
        assert program.tracing is not None
        yield program, program.tracing
        program.end_input()


def told(lines: tuple[Ran, ...]) -> list[tuple[int, int]]:
    """The threads and the numbers of their lines."""
    return [(ran.thread, ran.stack[0][1]) for ran in lines]


def test_lines_are_told(tmp_path: Path) -> None:
    """Each line of the program's own is told, in order, with its thread and its callers."""
    with traced(tmp_path) as (program, tracing):
        assert tracing.arm(1, 3)
        program.type("ab")
        assert tracing.is_held(worlds.PATIENCE)
        lines = tracing.lines()
    assert [line for thread, line in told(lines.before) if thread == 1] == [4, 5, 4]
    assert lines.before[-1].stack == (SERVE,)
    assert [ran.number for ran in lines.before if ran.thread == 1] == [1, 2, 3]


def test_a_thread_is_held_until_it_may_go(tmp_path: Path) -> None:
    """A thread stands before its line until it is let go; what others run is told apart."""
    with traced(tmp_path) as (program, tracing):
        tracing.arm(1, 2)
        program.type("a")
        assert tracing.is_held(worlds.PATIENCE)
        assert "a" not in program._stdout.text
        tracing.go()
        program.type("")
        assert program.wait(worlds.patient()) == 0
        lines = tracing.lines()
    assert lines == Lines(())  # it has ended
    assert program._stdout.text.rstrip().endswith("a")


def test_a_line_that_is_not_reached(tmp_path: Path) -> None:
    """Nobody is held where the thread has fewer lines; to let go nobody is no harm."""
    with traced(tmp_path) as (_program, tracing):
        tracing.arm(5, 100)
        tracing.go()
        assert not tracing.is_held(0)
        assert tracing.lines() == Lines(())
        assert tracing.works


@pytest.mark.parametrize("garbage", ["nonsense", "1\t2", "1\t2\tx\ta.py\t3\tf", "1\t2\t0.5"])
def test_what_no_tracer_writes_is_no_line(garbage: str, tmp_path: Path) -> None:
    """A program that writes to the tracer's socket itself adds nothing."""
    forge = f"import os, time\nos.write(252, {garbage!r}.encode() + b'\\n')\nprint('done')\ninput()"
    with traced(tmp_path, forge) as (program, tracing):
        while "done" not in program._stdout.text:
            pass
        tracing.arm()
        assert tracing.lines().before == ()


def test_who_has_closed_the_socket_is_not_traced(tmp_path: Path) -> None:
    """A program that closes all its descriptors runs on; there are no lines."""
    with traced(tmp_path, "import os\nos.closerange(3, 300)\nprint('done')\ninput()") as (
        program,
        tracing,
    ):
        while "done" not in program._stdout.text:
            pass
        assert not tracing.arm()
        assert not tracing.works
        assert program.alive
