"""What does it cost to start a student's process in the sandbox?

    python tests/bench/start.py              each level that can be had here, 40 starts each

Measured is the time until a program that imports socket and threading says its first word. "bare"
is the interpreter as every level starts it (isolated, without site-packages), with nothing around
it; "by hand" is what a student types, ``python FILE``. All take turns, so that other work on the
machine hits each of them.
"""

from __future__ import annotations

import argparse
import contextlib
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import IO

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from grader.sandbox import LEVELS, levels  # noqa: E402 (found only now)
from grader.sandbox.box import Box, scratch_folder  # noqa: E402
from grader.sandbox.free_port import FreePorts  # noqa: E402
from grader.sandbox.interpreter import python  # noqa: E402


def once(start: Box | list[str], script: Path, folder: Path) -> float:
    """The time until the program has said something, in milliseconds."""
    started = time.perf_counter()
    if isinstance(start, list):
        with subprocess.Popen(
            [*start, str(script)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as popen:
            assert popen.stdout is not None
            taken = _until_heard(popen.stdout, started)
            popen.communicate()
            return taken
    process = start.start(script, [], folder, FreePorts().fresh())
    try:
        taken = _until_heard(process.stdout, started)
        process.wait()
        return taken
    finally:
        process.end()
        process.close()


def _until_heard(stdout: IO[bytes], started: float) -> float:
    if stdout.read(1) != b"!":
        raise SystemExit("the program did not start")
    return (time.perf_counter() - started) * 1000


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="Measure what the start of a program costs.")
    parser.add_argument("--starts", type=int, default=40, help="of each (default: %(default)s)")
    options = parser.parse_args()
    found = [Box("limits", "open")]
    for level in LEVELS:
        with contextlib.suppress(levels.Unavailable):
            found.append(levels.choose(level)[0])
    bare = python()
    starts: dict[str, Box | list[str]] = {"by hand": bare[:1], "bare": bare}
    with scratch_folder() as folder, scratch_folder() as tools:
        starts |= {f"{box.level}, files {box.files}": box.compiled(tools) for box in found}
        times: dict[str, list[float]] = {name: [] for name in starts}
        script = folder / "submission" / "program.py"
        script.parent.mkdir()
        script.write_text("import socket, threading\nprint('!')\n", encoding="utf-8")
        room = folder / "room"
        room.mkdir()
        for _ in range(options.starts):
            for name, start in starts.items():
                times[name].append(once(start, script, room))
    table = Table(title="one start, in ms")
    table.add_column("level")
    for column in ("least", "median", "more than bare"):
        table.add_column(column, justify="right")
    nothing = statistics.median(times["bare"])
    for name, taken in times.items():
        middle = statistics.median(taken)
        table.add_row(name, f"{min(taken):.1f}", f"{middle:.1f}", f"{middle - nothing:.1f}")
    Console().print(table)


if __name__ == "__main__":
    main()
