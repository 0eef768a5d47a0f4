"""The environment that noxfile.py makes: from what, and when anew."""

from __future__ import annotations

import importlib.util
import os
import sys
from pathlib import Path

import pytest

from grader.bootstrap import environment as made
from grader.bootstrap import launch
from grader.bootstrap.pip import CannotPrepare

ROOT = Path(__file__).resolve().parents[2]


def test_an_error_is_one_line(environment: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Whatever goes wrong is said in a line, with a status that is not 0."""
    environment.parent.write_text("a file, not a folder", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        launch.main(["-s", "grade"])
    assert ended.value.code == launch.NOT_PREPARED
    last = capfd.readouterr().err.splitlines()[-1]
    assert last.startswith("noxfile.py: ")


def test_a_python_that_cannot_be_run(
    environment: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """A Python out of reach is one line, with the status for what could not be prepared."""
    monkeypatch.setattr(made, "prepare", lambda: None)
    with pytest.raises(SystemExit) as ended:
        launch.main(["-s", "grade"])
    assert ended.value.code == launch.NOT_PREPARED
    (line,) = capfd.readouterr().err.splitlines()
    assert line.startswith(f"noxfile.py: cannot run {environment / 'python'}: ")


@pytest.fixture
def environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The kit's environment somewhere else: not there yet."""
    folder = tmp_path / ".nox" / "kit"
    monkeypatch.setattr(made, "ROOT", tmp_path)
    monkeypatch.setattr(made, "ENVIRONMENT", folder)
    monkeypatch.setattr(made, "PYTHON", folder / "python")
    monkeypatch.setattr(made, "requirements", lambda *names: ["rich>=13"])
    return folder


def test_no_pip(environment: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without pip and without a way to get it, the line says how to install it."""
    monkeypatch.setattr(made, "has", lambda package: False)
    with pytest.raises(CannotPrepare, match="has no pip: install it first"):
        made.prepare()
    assert not environment.exists()


def test_nowhere_to_write(environment: Path) -> None:
    """A folder that cannot be made is named."""
    environment.parent.write_text("a file, not a folder", encoding="utf-8")
    with pytest.raises(CannotPrepare, match="cannot make"):
        made.prepare()


def pretend(environment: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Have the commands that make an environment do so at once; returns which there were."""
    commands: list[tuple[str, ...]] = []
    folder = environment / "site-packages"

    def run(*command: str, env: dict[str, str] | None = None) -> str:
        if "config" in command:
            return ""
        commands.append(command)
        (folder / "rich").mkdir(parents=True, exist_ok=True)
        (folder / "rich" / "text.py").write_text("x = 1\n")
        (environment / "python").touch()
        return f"{folder}\n"

    monkeypatch.setattr(made, "_run", run)
    return commands


def test_a_broken_environment_is_made_anew(
    environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is gone, or cut off, is noticed; one that somebody has added does not count."""
    commands = pretend(environment, monkeypatch)
    made.prepare()
    once = len(commands)
    (environment / "site-packages" / "more.py").touch()
    made.prepare()
    assert len(commands) == once
    (environment / "site-packages" / "rich" / "text.py").write_text("")
    made.prepare()
    assert len(commands) == 2 * once
    (environment / "site-packages" / "rich" / "text.py").unlink()
    made.prepare()
    assert len(commands) == 3 * once
    assert not (environment / "site-packages" / "more.py").exists()


def test_what_cannot_be_imported_is_not_installed(
    environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stamp is written only after every package has been imported."""
    pretend(environment, monkeypatch)
    installs = made._run

    def run(*command: str, env: dict[str, str] | None = None) -> str:
        if "import rich" in command:
            raise CannotPrepare("no rich")
        return installs(*command, env=env)

    monkeypatch.setattr(made, "_run", run)
    with pytest.raises(CannotPrepare, match="no rich"):
        made.prepare()
    assert not (environment / made.STAMP).exists()


def test_every_requirement_names_its_module() -> None:
    """What is imported to see whether it is there is importable here."""
    wanted = made.requirements("dependencies", "nox")
    assert len(made.modules(wanted)) > len(wanted) / 2
    for module in made.modules(wanted):
        assert importlib.util.find_spec(module), module


def test_requirement_of_an_older_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not looked for where this Python is not that old."""
    asked = ["tomli>=2; python_version < '3.11'", "rich>=13"]
    monkeypatch.setattr(made.sys, "version_info", (3, 10, 4))
    assert made.modules(asked) == ["tomli", "rich"]
    monkeypatch.setattr(made.sys, "version_info", (3, 11, 0))
    assert made.modules(asked) == ["rich"]


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root reaches everything")
def test_an_environment_of_another_user(environment: Path) -> None:
    """One that cannot be looked into nor removed is said so."""
    (environment / "inside").mkdir(parents=True)
    environment.chmod(0)
    try:
        with pytest.raises(CannotPrepare, match="another user has made it"):
            made.prepare()
    finally:
        environment.chmod(0o700)


def test_an_environment_that_cannot_be_removed(
    environment: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """What another user has made is told in one line, with the status for it."""
    environment.mkdir(parents=True)

    def deny(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(made.shutil, "rmtree", deny)
    with pytest.raises(SystemExit) as ended:
        launch.main(["-s", "grade"])
    assert ended.value.code == launch.NOT_PREPARED
    (line,) = capfd.readouterr().err.splitlines()
    assert "another user has made it" in line


def test_a_half_made_environment_is_made_anew(
    environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An environment without its stamp, or with an old one, is none; a ready one is kept."""
    commands = pretend(environment, monkeypatch)
    environment.mkdir(parents=True)
    (environment / "half").touch()
    made.prepare()
    assert not (environment / "half").exists()
    assert commands[0][1:3] == ("-m", "venv")
    assert commands[-2][-2:] == (str(environment / "site-packages"), "rich>=13")
    assert commands[-1][1:] == ("-c", "import rich")
    once = len(commands)
    made.prepare()
    assert len(commands) == once
    (environment / made.STAMP).write_text("something older\n", encoding="utf-8")
    made.prepare()
    assert len(commands) == 2 * once


def test_requirements() -> None:
    """Reading pyproject.toml line by line finds what a TOML parser finds."""
    tomllib = pytest.importorskip("tomllib")
    read = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert made.requirements("dependencies") == read["project"]["dependencies"]
    for name, wanted in read["dependency-groups"].items():
        assert made.requirements(name) == wanted


def test_every_requirement_has_a_reason() -> None:
    """Each line of the lists says why the package is needed."""
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    names = ["dependencies", "nox", "tests", "lint"]
    for requirement in made.requirements(*names):
        (line,) = [line for line in lines if line.startswith(f'    "{requirement}",')]
        assert "  # " in line, line
