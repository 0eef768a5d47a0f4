"""How a test knows that a process has come, and that it is gone."""

from __future__ import annotations

import contextlib
import itertools
import os
import select
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from support.worlds import PATIENCE


class Lifeline:
    """A named pipe that tells which processes have come, and when all of them are gone."""

    def __init__(self, folder: Path) -> None:
        path = folder / "lifeline"
        os.mkfifo(path)
        self._read = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        # Put at the top of a program: it holds the pipe open as long as it lives.
        self.source = (
            f"import os\nlifeline = open({str(path)!r}, 'w')\n"
            "print(os.getpid(), file=lifeline, flush=True)\n"
        )

    def come(self, processes: int = 1) -> list[int]:
        """Wait for so many processes; returns their ids."""
        data = b""
        for _ in range(100):
            if data.count(b"\n") >= processes:
                return [int(line) for line in data.splitlines()]
            assert select.select([self._read], [], [], PATIENCE)[0], "nobody came"
            data += os.read(self._read, 4096)
        raise AssertionError(f"expected {processes} processes, came {data!r}")

    def gone(self) -> bool:
        """Wait until no process holds the pipe; False if one goes on holding it."""
        for _ in range(100):
            if not select.select([self._read], [], [], PATIENCE)[0]:
                return False
            if not os.read(self._read, 4096):
                return True
        return False

    def close(self) -> None:
        """Give the pipe back."""
        os.close(self._read)


class Nameplate:
    """A name for a process that can be seen from outside of any sandbox (Linux)."""

    def __init__(self) -> None:
        self.name = f"chat-{os.getpid()}-{next(_numbers)}"[:15]  # the kernel keeps 15 bytes
        # 15 is PR_SET_NAME, prctl(2).
        self.source = f"import ctypes\nctypes.CDLL(None).prctl(15, b{self.name!r})\n"

    def come(self) -> None:
        """Wait until there is a process of this name."""
        assert self._becomes(True), f"no {self.name} came"

    def gone(self) -> bool:
        """Wait until there is none; False if one stays."""
        return self._becomes(False)

    def _becomes(self, there: bool) -> bool:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            names = [process.info["name"] for process in psutil.process_iter(["name"])]
            if (self.name in names) is there:
                return True
        return False


_numbers = itertools.count()


def spins_the_second_time(program: str, line: Lifeline, marker: Path) -> str:
    """The program as it is, but from its second start on it comes to the lifeline and hangs."""
    come = line.source.strip().replace("\n", "\n    ")
    return (
        f"import os\nif os.path.exists({str(marker)!r}):\n    {come}\n    while True: pass\n"
        f"open({str(marker)!r}, 'w').close()\n{program}"
    )


@contextlib.contextmanager
def lifeline(folder: Path) -> Iterator[Lifeline]:
    """A lifeline, closed afterwards."""
    line = Lifeline(folder)
    try:
        yield line
    finally:
        line.close()
