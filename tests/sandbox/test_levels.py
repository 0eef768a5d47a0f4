"""Which levels can be had here."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from support.worlds import needs_linux

from grader.fact import fact
from grader.sandbox import levels
from grader.sandbox.box import Box


@needs_linux
def test_without_bubblewrap_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """The automatic choice names what was missing; the choice asked for is refused."""
    monkeypatch.setattr(shutil, "which", lambda name: None)
    box, note = levels.choose()
    assert box.level != "namespaces"
    missing = fact("no-level", level="namespaces", reason=fact("bubblewrap-missing"))
    assert note == missing
    with pytest.raises(levels.Unavailable) as caught:
        levels.choose("namespaces")
    assert caught.value.fact == missing


@needs_linux
def test_a_bubblewrap_that_fails_is_no_level(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Where it is installed and not allowed to work, its complaint is handed on."""
    broken = tmp_path / "bwrap"
    broken.write_text("#!/bin/sh\necho no permissions >&2\nexit 1\n")
    broken.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    with pytest.raises(levels.Unavailable) as caught:
        levels.choose("namespaces")
    reason = fact("bubblewrap-fails", reason="no permissions")
    assert caught.value.fact == fact("no-level", level="namespaces", reason=reason)


def test_portable_takes_what_every_system_has() -> None:
    """Nothing that only Linux has."""
    assert levels.choose(portable=True) == (Box("limits", "open"), None)


def test_limits_can_be_had_everywhere() -> None:
    """The last level is always there."""
    assert levels.choose("limits")[0].level == "limits"
