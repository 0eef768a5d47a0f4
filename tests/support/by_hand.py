"""What tasks.md tells people to try by hand: its commands, run as they stand, and its promises."""

from __future__ import annotations

import contextlib
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import psutil

from support import stages
from support.worlds import PATIENCE, free_port

TASKS = (stages.ROOT / "tasks.md").read_text(encoding="utf-8")
PORT = "14901"
PROGRAM = "python3 lab4/"
UNWRITTEN = re.compile(r"task\s+(\d+)\s+is\s+not\s+written\s+yet")


def paragraph(task: int) -> str:
    """What stands under "By hand" in the section of a task."""
    found = re.search(rf"^## Task {task}: .*?(?=^## )", TASKS, re.MULTILINE | re.DOTALL)
    assert found, f"no section of task {task}"
    return found[0].split("**By hand.**")[1]


def commands(task: int) -> list[str]:
    """The commands in that paragraph, in their order."""
    return re.findall(r"^python3 .*$|(?<=`)python3 lab4/[^`]*(?=`)", paragraph(task), re.MULTILINE)


def promises(task: int) -> set[str]:
    """What is quoted in that paragraph, and the tasks that are said to be missing."""
    prose = re.sub(r"```.*?```", "", paragraph(task), flags=re.DOTALL)
    quoted = {" ".join(span.split()) for span in re.findall(r"`([^`]+)`", prose)}
    missing = {f"task {number}" for number in UNWRITTEN.findall(prose)}
    return {span for span in quoted if not span.startswith("python3 ")} | missing


class Terminal:
    """A terminal in which one command runs."""

    def __init__(self, command: list[str], folder: Path, kept: set[str]) -> None:
        self._kept = kept  # the promises that have come true
        self._text = ""
        self._at = 0  # up to here it has been looked at
        self._more = threading.Condition()
        self._open = True
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=os.environ | {"PYTHONUNBUFFERED": "1", "PYTHONUTF8": "1"},
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        while data := os.read(self.process.stdout.fileno(), 4096):
            with self._more:
                self._text += data.decode("utf-8", errors="replace").replace("\r\n", "\n")
                self._more.notify()
        with self._more:
            self._open = False
            self._more.notify()

    def _find(self, pattern: str) -> re.Match[str] | None:
        return re.compile(pattern).search(self._text, self._at)

    def sees(self, quote: str) -> None:
        """Wait for what the text promises, behind what was seen before."""
        self._kept.add(quote)
        self.shows(quote)

    def shows(self, text: str) -> None:
        """Wait for a text; the 50312 of an example may be any number."""
        pattern = re.escape(text).replace("50312", r"\d+")
        with self._more:
            self._more.wait_for(lambda: self._find(pattern) or not self._open, PATIENCE)
            found = self._find(pattern)
            assert found, f"expected {text!r}, got {self._text!r}"
            self._at = found.end()

    def misses(self, task: int) -> None:
        """Wait until it is said that a task is not written yet."""
        self._kept.add(f"task {task}")
        self.shows(f"not written yet: task {task}: ")

    def seen(self, text: str) -> int:
        """How often a text has come, from the beginning."""
        with self._more:
            return self._text.count(text)

    def types(self, text: str) -> None:
        """Type a line."""
        self._kept.add(text)
        assert self.process.stdin
        self.process.stdin.write(f"{text}\n".encode())
        self.process.stdin.flush()

    def end_input(self) -> None:
        """Press Ctrl+D."""
        assert self.process.stdin
        self.process.stdin.close()

    def ends(self) -> None:
        """Wait until the program has ended by itself, and all that it said is there."""
        self.process.wait(PATIENCE)
        self._reader.join(PATIENCE)

    def is_running(self) -> bool:
        """Whether the program has not ended."""
        return self.process.poll() is None

    def close(self) -> None:
        """End the program if need be."""
        self.process.kill()
        self.ends()
        for stream in (self.process.stdin, self.process.stdout):
            assert stream
            with contextlib.suppress(BrokenPipeError):  # something was still to be written
                stream.close()


class Trial:
    """Somebody who has done all tasks up to one, and tries it by hand."""

    def __init__(self, folder: Path, task: int) -> None:
        stages.write(folder / "lab4", task)
        self._folder = folder
        self._task = task
        self._kept: set[str] = set()
        self._terminals: list[Terminal] = []
        self.port = free_port("tcp" if task < 12 else "udp")

    def start(self, task: int, number: int = 0) -> Terminal:
        """Run a command that stands in the paragraph of a task, on a port of this trial."""
        command = commands(task)[number].replace(PORT, str(self.port))
        if command.startswith(PROGRAM):
            arguments = [*command.split()[1:], "--port", str(self.port)]
        else:
            code = re.fullmatch(r'python3 -c "(.*)"', command)
            assert code, command
            arguments = ["-c", code[1]]
        terminal = Terminal([sys.executable, *arguments], self._folder, self._kept)
        self._terminals.append(terminal)
        return terminal

    def serve(self) -> Terminal:
        """Start the server in a terminal, and wait until it has its port."""
        self.server = server = self.start(1 if self._task < 12 else 12)
        process = psutil.Process(server.process.pid)
        deadline = time.monotonic() + PATIENCE
        while server.is_running() and time.monotonic() < deadline:
            for one in process.net_connections("inet"):
                if one.laddr.port == self.port and one.status in ("LISTEN", "NONE"):
                    return server
        raise AssertionError("the server has not come up")

    def end(self) -> None:
        """Close all terminals."""
        for terminal in self._terminals:
            terminal.close()

    def unkept(self) -> set[str]:
        """What the paragraph promises, and nobody has seen."""
        return promises(self._task) - self._kept


@contextlib.contextmanager
def trying(folder: Path, task: int, *, strict: bool = True) -> Iterator[Trial]:
    """A trial; if strict, all that the paragraph promises must come true in it."""
    trial = Trial(folder, task)
    try:
        yield trial
    finally:
        trial.end()
    assert not (strict and trial.unkept()), (
        f"promised in tasks.md, and not looked for: {trial.unkept()}"
    )
