"""What the README promises of noxfile.py: its sessions, and how it says what is wrong."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from nox import registry

import noxfile

ROOT = Path(__file__).resolve().parents[1]
SESSIONS = {
    *("grade", "show", "tests", "demo", "skeleton", "tables", "schema", "lint", "handout"),
    *(
        "gradescope",
        "bench",
        "bench-start",
        "bench-unfinished",
        "audit",
        "strangers",
        "translations",
    ),
}


def test_sessions() -> None:
    """The sessions are those of the README, and the tests for each version of Python."""
    found = set(registry.get())
    assert found == SESSIONS | {f"tests-{version}" for version in noxfile.PYTHONS}
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for name in SESSIONS:
        assert f"-s {name}" in text, name


def test_sessions_say_what_they_do() -> None:
    """Each session has a line for nox --list."""
    for name, session in registry.get().items():
        assert session.__doc__, name


def test_requirements() -> None:
    """Reading pyproject.toml line by line finds what a TOML parser finds."""
    tomllib = pytest.importorskip("tomllib")
    read = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert noxfile.requirements("dependencies") == read["project"]["dependencies"]
    for name, wanted in read["dependency-groups"].items():
        assert noxfile.requirements(name) == wanted


def test_every_requirement_has_a_reason() -> None:
    """Each line of the lists says why the package is needed."""
    lines = (ROOT / "pyproject.toml").read_text(encoding="utf-8").splitlines()
    names = ["dependencies", "nox", "tests", "lint"]
    for requirement in noxfile.requirements(*names):
        (line,) = [line for line in lines if line.startswith(f'    "{requirement}",')]
        assert "  # " in line, line


def test_versions_agree() -> None:
    """pyproject.toml and noxfile.py begin with the same version of Python."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'requires-python = ">={noxfile.PYTHONS[0]}"' in text


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
    assert line in noxfile.reason(output)
    assert "\n" not in noxfile.reason(output)


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
    with pytest.raises(noxfile.CannotPrepare, match="venv"):
        noxfile.prepare()


def test_a_half_made_environment_is_made_anew(
    environment: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An environment without its stamp, or with an old one, is none; a ready one is kept."""
    made = []

    def run(*command: str) -> str:
        made.append(command)
        environment.mkdir(parents=True, exist_ok=True)
        (environment / "python").touch()
        return "site-packages\n"

    monkeypatch.setattr(noxfile, "_run", run)
    environment.mkdir(parents=True)
    (environment / "half").touch()
    noxfile.prepare()
    assert not (environment / "half").exists()
    assert made[0][1:3] == ("-m", "venv")
    assert made[-1][-2:] == ("site-packages", "rich>=13")
    once = len(made)
    noxfile.prepare()
    assert len(made) == once
    (environment / noxfile.STAMP).write_text("something older\n", encoding="utf-8")
    noxfile.prepare()
    assert len(made) == 2 * once


def test_an_error_is_one_line(environment: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Whatever goes wrong is said in a line, with a status that is not 0."""
    environment.parent.write_text("a file, not a folder", encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        noxfile.main(["-s", "grade"])
    assert ended.value.code == noxfile.NOT_PREPARED
    last = capfd.readouterr().err.splitlines()[-1]
    assert last.startswith("noxfile.py: ")


@pytest.mark.parametrize("status", [0, 1, 2, 3, 130])
def test_the_status_of_a_command_comes_through(status: int) -> None:
    """The grader's exit status is the one that the caller gets."""
    assert noxfile.attached([sys.executable, "-c", f"raise SystemExit({status})"]) == status


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals to end by")
def test_a_signal_is_a_status_too() -> None:
    """A command that a signal ended has the status that a shell gives it."""
    kill = "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"
    assert noxfile.attached([sys.executable, "-c", kill]) == 128 + 15


def test_an_old_python_is_told_so() -> None:
    """The check of the version comes first, in words that any Python 3.6 can read."""
    old = "import sys; sys.version_info = (3, 9); sys.version = '3.9.18 (main)'; "
    run = f"exec(compile(open({str(ROOT / 'noxfile.py')!r}).read(), 'noxfile.py', 'exec'))"
    done = subprocess.run(
        [sys.executable, "-c", old + run], capture_output=True, text=True, check=False
    )
    assert done.returncode == noxfile.NOT_PREPARED
    assert done.stderr == "noxfile.py: expected Python 3.10 or newer, got 3.9.18\n"
