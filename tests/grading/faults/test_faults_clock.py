"""Faults of the grader's own: a clock that jumps."""

from __future__ import annotations

import ast
import itertools
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import programs, worlds
from support.faulty import break_worker
from support.watcher import Watcher, request, verdicts

from grader.grading import runner
from grader.result.verdict import Verdict
from kit import translations


def jumping() -> Iterator[float]:
    """A clock that jumps by days, forwards and backwards."""
    return (1e9 + n * (-1) ** n * 1e5 for n in itertools.count())


def test_clock_jumps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the clock is set while a grading runs, no verdict changes and no time is lost."""
    times = jumping()
    monkeypatch.setattr(time, "time", lambda: next(times))
    break_worker(
        monkeypatch,
        "import itertools, time\n"
        "times = (1e9 + n * (-1) ** n * 1e5 for n in itertools.count())\n"
        "time.time = lambda: next(times)\n",
    )
    folder = programs.write_programs(tmp_path, udp_server=programs.UDP_SERVER)
    result = runner.grade(request(folder, "udp.starts", "udp.two-users"), Watcher())
    assert set(verdicts(result).values()) == {Verdict.PASS}
    assert 0 < result.duration_s < worlds.PATIENCE


def test_nothing_depends_on_the_clock_on_the_wall() -> None:
    """The grader takes its time from a clock that nobody can set."""
    settable = {"time.time", "time.time_ns", "time.ctime", "time.localtime", "time.gmtime"}
    # The date in the head of a catalog is a constant, and no part of a grading.
    grading = set((worlds.ROOT / "grader").rglob("*.py")) - {Path(translations.__file__)}
    # The year on a title page, and when a result was stored.
    dated = ("reports/lab/contents.py", "classroom/store.py")
    grading -= {worlds.ROOT / "grader" / path for path in dated}
    for path in grading:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Attribute):
                assert ast.unparse(node) not in settable, f"{path}:{node.lineno}"
            if isinstance(node, ast.ImportFrom):
                names = {f"{node.module}.{alias.name}" for alias in node.names}
                assert not names & settable and node.module != "datetime", path
            if isinstance(node, ast.Import):
                assert "datetime" not in {alias.name for alias in node.names}, path
