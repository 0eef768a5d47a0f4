"""What the tests of a class share: a command that grades nothing, a disk that nobody waits for."""

from __future__ import annotations

from argparse import Namespace
from functools import partial
from pathlib import Path

import pytest
from support.classes import Grader, Run, one_failed

from grader.classroom import command, store
from grader.classroom.engine import places, process
from grader.classroom.engine import run as engine


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits for a disk; what SQLite promises of a loss of power is not tested here."""
    monkeypatch.setattr(store, "SYNCHRONOUS", "OFF")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in an empty folder; returns its status and what it printed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(places, "place", here)

    def ran(*words: str) -> tuple[int, str, str]:
        try:
            status = command.run(words)
        except SystemExit as end:
            status = int(str(end.code))
        printed = capsys.readouterr()
        return status, printed.out, printed.err

    return ran


def here(options: Namespace) -> places.Where:
    """Grade on this machine, whatever holds a submission there: nothing is run."""
    jobs = options.jobs or 1
    return places.Where(partial(engine.local, jobs), jobs)


@pytest.fixture
def grader(monkeypatch: pytest.MonkeyPatch) -> Grader:
    """A grader that grades nothing."""
    made = Grader({"bob": one_failed(), "carol": "it broke"})
    monkeypatch.setattr(process, "grade", made)
    return made
