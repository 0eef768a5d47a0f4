"""What skeletons are made of."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.skeletons import ROOT

from kit import skeleton


@pytest.fixture
def kit(tmp_path: Path) -> Path:
    """A copy of the real reference, with the skeletons made from it."""
    (tmp_path / "reference").mkdir()
    for name in skeleton.FILES:
        text = (ROOT / "reference" / name).read_text(encoding="utf-8")
        (tmp_path / "reference" / name).write_text(text, encoding="utf-8")
    assert skeleton.main([], root=tmp_path) == 0
    return tmp_path
