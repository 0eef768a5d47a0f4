"""Is unfinished work that is right so far graded the same each time?

    python tests/bench/unfinished.py                     each step 20 times, quiet and under load
    python tests/bench/unfinished.py --tasks 3-5 --times 4 --load 0

A step is the reference with all tasks up to one solved. Under load, a busy loop runs for each
processor. A row says how many gradings gave the most frequent verdicts, those counted, the next
task, and what was told in other gradings.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from support import ladder  # noqa: E402 (found only now)
from support.ladder import LAST, Step  # noqa: E402

from grader.result.verdict import Verdict  # noqa: E402

SPIN = "import os\nparent = os.getppid()\nwhile os.getppid() == parent: sum(range(10**5))"


@contextlib.contextmanager
def busy(loops: int) -> Iterator[None]:
    """So many busy loops beside; each ends with this process at the latest."""
    spinning = [subprocess.Popen([sys.executable, "-c", SPIN]) for _ in range(loops)]
    try:
        yield
    finally:
        for process in spinning:
            process.kill()
            process.wait()


def played(task: int, times: int, side_by_side: int) -> list[Step]:
    """What the gradings of one step tell."""
    with ThreadPoolExecutor(side_by_side) as pool:
        return list(pool.map(ladder.after, [task] * times))


def row(steps: list[Step]) -> list[str]:
    """How often, counted, next, and what differs."""
    usual, often = Counter((tuple(s.verdicts.items()), s.next_task) for s in steps).most_common(1)[
        0
    ]
    verdicts, next_task = dict(usual[0]), usual[1]
    counts = Counter(verdicts.values())
    told = " ".join(str(counts[verdict]) for verdict in Verdict)
    others = Counter(
        f"{id_}: {verdict.value}"
        for one in steps
        for id_, verdict in one.verdicts.items()
        if verdicts[id_] is not verdict
    )
    differs = ", ".join(f"{what} ({count})" for what, count in others.items())
    return [f"{often} of {len(steps)}", told, str(next_task or ""), differs]


def main() -> int:
    """Play all steps; the exit status is 1 where a verdict differed, or nobody may be told it."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tasks", default=f"0-{LAST}", help="which steps (default: %(default)s)")
    parser.add_argument("--times", type=int, default=20, help="gradings (default: %(default)s)")
    parser.add_argument(
        "--load", choices=("0", "1", "both"), default="both", help="busy loops or not"
    )
    options = parser.parse_args()
    first, _, last = options.tasks.partition("-")
    processors = os.cpu_count() or 1
    headings = ("task", "load", "the same", " ".join(v.value for v in Verdict), "next", "differs")
    table = Table(*headings)
    steady = True
    for task in range(int(first), int(last or first) + 1):
        for loops in {"0": [0], "1": [processors]}.get(options.load, [0, processors]):
            with busy(loops):
                steps = played(task, options.times, processors)
            cells = row(steps)
            steady = steady and not cells[-1] and not any(one.wrong for one in steps)
            table.add_row(str(task), "busy" if loops else "quiet", *cells)
            print(task, "busy" if loops else "quiet", *cells, file=sys.stderr, flush=True)
    Console().print(table)
    return 0 if steady else 1


if __name__ == "__main__":
    sys.exit(main())
