"""What a program of a submission that has ended tells: how, and where."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from support import worlds
from support.worlds import needs_posix

from grader.chat.program import Program
from grader.chat.transcript import Transcript
from grader.fact import Fact, fact
from grader.result.verdict import EventKind


def ended(folder: Path, source: str) -> Program:
    """A process that has run to its end."""
    with worlds.process(folder, source) as running:
        assert running.wait(worlds.patient()) is not None
    return running


def status(number: int) -> Fact:
    return fact("program-ended", file="program.py", status=number)


def complaining(number: int, complaint: str) -> Fact:
    return fact("complaining", how=status(number), complaint=complaint)


@pytest.mark.parametrize(
    ("source", "how"),
    [
        ("", status(0)),
        ("raise SystemExit(3)", status(3)),
        ("1 / 0", complaining(1, "ZeroDivisionError: division by zero")),
        ("raise SystemExit('port taken')", complaining(1, "port taken")),
        ("import sys; print('bye', file=sys.stderr)", status(0)),
    ],
)
def test_how_it_ended(source: str, how: Fact, tmp_path: Path) -> None:
    """How a process ended is known, with its last complaint if it ended badly."""
    assert ended(tmp_path, source).how_it_ended() == how


def test_how_it_ended_waits_for_the_last_complaint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a process complained last is known, though its reader was kept waiting."""
    asked = threading.Event()

    class Slow(Transcript):
        def add(self, kind: EventKind, who: str, text: str = "", **more: Any) -> None:
            asked.wait(worlds.PATIENCE)
            super().add(kind, who, text, **more)

    source = "import os\nos.write(2, b'x' * 65536 + b'\\nport taken\\n')\nraise SystemExit(3)"
    with worlds.process(tmp_path, source, transcript=Slow()) as running:
        assert running._process.wait(worlds.PATIENCE) == 3
        is_heard = running.is_heard

        def go_on() -> bool:
            asked.set()
            return is_heard()

        monkeypatch.setattr(running, "is_heard", go_on)
        assert running.how_it_ended() == complaining(3, "port taken")


def test_how_it_ended_of_a_process_that_runs(tmp_path: Path) -> None:
    """Of a process that runs it is said that it does."""
    with worlds.process(tmp_path, "input()") as running:
        assert running.how_it_ended() == fact("program-runs", file="program.py")


@needs_posix
def test_how_it_ended_by_a_signal(tmp_path: Path) -> None:
    """A process that was killed is said to have been, by name."""
    running = ended(tmp_path, "import os, signal; os.kill(os.getpid(), signal.SIGABRT)")
    how = fact("program-signalled", file="program.py", signal="SIGABRT")
    assert running.how_it_ended() == how
