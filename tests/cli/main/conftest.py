"""A grading that takes no time."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import programs
from support.made_up import Graded

from grader.grading import runner


@pytest.fixture
def graded(monkeypatch: pytest.MonkeyPatch) -> Graded:
    made = Graded()
    monkeypatch.setattr(runner, "grade", made)
    return made


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder: a submission in lab4, and single files."""
    programs.write_programs(tmp_path / "lab4")
    for role in ("server", "client"):
        (tmp_path / f"{role}.py").write_text(programs.PROGRAMS[f"tcp_{role}.py"])
        (tmp_path / f"my_udp_{role}.py").write_text(programs.PROGRAMS[f"udp_{role}.py"])
    monkeypatch.chdir(tmp_path)
    return tmp_path
