"""The environment that noxfile.py makes: from what, and when anew."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

import noxfile


def test_an_error_is_one_line(environment: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Whatever goes wrong is said in a line, with a status that is not 0."""
    environment.parent.write_text("a file, not a folder", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        noxfile.main(["-s", "grade"])
    assert ended.value.code == noxfile.NOT_PREPARED
    last = capfd.readouterr().err.splitlines()[-1]
    assert last.startswith("noxfile.py: ")


def test_a_python_that_cannot_be_run(
    environment: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A Python out of reach is one line, with the status for what could not be prepared."""
    monkeypatch.setattr(noxfile, "prepare", lambda: None)
    with pytest.raises(SystemExit) as ended:
        noxfile.main(["-s", "grade"])
    assert ended.value.code == noxfile.NOT_PREPARED
    (line,) = capfd.readouterr().err.splitlines()
    assert line.startswith(f"noxfile.py: cannot run {environment / 'python'}: ")


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The kit's environment somewhere else: not there yet."""
    folder = tmp_path / ".nox" / "kit"
    monkeypatch.setattr(noxfile, "ROOT", tmp_path)
    monkeypatch.setattr(noxfile, "ENVIRONMENT", folder)
    monkeypatch.setattr(noxfile, "PYTHON", folder / "python")
    monkeypatch.setattr(noxfile, "requirements", lambda *names: ["rich>=13"])
    return folder


def test_no_pip(environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pip and without a way to get it, the line says how to install it."""
    monkeypatch.setattr(noxfile, "has", lambda package: False)
    with pytest.raises(noxfile.CannotPrepare, match="has no pip: install it first"):
        noxfile.prepare()
    assert not environment.exists()


def test_nowhere_to_write(environment: Path) -> None:
    """A folder that cannot be made is named."""
    environment.parent.write_text("a file, not a folder", encoding="utf-8")
    with pytest.raises(noxfile.CannotPrepare, match="cannot make"):
        noxfile.prepare()


def pretend(environment: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Have the commands that make an environment do so at once; returns which there were."""
    made: list[tuple[str, ...]] = []
    folder = environment / "site-packages"

    def run(*command: str, env: dict[str, str] | None = None) -> str:
        if "config" in command:
            return ""
        made.append(command)
        (folder / "rich").mkdir(parents=True, exist_ok=True)
        (folder / "rich" / "text.py").write_text("x = 1\n")
        (environment / "python").touch()
        return f"{folder}\n"

    monkeypatch.setattr(noxfile, "_run", run)
    return made


def test_a_broken_environment_is_made_anew(
    environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is gone, or cut off, is noticed; one that somebody has added does not count."""
    made = pretend(environment, monkeypatch)
    noxfile.prepare()
    once = len(made)
    (environment / "site-packages" / "more.py").touch()
    noxfile.prepare()
    assert len(made) == once
    (environment / "site-packages" / "rich" / "text.py").write_text("")
    noxfile.prepare()
    assert len(made) == 2 * once
    (environment / "site-packages" / "rich" / "text.py").unlink()
    noxfile.prepare()
    assert len(made) == 3 * once
    assert not (environment / "site-packages" / "more.py").exists()


def test_what_cannot_be_imported_is_not_installed(
    environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stamp is written only after every package has been imported."""
    pretend(environment, monkeypatch)
    installs = noxfile._run

    def run(*command: str, env: dict[str, str] | None = None) -> str:
        if "import rich" in command:
            raise noxfile.CannotPrepare("no rich")
        return installs(*command, env=env)

    monkeypatch.setattr(noxfile, "_run", run)
    with pytest.raises(noxfile.CannotPrepare, match="no rich"):
        noxfile.prepare()
    assert not (environment / noxfile.STAMP).exists()


def test_every_requirement_names_its_module() -> None:
    """What is imported to see whether it is there is importable here."""
    for requirement in noxfile.requirements("dependencies", "nox"):
        assert importlib.util.find_spec(noxfile.module(requirement)), requirement


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
    monkeypatch.setattr(noxfile, "_run", lambda *command, env: SETTINGS)
    found = noxfile.pip_environment(["python", "-m", "pip", "install"])
    pip = {name: value for name, value in found.items() if name.startswith("PIP_")}
    assert pip == {
        "PIP_CONFIG_FILE": os.devnull,
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_INDEX_URL": "of the environment",
        "PIP_TRUSTED_HOST": "\none\ntwo",
    }


@pytest.mark.parametrize(
    "setting", ["PREFIX", "TARGET", "ROOT", "USER", "NO_DEPS", "DRY_RUN", "REQUIRE_VIRTUALENV"]
)
def test_settings_of_pip_that_contradict(setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Pip itself finds none of them, whether from the environment or from a file."""
    monkeypatch.setenv(f"PIP_{setting}", "1")
    pip = [sys.executable, "-m", "pip"]
    found = noxfile.pip_environment([*pip, "install"])
    listed = subprocess.run(
        [*pip, "config", "list"], env=found, capture_output=True, text=True, check=True
    )
    assert setting.lower().replace("_", "-") not in listed.stdout


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root reaches everything")
def test_an_environment_of_another_user(environment: Path) -> None:
    """One that cannot be looked into nor removed is said so."""
    (environment / "inside").mkdir(parents=True)
    environment.chmod(0)
    try:
        with pytest.raises(noxfile.CannotPrepare, match="another user has made it"):
            noxfile.prepare()
    finally:
        environment.chmod(0o700)


def test_an_environment_that_cannot_be_removed(
    environment: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """What another user has made is told in one line, with the status for it."""
    environment.mkdir(parents=True)

    def deny(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(noxfile.shutil, "rmtree", deny)
    with pytest.raises(SystemExit) as ended:
        noxfile.main(["-s", "grade"])
    assert ended.value.code == noxfile.NOT_PREPARED
    (line,) = capfd.readouterr().err.splitlines()
    assert "another user has made it" in line


def test_a_half_made_environment_is_made_anew(
    environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An environment without its stamp, or with an old one, is none; a ready one is kept."""
    made = pretend(environment, monkeypatch)
    environment.mkdir(parents=True)
    (environment / "half").touch()
    noxfile.prepare()
    assert not (environment / "half").exists()
    assert made[0][1:3] == ("-m", "venv")
    assert made[-2][-2:] == (str(environment / "site-packages"), "rich>=13")
    assert made[-1][1:] == ("-c", "import rich")
    once = len(made)
    noxfile.prepare()
    assert len(made) == once
    (environment / noxfile.STAMP).write_text("something older\n", encoding="utf-8")
    noxfile.prepare()
    assert len(made) == 2 * once
