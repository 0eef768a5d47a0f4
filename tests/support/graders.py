"""The grader, the whole of it, as a process."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from support import lifelines, programs, worlds

SCHEMA = worlds.read_json(worlds.ROOT / "docs" / "result.schema.json")
HEEDING = """\
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
for name in ("SIGHUP", "SIGTERM"):
    signal.signal(getattr(signal, name, signal.SIGTERM), signal.SIG_DFL)
from grader.cli.main import main
sys.exit(main(sys.argv[1:]))
"""


def grader(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """A grading from beginning to end."""
    return worlds.python("-B", "-m", "grader", *arguments, **options)


def ids(variant: Mapping[str, Any]) -> list[str]:
    """The ids of the checks of a variant, as JSON has it."""
    return [f"{check['variant']}.{check['name']}" for check in variant["checks"]]


@contextlib.contextmanager
def running(*arguments: str, **options: Any) -> Iterator[subprocess.Popen[str]]:
    """A grader that heeds all signals, as a background job does not; ended afterwards."""
    with subprocess.Popen(
        [sys.executable, "-B", "-c", HEEDING, *arguments],
        cwd=worlds.ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        **options,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def one_check(folder: Path) -> list[str]:
    """The arguments for a short grading."""
    programs.write_programs(folder / "lab4")
    return [str(folder / "lab4"), "--only", "udp.starts", "--format", "json", "--portable"]


@contextlib.contextmanager
def busy(folder: Path, line: lifelines.Lifeline, *more: str) -> Iterator[subprocess.Popen[str]]:
    """A grading of TCP that has passed the first check and hangs in the second."""
    server = lifelines.spins_the_second_time(programs.TCP_SERVER, line, folder / "marker")
    programs.write_programs(folder / "lab4", tcp_server=server)
    arguments = ["--variant", "tcp", "--format", "json", "--portable", *more]
    with running(str(folder / "lab4"), *arguments) as process:
        line.come()
        yield process
