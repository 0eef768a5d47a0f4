"""Grades what is due on an executor, and hands on each outcome as soon as it is there.

The executor may be one of this machine (threads, each with a process for every grading) or of a
cluster: nothing here knows. Tasks begin in the order in which they are given, whatever comes of
others. At most so many are under way at a time: what has not begun costs nothing.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import FIRST_COMPLETED, Executor, Future, ThreadPoolExecutor, wait
from typing import Protocol

from grader.classroom.engine import process
from grader.classroom.engine.task import Outcome, Task

GLANCE = 0.5  # seconds after which Ctrl+C is noticed on every system
Due = tuple[str, Callable[[], Task]]  # a digest, and what makes its task: files are read late


class Watching(Protocol):
    """What is told how far a class has got."""

    def began(self, digest: str) -> None:
        """A grading is under way, or will be as soon as there is a place."""

    def glance(self) -> None:
        """Some time has gone by."""


def local(jobs: int) -> Executor:
    """Grade on this machine: so many at a time, each in a process of its own."""
    return ThreadPoolExecutor(jobs, thread_name_prefix="grading")


def outcomes(
    due: Iterable[Due], executor: Executor, at_once: int, watching: Watching
) -> Generator[tuple[str, Outcome], None, None]:
    """Grade all that is due; yields a digest and its outcome, in the order in which they come.

    Whoever stops listening, as for Ctrl+C, stops the gradings: those under way are told to end.
    """
    waiting = deque(due)
    under_way: dict[Future[Outcome], str] = {}
    try:
        while waiting or under_way:
            while waiting and len(under_way) < at_once:
                digest, make = waiting.popleft()
                under_way[executor.submit(process.grade, make())] = digest
                watching.began(digest)
            done, _rest = wait(under_way, GLANCE, FIRST_COMPLETED)
            watching.glance()
            for future in done:
                yield under_way.pop(future), _outcome(future)
    except BaseException:
        _stop(executor, under_way)
        raise


def _outcome(future: Future[Outcome]) -> Outcome:
    try:
        return future.result()
    except Exception as error:  # noqa: BLE001 (a lost worker, say: nobody else is harmed by it)
        return Outcome(failure=f"{type(error).__name__}: {error}")


def _stop(executor: Executor, under_way: Iterable[Future[Outcome]]) -> None:
    for future in under_way:
        future.cancel()
    process.stop()
    last = threading.Timer(process.PATIENCE, process.stop_now)
    last.daemon = True
    last.start()
    executor.shutdown(wait=True, cancel_futures=True)
    last.cancel()
    process.again()
