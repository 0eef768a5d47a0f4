"""Pip as it makes an environment: what of the user's settings counts, and why it failed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.bootstrap import pip

SETTINGS = """\
:env:.prefix='/x'
:env:.index-url='of the environment'
global.index-url='of the machine'
global.trusted-host='\\none\\ntwo'
install.no-deps='true'
install.target='/y'
freeze.timeout='1'
"""


def test_only_where_packages_come_from_may_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the settings of the user's pip those count that say whence, and none that says where."""
    monkeypatch.setenv("PIP_PREFIX", "/x")
    monkeypatch.setattr(pip, "run", lambda *command, folder, env: SETTINGS)
    found = pip.settings(["python", "-m", "pip", "install"], Path())
    named = {name: value for name, value in found.items() if name.startswith("PIP_")}
    assert named == {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_INDEX_URL": "of the environment",
        "PIP_TRUSTED_HOST": "\none\ntwo",
    }


@pytest.mark.parametrize(
    "setting", ["PREFIX", "TARGET", "ROOT", "USER", "NO_DEPS", "DRY_RUN", "REQUIRE_VIRTUALENV"]
)
def test_settings_of_pip_that_contradict(
    setting: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pip itself finds none of them, whether from the environment or from a file."""
    monkeypatch.setenv(f"PIP_{setting}", "1")
    command = [sys.executable, "-m", "pip"]
    found = pip.settings([*command, "install"], tmp_path)
    listed = subprocess.run(
        [*command, "config", "list"], env=found, capture_output=True, text=True, check=True
    )
    assert setting.lower().replace("_", "-") not in listed.stdout


@pytest.mark.parametrize(
    ("output", "line"),
    [
        ("", "it said nothing"),
        ("first\nlast\n", "last"),
        ("ERROR: No matching distribution found for nox\nhint\n", "No matching distribution"),
        ("WARNING: Retrying (Retry(total=4))\nERROR: No matching\n", "cannot reach the package"),
        ("Error: [Errno 13] Permission denied: 'kit'\n", "Permission denied"),
    ],
)
def test_reason(output: str, line: str) -> None:
    """Of all that pip and venv print, one line says why."""
    assert line in pip.reason(output)
    assert "\n" not in pip.reason(output)
