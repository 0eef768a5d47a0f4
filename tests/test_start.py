"""How a module of the kit is started: nothing but the kit, its packages and the library counts."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from support import worlds
from support.worlds import needs_posix

from grader import start

# What the library, pytest and the grader import; and what a package imports if it is there.
NAMES = ("random", "socket", "typing", "enum", "re", "logging", "pytest", "rich", "attr", "fact")

EARLY = ("typing", "enum", "re")  # Python may import these before it comes to any program


@pytest.fixture
def strangers(tmp_path: Path) -> Path:
    """A folder with modules that say so when they are imported."""
    folder = tmp_path / "strangers"
    folder.mkdir()
    for name in NAMES:
        (folder / f"{name}.py").write_text("raise SystemExit('a stranger: ' + __name__)\n")
    return folder


def run(*words: str, **options: object) -> subprocess.CompletedProcess[str]:
    """Start a module of the kit."""
    return worlds.python("-B", start.__file__, *words, **options)


def test_a_module_is_run_with_its_arguments() -> None:
    """It is what ``python -m MODULE`` would do."""
    done = run("grader", "--list")
    assert (done.returncode, done.stderr) == (0, "")
    assert "tcp.starts" in done.stdout


@pytest.mark.parametrize("way", ["start", "-m"])
def test_nothing_beside_the_caller_is_imported(way: str, strangers: Path) -> None:
    """What lies in the folder that it is called from takes no module's place."""
    words = ("-B", start.__file__, "grader") if way == "start" else ("-B", "-m", "grader")
    if way == "-m":  # what -m itself needs is imported before anything can be done about it
        shutil.copytree(worlds.ROOT / "grader", strangers / "grader")
        shutil.copyfile(worlds.ROOT / "pyproject.toml", strangers / "pyproject.toml")
        for early in EARLY:
            (strangers / f"{early}.py").unlink()
    done = worlds.python(*words, "--list", cwd=strangers)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("name", ["PYTHONPATH", "PYTHONSTARTUP", "PYTHONPLATLIBDIR"])
def test_variables_of_python_lead_nowhere(name: str, strangers: Path) -> None:
    """No folder that a variable names takes the place of one of the kit's own, nor does a file."""
    for early in EARLY:
        (strangers / f"{early}.py").unlink()
    value = str(strangers) if name == "PYTHONPATH" else "lib"
    done = run("grader", "--list", env={**os.environ, name: value})
    assert (done.returncode, done.stderr) == (0, "")


def test_nothing_beside_the_kit_is_imported(strangers: Path) -> None:
    """Neither from the kit's own root nor from within its packages."""
    shutil.copytree(worlds.ROOT / "grader", strangers / "grader")
    done = worlds.python("-B", str(strangers / "grader" / "start.py"), "grader", "--list")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_worker_is_started_so_too(strangers: Path, tmp_path: Path) -> None:
    """A whole grading imports nothing of strangers."""
    from support import programs

    folder = programs.write_programs(tmp_path / "lab4")
    words = ("grader", str(folder), "--only", "udp.starts", "--no-cache", "--portable")
    done = run(*words, cwd=strangers, env={**os.environ, "PYTHONOPTIMIZE": "2"})
    assert done.returncode == 0, done.stderr + done.stdout


def test_the_environment_for_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """How text is written may be chosen; what is imported may not."""
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    monkeypatch.setenv("PYTHONPATH", "somewhere")
    found = start.environment()
    assert found["PYTHONIOENCODING"] == "latin-1"
    assert "PYTHONPATH" not in found
    assert found["PATH"] == os.environ["PATH"]


def test_a_start_that_fails_is_one_line(tmp_path: Path) -> None:
    """A kit that is not whole is said so, with the status of the grader's own failures."""
    shutil.copytree(worlds.ROOT / "grader", tmp_path / "grader")
    (tmp_path / "grader" / "cli" / "main.py").write_text("import nothing_like_it\n")
    done = worlds.python("-B", str(tmp_path / "grader" / "start.py"), "grader", "--list")
    assert done.returncode == 3
    assert done.stderr.splitlines() == [
        "grader: it cannot start: ModuleNotFoundError: No module named 'nothing_like_it'"
    ]


@needs_posix
def test_children_are_waited_for_whatever_a_parent_ignores() -> None:
    """A parent that ignores SIGCHLD would hide every exit status; blocked signals never come."""
    source = (
        "import signal, subprocess, sys\n"
        f"sys.path.insert(0, {str(worlds.ROOT)!r})\n"
        "from grader import start\n"
        "start.forget_parents()\n"
        "child = subprocess.run([sys.executable, '-c', 'raise SystemExit(7)'])\n"
        "print(child.returncode, signal.pthread_sigmask(signal.SIG_BLOCK, ()))"
    )
    before = signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    try:
        process = subprocess.Popen(
            [sys.executable, "-c", source], stdout=subprocess.PIPE, encoding="utf-8"
        )
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        signal.signal(signal.SIGCHLD, before)
    assert process.communicate(timeout=worlds.PATIENCE)[0] == "7 set()\n"


@needs_posix
@pytest.mark.parametrize("hard", [False, True])
def test_files_are_not_cut_off(hard: bool, tmp_path: Path) -> None:
    """A limit on the size of files leaves no compiled file that is cut off behind."""
    shutil.copytree(worlds.ROOT / "grader", tmp_path / "grader")
    for folder in list((tmp_path / "grader").rglob("__pycache__")):
        shutil.rmtree(folder)
    source = (
        "import os, resource, sys\n"
        "most = resource.getrlimit(resource.RLIMIT_FSIZE)[1]\n"
        f"resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024 if {hard} else most))\n"
        f"os.execv(sys.executable, [sys.executable, {str(tmp_path / 'grader' / 'start.py')!r}, "
        "'grader', '--list'])"
    )
    worlds.python("-c", source, env=start.environment())
    again = worlds.python(str(tmp_path / "grader" / "start.py"), "grader", "--list")
    assert (again.returncode, again.stderr) == (0, "")
