"""What a program writes to one of its standard streams, read by a thread to its end."""

from __future__ import annotations

import contextlib
import select
import sys
import threading
from collections.abc import Callable
from typing import IO

MAX_OUTPUT = 256 * 1024  # bytes kept of each stream; the rest is read and thrown away
PIECE = 65536


class Output:
    """One stream of a program; ``heard`` is called with each piece, from the thread that reads."""

    def __init__(
        self,
        stream: IO[bytes],
        heard: Callable[[bytes], None],
        ended: Callable[[], None] | None = None,
    ) -> None:
        self._stream, self._heard, self._ended = stream, heard, ended
        self._kept = bytearray()
        self._lock = threading.Lock()  # held from taking a piece until it has been heard
        self._thread = threading.Thread(target=self._read, daemon=True)
        self._thread.start()

    def _read(self) -> None:
        with contextlib.suppress(OSError, ValueError):
            while self._wait() and self._take():
                pass
        if self._ended:
            self._ended()

    def _wait(self) -> bool:
        """Wait until there is something to take, where a pipe can be waited for."""
        if sys.platform != "win32":
            poll = select.poll()  # select() cannot wait for a descriptor above 1023
            poll.register(self._stream, select.POLLIN)
            poll.poll()
        return True

    def _take(self) -> bool:
        """Read a piece; False at the end."""
        if sys.platform == "win32":  # where it waits in here, nobody can wait for the lock
            return self._hear(self._stream.read(PIECE))
        with self._lock:
            return self._hear(self._stream.read(PIECE))

    def _hear(self, data: bytes) -> bool:
        if data and len(self._kept) < MAX_OUTPUT:
            self._kept.extend(data[: MAX_OUTPUT - len(self._kept)])
            self._heard(data)
        return bool(data)

    @property
    def text(self) -> str:
        """What has been read so far, as far as it is kept."""
        return self._kept.decode(errors="replace")

    def is_read(self) -> bool:
        """Whether all that has been written so far has been heard.

        Linux and macOS tell how much waits in a pipe or at a terminal; on Windows nobody can say.
        """
        if sys.platform == "win32":
            return not self._thread.is_alive()
        import fcntl
        import termios

        waiting = bytearray(4)
        with self._lock:
            if not self._thread.is_alive():
                return True
            with contextlib.suppress(OSError, ValueError):
                poll = select.poll()
                poll.register(self._stream, select.POLLIN)
                poll.poll(0)  # a terminal counts what is still on its way only when asked so
                fcntl.ioctl(self._stream, termios.FIONREAD, waiting)
        return not any(waiting)

    def await_end(self, seconds: float) -> bool:
        """Wait for the end of the stream; False where somebody holds it open."""
        self._thread.join(seconds)
        return not self._thread.is_alive()
