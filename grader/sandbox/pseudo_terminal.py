"""A terminal for a program, as a window with a shell has it, on POSIX systems (pty(7)).

One end is the program's: its keyboard and its screen. The other end is the grader's: what is
written there was typed, and what is read there is on the screen. Nothing typed is shown again and
no newline is changed, so that the screen has what the program writes and no more.
"""

from __future__ import annotations

import contextlib
import functools
import os
import select
import struct
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

COLUMNS, ROWS = 200, 50
KIND = "dumb"  # TERM: one that knows no colours and cannot move its cursor
# Ctrl+D, the end of the input where a line would begin: several, for who reads on after it.
END_OF_FILE = b"\x04" * 8
# Bytes of one line, its newline apart: of a longer one the system throws the rest away.
LONGEST_LINE = 4095 if sys.platform == "linux" else 1023


@dataclass(frozen=True)
class PseudoTerminal:
    """Both ends of a terminal, as descriptors of this process."""

    ours: int
    programs: int

    @property
    def name(self) -> str:
        """What the descriptors of the program call it, seen from here (proc(5))."""
        return os.readlink(f"/proc/self/fd/{self.programs}") if sys.platform == "linux" else ""

    def streams(self) -> tuple[IO[bytes], IO[bytes]]:
        """The keyboard to type on, and the screen to read from, each to be closed by itself."""
        keyboard, screen = os.dup(self.ours), os.dup(self.ours)
        return open(keyboard, "wb", buffering=0), open(screen, "rb", buffering=0)


@functools.cache
def beginning(*, in_a_copy: bool = False) -> str:
    """What boot.py does first in a program at a terminal."""
    names = ("in_a_copy.py", "at_terminal.py") if in_a_copy else ("at_terminal.py",)
    return "\n".join(Path(__file__).with_name(name).read_text(encoding="utf-8") for name in names)


def available() -> bool:
    """Whether this system has terminals to give."""
    try:
        with opened():
            return True
    except OSError:
        return False


@contextlib.contextmanager
def opened(user: int = 0) -> Iterator[PseudoTerminal]:
    """A terminal for a program, of this user if of any; both ends are closed afterwards.

    Raises OSError where there is none to be had.
    """
    if sys.platform == "win32":
        raise OSError("Windows has no pseudo-terminals")
    ours, programs = os.openpty()
    try:
        _set_up(programs)
        if user:
            os.fchown(programs, user, -1)
        yield PseudoTerminal(ours, programs)
    finally:
        os.close(ours)
        os.close(programs)


def push(name: str) -> None:
    """Have all that was typed at the terminal of this name be at its program's end.

    Linux lets a thread of the kernel carry it there, and whoever asks at that end wait for it.
    Until then the program seems to have nothing to do, and its deadlines would run.
    """
    if sys.platform == "linux" and name:
        with contextlib.suppress(OSError):  # only the program's user may open it, or it is gone
            end = os.open(name, os.O_RDONLY | os.O_NOCTTY | os.O_NONBLOCK)
            try:
                poll = select.poll()
                poll.register(end, select.POLLIN)
                poll.poll(0)
            finally:
                os.close(end)


def _set_up(terminal: int) -> None:
    """Hand on lines as they are typed; of all keys only Ctrl+C and Ctrl+D mean something."""
    if sys.platform == "win32":
        return
    import fcntl
    import termios

    inward, outward, control, local, ispeed, ospeed, keys = termios.tcgetattr(terminal)
    inward &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.ISTRIP)
    inward &= ~(termios.IXON | termios.IMAXBEL)
    outward &= ~termios.ONLCR
    local = termios.ICANON | termios.ISIG | termios.NOFLSH
    off = bytes([os.fpathconf(terminal, "PC_VDISABLE") & 0xFF])
    meant = {termios.VEOF: END_OF_FILE[:1], termios.VINTR: b"\x03"}
    for place in range(len(keys)):
        if place not in (termios.VMIN, termios.VTIME):
            keys[place] = meant.get(place, off)
    settings = [inward, outward, control, local, ispeed, ospeed, keys]
    termios.tcsetattr(terminal, termios.TCSANOW, settings)
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
