"""How long does a grading take, next to starting the same programs without judging anything?

    python tests/bench/grade.py                      the table, five gradings a row
    python tests/bench/grade.py --times 3 --mistakes 20

Each grading is a process of its own, as on the command line. ``bare`` starts as many servers and
clients of the reference as the whole grading of it does, one for each processor at a time: each
server is connected to, or bound, once, and ended. The ratio is against that. ``MB`` is the memory
of all processes together, the largest of some looks, shared pages counted once (``PSS``).
"""

from __future__ import annotations

import argparse
import os
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import psutil
from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from submissions.correct import CORRECT  # noqa: E402 (found only now)
from submissions.mistakes import MISTAKES  # noqa: E402
from submissions.mutants import tcp_server  # noqa: E402
from support import gradings  # noqa: E402

GRADER = (sys.executable, "-m", "grader")
STARTS = 80  # programs that a grading of the reference starts, about half of them clients
LOOK = 0.1  # seconds between two looks at the memory
SPINS = """import threading

def spin():
    while True:
        pass

threading.Thread(target=spin, daemon=True).start()
"""


class Row(NamedTuple):
    """One line of the table."""

    name: str
    folder: Path
    options: tuple[str, ...] = ()
    goal: float | None = None  # seconds


class Measured(NamedTuple):
    """One grading."""

    seconds: float
    memory: float  # bytes


def rows(folder: Path) -> Iterator[Row]:
    """What is graded, and how fast it is to be."""
    reference = ROOT / "reference"
    yield Row("reference", reference, (), 2.0)
    yield Row("reference, one variant", reference, ("--variant", "tcp"), 1.4)
    yield Row("untouched skeleton", ROOT / "lab4", (), 0.7)
    yield Row("one check", reference, ("--only", "two-users"), 0.5)
    classic = next(c for c in CORRECT if c.name == "classic-raw")
    yield Row("classic chat", _written(folder / "classic", classic.sources(reference)), (), 5.0)
    mutants = {mutant.name: mutant for mutant in tcp_server.MUTANTS}
    silent = {"tcp_server.py": mutants["says-nothing"].source("tcp_server.py", reference)}
    one = ("--variant", "tcp")
    yield Row("server that says nothing", _submission(folder / "silent", silent), one, 3.0)
    source = (reference / "tcp_server.py").read_text(encoding="utf-8")
    spins = {"tcp_server.py": SPINS + source}
    yield Row("relay that never rests", _submission(folder / "spins", spins), one, 15.0)


def mistakes(folder: Path, count: int) -> Iterator[Row]:
    """So many mistakes that students make, evenly chosen, each in the variant that it is in."""
    for mistake in MISTAKES[:: max(1, len(MISTAKES) // count)][:count]:
        sources = {mistake.file: mistake.program(ROOT / "reference")}
        made = _submission(folder / mistake.name, sources)
        yield Row(mistake.name, made, ("--variant", mistake.variant), 8.0)


def _written(folder: Path, sources: dict[str, str]) -> Path:
    folder.mkdir()
    for file, source in sources.items():
        (folder / file).write_text(source, encoding="utf-8")
    return folder


def _submission(folder: Path, sources: dict[str, str]) -> Path:
    folder.mkdir()
    return gradings.write_submission(folder, sources)


def measured(row: Row, seed: int, jobs: Sequence[str]) -> Measured:
    """Grade once, and look at the memory meanwhile."""
    command = [*GRADER, str(row.folder), *row.options, *jobs, "--seed", str(seed), "--no-cache"]
    started = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    most, done = [0.0], threading.Event()
    looking = threading.Thread(target=_look, args=(process.pid, most, done))
    looking.start()
    _, complaints = process.communicate()
    seconds = time.perf_counter() - started
    done.set()
    looking.join()
    if process.returncode:
        raise SystemExit(f"{row.name}: status {process.returncode}: {complaints.decode()[-300:]}")
    return Measured(seconds, most[0])


def _look(pid: int, most: list[float], done: threading.Event) -> None:
    while not done.wait(LOOK):
        total = 0.0
        try:
            top = psutil.Process(pid)
            for process in (top, *top.children(recursive=True)):
                total += _share(process.pid)
        except (psutil.Error, OSError):
            continue
        most[0] = max(most[0], total)


def _share(pid: int) -> float:
    """What a process has, a page that n processes have counted as an n-th (proc(5))."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return 0.0
    found = re.search(r"^Pss:\s+(\d+) kB", text, re.MULTILINE)
    return int(found[1]) * 1024.0 if found else 0.0


def bare() -> float:
    """Seconds for starting the same programs without judging anything."""
    started = time.perf_counter()
    with ThreadPoolExecutor(os.cpu_count() or 1) as pool:
        list(pool.map(_start, range(STARTS)))
    return time.perf_counter() - started


def _start(number: int) -> None:
    """A server until it can be connected to; or a client until a server has let it in."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        if number % 2:
            with _program("tcp_client.py", port) as client:
                taken.accept()[0].close()
                client.kill()
            return
    with _program("tcp_server.py", port) as server:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port)).close()
                break
            except OSError:
                time.sleep(0.001)
        server.kill()


def _program(file: str, port: int) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-I", "-S", str(ROOT / "reference" / file), "--port", str(port)]
    nothing = subprocess.DEVNULL
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=nothing, stderr=nothing)


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=5, help="gradings a row (default: 5)")
    parser.add_argument("--mistakes", type=int, default=0, metavar="N", help="so many beside")
    parser.add_argument("--jobs", metavar="N", help="as for the grader")
    asked = parser.parse_args()
    jobs = ("--jobs", asked.jobs) if asked.jobs else ()
    yardstick = statistics.median(bare() for _ in range(asked.times))
    table = Table("graded", "median s", "worst s", "goal s", "ratio", "MB", title="gradings")
    table.add_row("bare", f"{yardstick:.2f}", "", "", "1.0", "")
    with tempfile.TemporaryDirectory() as folder:
        for row in rows(Path(folder)):
            _add(
                table,
                row.name,
                [measured(row, n, jobs) for n in range(asked.times)],
                row,
                yardstick,
            )
        if asked.mistakes:
            chosen = list(mistakes(Path(folder), asked.mistakes))
            found = [measured(row, 1, jobs) for row in chosen]
            _add(table, f"{len(chosen)} mistakes", found, chosen[0], yardstick)
            worst = max(zip(found, chosen, strict=True))
            table.caption = f"the slowest mistake: {worst[1].name}, {worst[0].seconds:.1f} s"
    Console().print(table)
    return 0


def _add(table: Table, name: str, found: list[Measured], row: Row, yardstick: float) -> None:
    seconds = [one.seconds for one in found]
    median, memory = statistics.median(seconds), max(one.memory for one in found) / 1e6
    goal = f"{row.goal:.1f}" if row.goal else ""
    ratio = f"{median / yardstick:.1f}"
    table.add_row(name, f"{median:.2f}", f"{max(seconds):.2f}", goal, ratio, f"{memory:.0f}")


if __name__ == "__main__":
    sys.exit(main())
