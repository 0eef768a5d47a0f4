"""Where to hold a thread: of all lines that it has run, those at which something may come of it.

To hold it before a line that shares nothing with others is to hold it before the next one. And
while it holds a lock that the others want, it is the same at which line: so at first it is held
where it has just taken the lock, and where it is about to give it back. Only if the others got on
meanwhile, or changed something before they had to wait, is it held at the lines between.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from grader.chat.program import Program
from grader.sandbox.tracing import Ran
from grader.submission import source
from grader.submission.sharing import Sharing
from grader.submission.stacks import Frame

ROUNDS = 3  # of a loop: a thread is held at a line so often
LOCKINGS = 2  # as often where it is in a lock, which the others may want
MOST = 60  # places in one situation
MOST_LOCKINGS = 1_000_000  # of one thread: more than its lines

Locks = tuple[tuple[str, int, str], ...]  # the with statements, the outermost first; a lock's name


@dataclass(frozen=True)
class Place:
    """A thread, and the number of its line before which it is held.

    ``inside`` tells apart the times that a thread has taken a lock while it held none; a place
    ``between`` is one of those where it holds the lock before and afterwards as well.
    """

    thread: int
    number: int
    inside: int = 0
    between: bool = False
    depth: int = 0  # of locks within the first one


def places(lines: Sequence[Ran], sharing: Sharing) -> list[Place]:
    """The places at which to hold a thread of the one who acts, those in inner locks last."""
    mine = of_the_deed(lines)
    threads = sorted({ran.thread for ran in mine})
    found = [
        place
        for thread in threads
        for place in _found([ran for ran in mine if ran.thread == thread], sharing)
    ]
    return sorted(found, key=lambda p: (p.thread, p.depth, p.between))[:MOST]


def of_the_deed(lines: Sequence[Ran]) -> list[Ran]:
    """What the thread ran that ran first, and what threads ran that began only then."""
    return [ran for ran in lines if ran.thread == 0 or ran.born]


def _found(mine: Sequence[Ran], sharing: Sharing) -> Iterator[Place]:
    held = [_locks(ran, sharing) for ran in mine]
    ends = set(_ends(held))
    times: Counter[tuple[object, ...]] = Counter()
    inside = MOST_LOCKINGS * (mine[0].thread if mine else 0)
    for at, (ran, locks) in enumerate(zip(mine, held, strict=True)):
        inside += bool(locks) and not (at and held[at - 1])
        if at not in ends and not _matters(mine, at, sharing):
            continue
        between = bool(locks) and at not in ends
        key = (ran.at, locks)
        times[key] += 1
        if times[key] <= (LOCKINGS if locks else ROUNDS):
            depth = max(len(locks) - 1, 0)
            yield Place(ran.thread, ran.number, inside if locks else 0, between, depth)


def _matters(mine: Sequence[Ran], at: int, sharing: Sharing) -> bool:
    """Whether a line shares something itself, and not only by a function of the program's own."""
    line = sharing.line(frame_of(mine[at]))
    calls = at + 1 < len(mine) and len(mine[at + 1].stack) > len(mine[at].stack)
    return line.shares and not (line.only_calls and calls)


def _ends(held: Sequence[Locks]) -> Iterator[int]:
    """Where each lock has just been taken, and where it is about to be given back."""
    taken: list[tuple[object, int]] = []  # the locks held so far, the outermost first
    for at, locks in enumerate([*held, ()]):
        same = 0
        while same < min(len(taken), len(locks)) and taken[same][0] == locks[same]:
            same += 1
        yield from (at - 1 for _lock, since in taken[same:] if since < at)
        del taken[same:]
        taken += [(lock, at) for lock in locks[same:]]
        yield from (at for _lock in locks[same:])


def _locks(ran: Ran, sharing: Sharing) -> Locks:
    """The ``with`` statements of locks around a line and around the calls that led there."""
    outermost_first = reversed(ran.stack)
    return tuple(
        (file, *lock)
        for file, number, function in outermost_first
        for lock in sharing.line(Frame(file, number, function)).locks
    )


def frame_of(ran: Ran) -> Frame:
    """The innermost frame of a line that ran."""
    return Frame(*ran.stack[0])


def change(others: Iterable[Ran], mine: Iterable[Ran], sharing: Sharing) -> bool:
    """Whether one of the others' lines may have changed what the thread that is held sees.

    What they do in a lock that this thread takes as well does not count.
    """
    taken = {name for ran in mine for _file, _line, name in _locks(ran, sharing)}
    return any(
        sharing.line(frame_of(ran)).changes
        and not any(name in taken for _file, _line, name in _locks(ran, sharing))
        for ran in others
    )


def sharing_of(program: Program) -> Sharing:
    """What the lines of a program share, as its source says."""
    paths = source.files(program.script)
    return Sharing({path.name: program.files.text(path.name) for path in paths})
