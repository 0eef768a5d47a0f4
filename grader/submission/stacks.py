"""Where the threads of a submission stand, as plain data: its own frames alone."""

from __future__ import annotations

from dataclasses import dataclass

FIRST = "MainThread"  # as threading calls it


@dataclass(frozen=True)
class Frame:
    """A function that has been called and has not returned, and the line that it is in."""

    file: str
    line: int
    function: str


@dataclass(frozen=True)
class Stack:
    """Those of the submission's frames that one thread has, the innermost first.

    ``called`` are the files, by their last names, of the frames further in than these. The
    thread is ``still`` if it stood there the second time that it was looked at, too.
    """

    thread: str
    frames: tuple[Frame, ...]
    called: tuple[str, ...] = ()
    still: bool = True
