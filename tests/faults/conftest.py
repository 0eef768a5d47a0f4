"""What the faults of the grader's own happen to."""

from __future__ import annotations

from pathlib import Path

import programs
import pytest
from made_up import FULL

from grader import session


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The current folder has a submission, and grading it is done at once."""
    programs.write_programs(tmp_path / "lab4")
    monkeypatch.setattr(session, "grade", lambda *_: FULL)
    monkeypatch.chdir(tmp_path)
    return tmp_path
