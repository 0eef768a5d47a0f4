"""A thread that gives up rights for good, and starts a program, which never gets them back.

Linux lets each thread give up rights for itself alone; what it starts inherits what is left.
"""

from __future__ import annotations

import ctypes
import sys
import threading
from collections.abc import Callable, Iterable
from queue import SimpleQueue
from typing import TypeVar

PR_CAPBSET_DROP = 24  # prctl(2)
CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_SETGID, CAP_SETUID = 1, 2, 6, 7  # capabilities(7)
# Where a program stays root, its Python may be in somebody else's home, closed to others.
ROOTS = frozenset({CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH})
TO_BECOME = ROOTS | {CAP_SETGID, CAP_SETUID}  # another user, as boot.py does; it keeps none then
CAPABILITIES = range(64)  # more than there are

Result = TypeVar("Result")


def started(
    give_up: Callable[[], None],
    start: Callable[[], Result],
    stay: threading.Event | None = None,
) -> Result:
    """Call both in a thread of their own; returns what the second returns.

    The thread lives until ``stay`` is set: bubblewrap ends with the thread that started it.
    Raises what the two raise.
    """
    answers: SimpleQueue[tuple[Result] | BaseException] = SimpleQueue()

    def run() -> None:
        try:
            give_up()
            answers.put((start(),))
        except BaseException as error:  # noqa: BLE001 (raised again in the caller's thread)
            answers.put(error)
            return
        if stay is not None:
            stay.wait()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    answer = answers.get()
    if stay is None:
        thread.join()
    if isinstance(answer, BaseException):
        raise answer
    return answer[0]


def drop_capabilities(kept: Iterable[int]) -> None:
    """Let what this thread starts have no more than these rights of root's (Linux)."""
    if sys.platform == "linux":
        libc = ctypes.CDLL(None)
        for capability in set(CAPABILITIES) - set(kept):
            libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)  # who is not root has none to drop
