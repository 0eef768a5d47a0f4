"""From noxfile.py to nox, and from a session to a program: what comes through."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from grader.bootstrap import launch, start_nox
from grader.bootstrap.pip import own_environment

ROOT = Path(__file__).resolve().parents[2]


def test_variables_of_nox_and_python_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither NOXPYTHON nor PYTHONPATH reaches what noxfile.py starts."""
    names = ("NOXPYTHON", "NOXSESSION", "NOX_DEFAULT_VENV_BACKEND", "PYTHONPATH", "PYTHONHOME")
    for name in names:
        monkeypatch.setenv(name, "3.12")
    show = "import os, sys; sys.exit(any(n.startswith(('NOX', 'PYTHONH')) for n in os.environ))"
    assert launch.attached([sys.executable, "-E", "-c", show]) == 0
    assert not set(names) & set(own_environment())


@pytest.mark.parametrize("status", [0, 1, 2, 3, 130])
def test_the_status_of_a_command_comes_through(status: int) -> None:
    """The grader's exit status is the one that the caller gets."""
    assert launch.attached([sys.executable, "-c", f"raise SystemExit({status})"]) == status


@pytest.mark.skipif(sys.platform == "win32", reason="there are no signals to end by")
def test_a_signal_is_a_status_too() -> None:
    """A command that a signal ended has the status that a shell gives it."""
    kill = "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"
    assert launch.attached([sys.executable, "-c", kill]) == 128 + 15


def test_a_command_runs_where_it_is_told(tmp_path: Path) -> None:
    """A program of the kit runs in the kit's folder, one that gets paths where these begin."""
    show = "import os, sys; sys.exit(not os.path.samefile(os.getcwd(), sys.argv[1]))"
    for folder in (ROOT, tmp_path):
        assert launch.attached([sys.executable, "-c", show, str(folder)], folder) == 0
    assert launch.attached([sys.executable, "-c", show, str(ROOT)]) == 0


@pytest.mark.parametrize("words", ["--next", "--only two-users", "--seed 5"])
def test_the_two_dashes_are_missed(words: str) -> None:
    """What nox does not know is told in one line, with what was probably meant."""
    given = [*("-f", str(ROOT / "noxfile.py"), "-s", "grade"), *words.split()]
    done = subprocess.run(
        [sys.executable, "-I", "-B", start_nox.__file__, *given],
        env=own_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    first = words.split(maxsplit=1)[0]
    assert done.returncode == start_nox.WRONG_ARGUMENTS
    assert done.stdout == ""
    assert done.stderr == (
        f"noxfile.py: unrecognized arguments: {first}; "
        f"what the grader is to get follows --, as in: -s grade -- {words}\n"
    )


def test_with_the_two_dashes_nothing_is_proposed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Who has written them, made another mistake."""
    monkeypatch.setattr(sys, "argv", ["nox", "-f", "noxfile.py", "--nonsense", "--", "--next"])
    with pytest.raises(SystemExit):
        start_nox.complain(start_nox.argparse.ArgumentParser(), "unrecognized: --nonsense")
    assert capsys.readouterr().err == "noxfile.py: unrecognized: --nonsense\n"
