"""What the tests of a class share."""

from __future__ import annotations

import pytest

from grader.classroom import store


@pytest.fixture(autouse=True)
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits for a disk; what SQLite promises of a loss of power is not tested here."""
    monkeypatch.setattr(store, "SYNCHRONOUS", "OFF")
