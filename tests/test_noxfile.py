"""What the README promises of noxfile.py: its sessions, and how it says what is wrong."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from nox import registry

import noxfile
from grader.bootstrap import environment, launch

ROOT = Path(__file__).resolve().parents[1]
SESSIONS = {
    *("grade", "show", "class", "tests", "demo", "skeleton", "tables", "schema", "lint", "handout"),
    *(
        "gradescope",
        "bench",
        "bench-start",
        "bench-unfinished",
        "audit",
        "strangers",
        "mistakes",
        "translations",
    ),
    *("hand-in", "reset", "report", "defence", "pictures", "bench-grade", "bench-jobs"),
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


def test_versions_agree() -> None:
    """pyproject.toml and noxfile.py begin with the same version of Python."""
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert f'requires-python = ">={noxfile.PYTHONS[0]}"' in text


@pytest.mark.skipif(not environment.is_ready(), reason="needs the kit's environment")
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
    (kit / ".nox" / environment.ENVIRONMENT.name).symlink_to(environment.ENVIRONMENT)
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


@pytest.mark.skipif(not environment.is_ready(), reason="needs the kit's environment")
def test_paths_begin_where_the_caller_is(tmp_path: Path) -> None:
    """From any folder: a path is of that folder, and what is proposed works from there."""
    (tmp_path / "work").mkdir()
    shutil.copyfile(ROOT / "lab4" / "udp_server.py", tmp_path / "work" / "udp_server.py")
    python = getattr(sys, "_base_executable", sys.executable)
    done = subprocess.run(
        [python, str(ROOT / "noxfile.py"), "-s", "grade", "--", "work", "--only", "udp.starts"],
        cwd=tmp_path,
        env={**os.environ, "COLUMNS": "400", "CHAT_LAB_CACHE": ""},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (then,) = [line for line in done.stdout.splitlines() if line.startswith("then")]
    words = then.split()
    assert (tmp_path / words[2]).samefile(ROOT / "noxfile.py")
    assert words[-3:] == ["work", "--only", "udp.starts"]


def test_an_old_python_can_read_it() -> None:
    """All of it is in the grammar of Python 3.6: so an old one reaches the check at its head."""
    text = (ROOT / "noxfile.py").read_text(encoding="utf-8")
    ast.parse(text, feature_version=(3, 6))
    assert "from __future__" not in text


def test_the_noxfile_is_a_list_of_sessions() -> None:
    """What it takes to come to nox is elsewhere."""
    assert len((ROOT / "noxfile.py").read_text(encoding="utf-8").splitlines()) <= 170


def test_an_old_python_is_told_so() -> None:
    """The check of the version comes first, in words that any Python 3.6 can read."""
    old = "import sys; sys.version_info = (3, 9); sys.version = '3.9.18 (main)'; "
    run = f"exec(compile(open({str(ROOT / 'noxfile.py')!r}).read(), 'noxfile.py', 'exec'))"
    done = subprocess.run(
        [sys.executable, "-c", old + run], capture_output=True, text=True, check=False
    )
    assert done.returncode == launch.NOT_PREPARED
    assert done.stderr == "noxfile.py: expected Python 3.10 or newer, got 3.9.18\n"
