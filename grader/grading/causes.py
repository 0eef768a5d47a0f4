"""Why something is missing, where the source and the threads of a program show it beyond doubt.

For the explanation alone: no verdict depends on it. A program can lie about its threads and its
exceptions, to nobody but itself.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from grader.fact import Fact, fact
from grader.result.check import Place, Raised
from grader.submission import locks, loops, returns, threads_made
from grader.submission.stacks import FIRST, Stack
from grader.submission.tasks import task_of
from grader.submission.threads_made import Made, Use
from grader.submission.tree import Module, modules

MISFITS = {"AttributeError", "TypeError"}
NAMED_AFTER = re.compile(r".*\((\w+)\)")  # a thread without a name of its own: "Thread-1 (serve)"
UNSTARTED = {
    Use.FORGOTTEN: "thread-not-started",
    Use.NOT_CALLED: "start-not-called",
    Use.RUN: "run-for-start",
}


@dataclass(frozen=True)
class Cause:
    """What is wrong, and the line where."""

    fact: Fact
    place: Place


@dataclass(frozen=True)
class _Known:
    """All that is known of a program."""

    sources: Mapping[str, str]
    modules: Sequence[Module]
    stacks: Sequence[Stack]
    raised: Sequence[Raised]


def causes(
    sources: Mapping[str, str], stacks: Sequence[Stack], raised: Sequence[Raised]
) -> tuple[Cause, ...]:
    """All causes that show, the surest first.

    ``sources`` are the program's files, ``stacks`` and ``raised`` what was seen of its threads.
    """
    try:
        known = _Known(sources, modules(sources), stacks, raised)
        return tuple(cause for look in LOOKS for cause in look(known))
    except RecursionError:  # what nests so deep is not read
        return ()


def _arguments(known: _Known) -> Iterator[Cause]:
    """A thread whose function cannot be called: the traceback has no line of the program's."""
    for one in known.raised:
        named = NAMED_AFTER.fullmatch(one.thread) if one.place is None else None
        made = [m for m in threads_made.made(known.modules) if named and m.target == named[1]]
        if len(made) == 1 and one.error == "TypeError":
            yield _of(made[0], "thread-arguments")


def _misled(known: _Known) -> Iterator[Cause]:
    """A thread that ends in what the skeleton gives: it was called with something else."""
    for one in known.raised:
        named = NAMED_AFTER.fullmatch(one.thread)
        if not named or not one.place or one.error not in MISFITS:
            continue
        made = [m for m in threads_made.made(known.modules) if m.target == named[1]]
        given = not _is_in_a_task(known, one.place.file, one.place.line)
        if given and len(made) == 1 and _is_in_a_task(known, made[0].file, made[0].line):
            yield _of(made[0], "thread-misled")


def _is_in_a_task(known: _Known, file: str, line: int) -> bool:
    return task_of(file, known.sources.get(file, ""), line) is not None


def _called(known: _Known) -> Iterator[Cause]:
    """``target=serve()``."""
    for one in threads_made.made(known.modules):
        if one.calls_target and threads_made.returns_nothing(known.modules, one.target):
            yield _of(one, "target-called")


def _unstarted(known: _Known) -> Iterator[Cause]:
    """A thread that never begins, and whose function runs in no other one."""
    running = {frame.function for stack in known.stacks for frame in stack.frames}
    lines = {(frame.file, frame.line) for stack in known.stacks for frame in stack.frames}
    for one in threads_made.made(known.modules):
        if one.use is Use.RUN:
            missing = (one.file, one.ran) in lines
        else:
            missing = bool(running) and one.target not in running
        if one.use in UNSTARTED and missing and not one.calls_target:
            place = Place(one.file, one.ran or one.line)
            told = fact(UNSTARTED[one.use], function=one.target, line=place.line)
            yield Cause(told, place)


def _locked(known: _Known) -> Iterator[Cause]:
    """A thread waits for a lock that somebody holds."""
    for wait in locks.waits(known.modules, known.stacks):
        lock, line = wait.lock, wait.at.line
        if wait.taken is None:
            told = fact("waits-for-lock", lock=lock, line=line)
        elif wait.by_itself:
            told = fact("waits-for-itself", lock=lock, line=line, taken=wait.taken.line)
        else:
            who, taken = _named(wait.holder), wait.taken.line
            told = fact("waits-for-another", lock=lock, line=line, taken=taken, thread=who)
        # Who holds a lock for too long is to blame, not who waits for it.
        at = wait.at if wait.taken is None or wait.by_itself else wait.taken
        yield Cause(told, Place(at.file, at.line))


def _accepting(known: _Known) -> Iterator[Cause]:
    """The thread that accepts is busy with one client."""
    for one in loops.held(known.modules, known.stacks):
        told = fact("serves-in-accept-loop", line=one.at.line, called=one.below.line)
        if one.at == one.below:
            told = fact(
                "joins-in-accept-loop" if one.joins else "receives-in-accept-loop",
                line=one.at.line,
            )
        yield Cause(told, Place(one.below.file, one.below.line))


def _returned(known: _Known) -> Iterator[Cause]:
    """``return`` for ``yield``."""
    for one in loops.returned(known.modules):
        told = fact("returns-for-yield", function=one.function, line=one.line)
        yield Cause(told, Place(one.file, one.line))


def _lacking(known: _Known) -> Iterator[Cause]:
    return lacking(known.modules)


def lacking(known: Sequence[Module]) -> Iterator[Cause]:
    """A function without a ``return``, or with one that is never true."""
    for one in returns.lacking(known):
        told = fact(
            "never-true" if one.condition else "returns-nothing",
            function=one.function,
            line=one.line,
            last=one.last,
        )
        yield Cause(told, Place(one.file, one.last))


def _named(thread: str) -> Fact:
    if thread == FIRST:
        return fact("main-thread")
    return fact("thread-named", name=thread) if thread else fact("another-thread")


def _of(made: Made, code: str) -> Cause:
    told = fact(code, function=made.target, line=made.line)
    return Cause(told, Place(made.file, made.line))


LOOKS: tuple[Callable[[_Known], Iterator[Cause]], ...] = (
    _arguments,
    _misled,
    _called,
    _unstarted,
    _returned,
    _lacking,
    _locked,
    _accepting,
)
