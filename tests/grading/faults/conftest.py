"""What the faults of the grader's own happen to."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import programs
from support.made_up import FULL

from grader.grading import runner


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The current folder has a submission, and grading it is done at once."""
    programs.write_programs(tmp_path / "lab4")
    monkeypatch.setattr(runner, "grade", lambda *_: FULL)
    monkeypatch.chdir(tmp_path)
    return tmp_path
