"""Single keys, without Enter, while ``--watch`` waits; none where there is no keyboard.

On POSIX the terminal is asked for each key at once and does not show it; Ctrl+C stays Ctrl+C, and
what was set before is set again at the end. On Windows the console is looked at.
"""

from __future__ import annotations

import contextlib
import os
import select
import sys
from types import TracebackType
from typing import Any, final


@final
class Keys:
    """The keyboard of this terminal, one key at a time."""

    def __init__(self) -> None:
        self._set_before: list[Any] | None = None
        self.are_there = _is_there()

    def __enter__(self) -> Keys:
        if self.are_there and sys.platform != "win32":
            import termios
            import tty

            with contextlib.suppress(termios.error):
                self._set_before = termios.tcgetattr(sys.stdin)
                tty.setcbreak(sys.stdin, termios.TCSANOW)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._set_before is not None and sys.platform != "win32":
            import termios

            with contextlib.suppress(termios.error):
                termios.tcsetattr(sys.stdin, termios.TCSANOW, self._set_before)

    def pressed(self) -> str:
        """A key that has been pressed since, as a small letter; nothing where none was."""
        if not self.are_there:
            return ""
        if sys.platform == "win32":
            import msvcrt

            return msvcrt.getwch().lower() if msvcrt.kbhit() else ""
        with contextlib.suppress(OSError, ValueError):  # the terminal is gone
            if select.select([sys.stdin], [], [], 0)[0]:
                data = os.read(sys.stdin.fileno(), 16)
                self.are_there = bool(data)  # else there is no keyboard any more
                return data.decode(errors="replace")[:1].lower()
        return ""


def _is_there() -> bool:
    """Whether somebody can press keys for this process: it is in front of its terminal."""
    if sys.stdin is None or not sys.stdin.isatty() or sys.stdout is None:
        return False
    if sys.platform == "win32":
        return True
    try:
        return os.tcgetpgrp(sys.stdin.fileno()) == os.getpgrp()
    except OSError:
        return False
