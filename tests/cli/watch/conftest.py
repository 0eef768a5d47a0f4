"""What is watched."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import programs


@pytest.fixture
def lab4(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A submission in the current folder."""
    monkeypatch.chdir(tmp_path)
    return programs.write_programs(tmp_path / "lab4")
