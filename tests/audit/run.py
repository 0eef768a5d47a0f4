"""Grades the cases of an audit, a few side by side, in peace or in adverse conditions."""

from __future__ import annotations

import ast
import contextlib
import hashlib
import os
import subprocess
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path

from support import gradings

from audit import log
from audit.cases import Case

SWITCH = "import sys; sys.setswitchinterval(1e-6)"
# A busy loop ends with whoever started it, however that ends.
BUSY = "import os\nparent = os.getppid()\nwhile os.getppid() == parent: sum(range(10000))"


def mode(load: int, *, switch: bool) -> str:
    """What the log calls these conditions."""
    parts = [f"load {load}"] * bool(load) + ["switch"] * switch
    return " + ".join(parts) or log.PLAIN


def switching(source: str) -> str:
    """The same program, with its threads taking turns as often as can be."""
    lines = source.splitlines(keepends=True)
    after = 0  # the line after which it goes
    for at, node in enumerate(ast.parse(source).body):
        text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and not at
        future = isinstance(node, ast.ImportFrom) and node.module == "__future__"
        if not text and not future:
            break
        after = node.end_lineno or 0
    return "".join([*lines[:after], SWITCH + "\n", *lines[after:]])


def grader_fingerprint() -> str:
    """Says whether the grader has changed since a grading."""
    sources = sorted((gradings.ROOT / "grader").rglob("*.py"))
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sources)).hexdigest()[:12]


def seed(name: str, conditions: str, number: int) -> int:
    """The seed of one of the runs of a case."""
    return zlib.crc32(f"{name} {conditions} {number}".encode())


def grade(case: Case, conditions: str, number: int, grader: str) -> log.Record:
    """Grade a case once; the names and texts of each of its runs are others."""
    with tempfile.TemporaryDirectory(prefix="audit-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        gradings.write_submission(folder, case.files)
        if "switch" in conditions:
            for path in folder.glob("*.py"):
                path.write_text(switching(path.read_text(encoding="utf-8")), encoding="utf-8")
        chosen = seed(case.name, conditions, number)
        verdicts, messages = log.verdicts_of(gradings.verdicts(folder, case.checks, chosen))
    return log.Record(case.name, conditions, number, case.fingerprint, grader, verdicts, messages)


def planned(
    cases: Iterable[Case],
    runs: int,
    conditions: str,
    known: Iterable[log.Record],
    most: int | None = None,
) -> list[tuple[Case, int]]:
    """The gradings that the log lacks, of ``most`` in all: each case once before any twice."""
    cases = tuple(cases)
    done = Counter[tuple[str, str]]()
    for record in known:
        if record.mode == conditions:
            done[record.case, record.fingerprint] += record.times
    every = [(case, number) for number in range(runs) for case in cases]
    return [
        (case, number)
        for case, number in every[:most]
        if number >= done[case.name, case.fingerprint]
    ]


@contextlib.contextmanager
def busy(each_core: int) -> Iterator[None]:
    """Keep every core busy, with so many loops each."""
    loops = [
        # A session of its own: Linux shares the processors among sessions first (sched(7), "The
        # autogroup feature"), so all loops in one session would weigh as much as one grading.
        subprocess.Popen(
            [sys.executable, "-S", "-c", BUSY], stderr=subprocess.DEVNULL, start_new_session=True
        )
        for _ in range(each_core * (os.cpu_count() or 1))
    ]
    try:
        yield
    finally:
        for loop in loops:
            loop.kill()
        for loop in loops:
            loop.wait()


def grade_all(
    work: Iterable[tuple[Case, int]], conditions: str, jobs: int, done: Callable[[log.Record], None]
) -> None:
    """Grade, so many side by side; each record is handed on as soon as it is there."""
    grader = grader_fingerprint()
    running: set[Future[log.Record]] = set()
    with ThreadPoolExecutor(jobs) as pool:
        for case, number in work:
            running.add(pool.submit(grade, case, conditions, number, grader))
            if len(running) >= jobs:
                running = _take(running, done)
        while running:
            running = _take(running, done)


def _take(
    running: set[Future[log.Record]], done: Callable[[log.Record], None]
) -> set[Future[log.Record]]:
    finished, rest = wait(running, return_when=FIRST_COMPLETED)
    for future in finished:
        done(future.result())
    return rest
