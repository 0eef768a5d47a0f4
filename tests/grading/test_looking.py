"""What is found in programs after a failure."""

from __future__ import annotations

from pathlib import Path

from support import worlds
from support.made_up import happened
from support.worlds import needs_posix

from grader.chat.program import Program
from grader.fact import fact
from grader.grading.causes import Cause
from grader.grading.looking import Found, look
from grader.result.check import Place, Raised, Standing
from grader.result.verdict import EventKind

RAISED = Raised(Place("program.py", 7), "users[nme]", "NameError", "no nme", "", "")

DEADLOCK = """\
import threading
lock = threading.Lock()
def relay():
    with lock:
        pass
def serve():
    with lock:
        print("in", flush=True)
        relay()
threading.Thread(target=serve, name="serving", daemon=True).start()
input()
"""


def runs(program: Program) -> Program:
    """The program once all of its threads stand where they will."""
    for _look in range(1000):
        stacks = program.stacks()
        inner = [stack.frames[0].function for stack in stacks if stack.still]
        if sorted(inner) == ["<module>", "relay"]:
            return program
    raise AssertionError(f"expected both threads at rest, got {stacks}")


@needs_posix
def test_threads_of_a_program_that_runs(tmp_path: Path) -> None:
    """Where its threads stand, and what shows by that."""
    with worlds.process(tmp_path, DEADLOCK) as program:
        found = look([runs(program)], missing=True)
    assert found.raised == ()
    assert found.standing == (
        Standing("serving", Place("program.py", 4), "with lock:"),
        Standing("MainThread", Place("program.py", 11), "input()"),
    )
    assert found.cause is not None
    assert found.cause.fact == fact("waits-for-itself", lock="lock", line=4, taken=7)
    assert found.place == Place("program.py", 4)


@needs_posix
def test_nobody_asks_where_nothing_is_missing(tmp_path: Path) -> None:
    """What came and should not have come is not for lack of a thread."""
    with worlds.process(tmp_path, DEADLOCK) as program:
        found = look([runs(program)], missing=False)
    assert found == Found(sources={"program.py": DEADLOCK})


def test_program_that_has_ended(tmp_path: Path) -> None:
    """Of a program that is gone there is what it said."""
    with worlds.process(tmp_path, "import threading\n1 / 0\n") as program:
        assert program.wait(worlds.patient()) is not None
    found = look([program], missing=True)
    assert [one.error for one in found.raised] == ["ZeroDivisionError"]
    assert (found.standing, found.cause) == ((), None)
    assert found.place == Place("program.py", 2)


def test_without_programs() -> None:
    """A check may fail before it has started any."""
    assert look([], missing=True) == Found()


def test_what_was_raised_by_then() -> None:
    """An exception that came later is not why something came that should not have."""
    found = Found((RAISED,), (), Cause(fact("main-thread"), Place("program.py", 1)), {"a.py": ""})
    said = happened(EventKind.COMPLAINS, "server", "Traceback ...\nNameError: no nme\n")
    assert found.by_then([said]) == Found((RAISED,), sources={"a.py": ""})
    assert found.by_then([happened(EventKind.GETS, "bob", "NameError")]).raised == ()


def test_task_of_a_line() -> None:
    """The task is that of the function of the skeleton which the line is in."""
    text = (worlds.ROOT / "lab4" / "tcp_server.py").read_text(encoding="utf-8")
    line = text[: text.index("def relay(")].count("\n") + 2
    found = Found(sources={"tcp_server.py": text})
    assert found.task_of(Place("tcp_server.py", line)) == 6
    assert found.task_of(Place("other.py", line)) is None
    assert found.task_of(None) is None
