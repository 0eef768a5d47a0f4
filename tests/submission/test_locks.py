"""Which thread waits for which lock, and who holds it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from support.sources import line, read, stack

from grader.submission.locks import Wait, waits
from grader.submission.stacks import Stack

GLOBAL = """\
import threading
users_lock = threading.Lock()
def send():
    with users_lock:  # waits
        users.clear()
def relay():
    with users_lock:  # takes
        users.append(1)
        send()  # inside
def other():
    with names_lock:  # takes another
        send()  # inside another
def parameter(users_lock):
    with users_lock:  # takes its own
        send()  # inside its own
def variable():
    users_lock = threading.Lock()
    with users_lock:  # takes a variable
        send()  # inside a variable
def one_line():
    with users_lock: users.append(1)  # both
def acquired():
    users_lock.acquire(timeout=1)  # acquires in time
    users_lock.acquire()  # acquires
    try:
        send()  # inside acquired
    finally:
        users_lock.release()
    send()  # inside acquired still
    users_lock.release()
    send()  # released
"""
ONE_OBJECT = """\
class Server:
    def send(self):
        with self.lock:  # waits
            pass
    def relay(self):
        with self.lock:  # takes
            self.send()  # inside
def main():
    Server().relay()
main()
"""
MANY_OBJECTS = ONE_OBJECT.replace("Server().relay()", "for _ in 1, 2: Server().relay()")
TWO_OBJECTS = f"{ONE_OBJECT}Server()\n"
REENTRANT = GLOBAL.replace("Lock()\ndef send", "RLock()\ndef send")


def here(source: str, *frames: tuple[str, str], thread: str = "one") -> Stack:
    """A thread that waits in send(), called from these."""
    return stack(source, ("send", "# waits"), *frames, thread=thread)


@pytest.mark.parametrize(
    ("source", "outer", "holds"),
    [
        (GLOBAL, ("relay", "# inside"), True),
        (GLOBAL, ("other", "# inside another"), False),
        (GLOBAL, ("parameter", "# inside its own"), False),
        (GLOBAL, ("variable", "# inside a variable"), False),
        (REENTRANT, ("relay", "# inside"), False),
        (ONE_OBJECT, ("relay", "# inside"), True),
        (MANY_OBJECTS, ("relay", "# inside"), False),
        (TWO_OBJECTS, ("relay", "# inside"), False),
    ],
)
def test_who_waits_for_itself(source: str, outer: tuple[str, str], holds: bool) -> None:
    """A thread holds the lock that it waits for where the name can only mean the same one."""
    (wait,) = waits(read(source), [here(source, outer)])
    assert (wait.thread, wait.at.line) == ("one", line(source, "# waits"))
    assert wait.by_itself is holds
    assert (wait.taken.line if wait.taken else 0) == (line(source, "# takes") if holds else 0)


def test_who_holds_it() -> None:
    """Another thread holds the lock; it need not wait itself."""
    holder = stack(GLOBAL, ("relay", "# inside"), thread="two")
    (wait,) = waits(read(GLOBAL), [here(GLOBAL), holder])
    assert (wait.thread, wait.holder, wait.by_itself) == ("one", "two", False)
    assert wait.taken and wait.taken.line == line(GLOBAL, "# takes")


@pytest.mark.parametrize(
    ("mark", "holds"),
    [("# inside acquired", True), ("# inside acquired still", True), ("# released", False)],
)
def test_who_has_acquired_it(mark: str, holds: bool) -> None:
    """Behind acquire() a thread holds the lock until the same block releases it."""
    holder = stack(GLOBAL, ("acquired", mark), thread="two")
    (wait,) = waits(read(GLOBAL), [here(GLOBAL), holder])
    assert (wait.taken.line if wait.taken else 0) == (line(GLOBAL, "# acquires") if holds else 0)


def test_who_waits_in_acquire() -> None:
    """A thread can wait for a lock without a ``with``."""
    waiting = stack(GLOBAL, ("acquired", "# acquires"), thread="one")
    (wait,) = waits(read(GLOBAL), [waiting])
    assert (wait.lock, wait.at.line) == ("users_lock", line(GLOBAL, "# acquires"))


def test_threads_of_one_name() -> None:
    """Two threads of the same name are two threads."""
    holder = stack(GLOBAL, ("relay", "# inside"), thread="one")
    (wait,) = waits(read(GLOBAL), [here(GLOBAL), holder])
    assert wait.taken and not wait.by_itself


def test_deadlock_comes_first() -> None:
    """Of all that wait, who waits for itself is the one to tell."""
    stuck = here(GLOBAL, ("relay", "# inside"), thread="two")
    found = waits(read(GLOBAL), [here(GLOBAL), stuck])
    assert [(wait.thread, wait.by_itself) for wait in found] == [("two", True), ("one", False)]


@pytest.mark.parametrize(
    "waiting",
    [
        replace(here(GLOBAL), still=False),
        replace(here(GLOBAL), called=("thread.py", "threading.py")),
        stack(GLOBAL, ("one_line", "# both")),
        stack(GLOBAL, ("acquired", "# acquires in time")),
        stack(GLOBAL, ("relay", "# inside")),
        stack(GLOBAL, ("elsewhere", "# waits")),
    ],
)
def test_who_does_not_wait(waiting: Stack) -> None:
    """Who moves on, or may be inside already, is not said to wait; nor is one at acquire()."""
    assert waits(read(GLOBAL), [waiting]) == ()


def test_condition() -> None:
    """Who waits for a lock may be in a function of the threading module."""
    waiting = replace(here(GLOBAL), called=("threading.py",))
    assert waits(read(GLOBAL), [waiting]) == (Wait("one", "users_lock", waiting.frames[0]),)
