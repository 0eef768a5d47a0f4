"""Programs with tasks that are not written: what a chat hears of them."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import programs, worlds
from support.worlds import needs_proc, world_with

from grader.chat.failure import Failure
from grader.result.check import Place

LAST_WORDS = """
import socket, sys, threading
def serve(connection):
    connection.close()
    sum(range(10**6))
    raise NotImplementedError("task 4: ask for the name")
listener = socket.create_server(("127.0.0.1", int(sys.argv[4])))
while True:
    threading.Thread(target=serve, args=listener.accept()[:1]).start()
"""


@needs_proc
def test_last_words_are_heard(tmp_path: Path) -> None:
    """What a thread says once its connection has ended is known to whoever waits for it."""
    with world_with(tmp_path, "tcp", LAST_WORDS) as world:
        alice = world.newcomer("alice")
        alice.connect()
        alice.read_to_end(worlds.patient())
        world.hear_out()
        (task,) = world.unwritten()
    assert (task.number, task.title) == (4, "ask for the name")
    assert task.place == Place("tcp_server.py", 6)


@pytest.mark.parametrize("task", ["task 8: connect", "task 999999: come"])
def test_task_of_another_file(task: str, tmp_path: Path) -> None:
    """A server that names a task that is not one of its own is not believed."""
    with world_with(tmp_path, "tcp", f"raise NotImplementedError({task!r})") as world:
        with pytest.raises(Failure):
            world.start_server()
        world.hear_out()
        assert world.unwritten() == []


def test_program_that_never_rests_is_not_waited_for(tmp_path: Path) -> None:
    """A server that computes without end keeps nobody waiting for its last words."""
    spinning = programs.TCP_SERVER + "\nwhile True: pass"
    with world_with(tmp_path, "tcp", spinning) as world:
        world.start_server(ready=False)
        world.hear_out()
        assert world.unwritten() == []


@pytest.mark.parametrize(("source", "left"), [(LAST_WORDS, True), (programs.TCP_SERVER, False)])
def test_unfinished(source: str, left: bool, tmp_path: Path) -> None:
    """A program with a gap in its file is unfinished."""
    with world_with(tmp_path, "tcp", source) as world:
        world.start_server(ready=False)
        assert world.is_unfinished() is left
