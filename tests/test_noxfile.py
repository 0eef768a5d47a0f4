"""What the README promises of noxfile.py: its sessions, and how it says what is wrong."""

from __future__ import annotations

import os
import shutil
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


def test_variables_of_nox_and_python_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither NOXPYTHON nor PYTHONPATH reaches what noxfile.py starts."""
    names = ("NOXPYTHON", "NOXSESSION", "NOX_DEFAULT_VENV_BACKEND", "PYTHONPATH", "PYTHONHOME")
    for name in names:
        monkeypatch.setenv(name, "3.12")
    show = "import os, sys; sys.exit(any(n.startswith(('NOX', 'PYTHONH')) for n in os.environ))"
    assert noxfile.attached([sys.executable, "-E", "-c", show]) == 0
    assert not set(names) & set(noxfile.own_environment())


@pytest.mark.skipif(not noxfile.is_ready(), reason="needs the kit's environment")
@pytest.mark.parametrize("place", ["beside", "caller", "PYTHONPATH"])
def test_nothing_else_is_imported(place: str, tmp_path: Path) -> None:
    """A module called like one of the library's is left alone, wherever it lies."""
    kit, others = tmp_path / "kit", tmp_path / "others"
    kit.mkdir()
    others.mkdir()
    for name in ("noxfile.py", "pyproject.toml"):
        shutil.copyfile(ROOT / name, kit / name)
    shutil.copytree(ROOT / "grader", kit / "grader")
    (kit / ".nox").mkdir()
    (kit / ".nox" / noxfile.ENVIRONMENT.name).symlink_to(noxfile.ENVIRONMENT)
    for name in ("socket", "logging", "queue", "rich", "nox", "attr"):
        stranger = (kit if place == "beside" else others) / f"{name}.py"
        stranger.write_text("raise SystemExit('a stranger')\n")
    env = dict(os.environ) | ({"PYTHONPATH": str(others)} if place == "PYTHONPATH" else {})
    python = getattr(sys, "_base_executable", sys.executable)
    done = subprocess.run(
        [python, str(kit / "noxfile.py"), "-s", "grade", "--", "--list"],
        cwd=others,
        env={**env, "NOXPYTHON": "3.999"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "tcp.starts" in done.stdout


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
