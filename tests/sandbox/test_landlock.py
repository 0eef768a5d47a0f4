"""Files closed to a thread and all that it starts."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from support.worlds import PATIENCE

from grader.sandbox import confined, landlock

needs_landlock = pytest.mark.skipif(not landlock.version(), reason="needs Landlock")
SYSTEM = [Path(name) for name in ("/usr", "/lib", "/lib64", "/bin", sys.base_prefix)]


def output(source: str, readable: list[Path], writable: list[Path]) -> str:
    """What a program prints where only these can be opened."""
    base = os.path.realpath(getattr(sys, "_base_executable", sys.executable))
    command = [base, "-I", "-S", "-c", source]

    def start() -> str:
        run = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
        return run.stdout + run.stderr

    return confined.started(lambda: landlock.restrict([*SYSTEM, *readable], writable), start)


@needs_landlock
def test_only_what_is_named_can_be_read(tmp_path: Path) -> None:
    """A file named is open, the one beside it closed."""
    for name in ("open", "closed"):
        (tmp_path / name).write_text(name)
    source = f"print(open({str(tmp_path / 'open')!r}).read())\nopen({str(tmp_path / 'closed')!r})"
    found = output(source, [tmp_path / "open"], [])
    assert found.startswith("open\n")
    assert "PermissionError" in found


@needs_landlock
def test_what_can_be_read_cannot_be_written(tmp_path: Path) -> None:
    """Reading a folder is not writing to it."""
    found = output(f"open({str(tmp_path / 'new')!r}, 'w')", [tmp_path], [])
    assert "PermissionError" in found
    assert not (tmp_path / "new").exists()


@needs_landlock
def test_a_folder_to_write_to(tmp_path: Path) -> None:
    """In a writable folder a program makes and removes what it likes."""
    path = str(tmp_path / "new")
    source = f"import os\nopen({path!r}, 'w').write('1')\nos.rename({path!r}, {path + '2'!r})"
    assert output(source, [], [tmp_path]) == ""
    assert (tmp_path / "new2").read_text() == "1"


@needs_landlock
def test_the_caller_stays_free(tmp_path: Path) -> None:
    """Only the thread that starts the program is restricted."""
    output("", [], [])
    (tmp_path / "mine").write_text("mine")
    assert (tmp_path / "mine").read_text() == "mine"


@needs_landlock
def test_a_path_that_is_not_there_is_left_out(tmp_path: Path) -> None:
    """Not every system has all of the folders."""
    assert output("print('runs')", [tmp_path / "nothing"], []) == "runs\n"


@pytest.mark.skipif(sys.platform == "linux", reason="for systems without Landlock")
def test_elsewhere_there_is_none() -> None:
    """The version is 0 where the system has no Landlock."""
    assert landlock.version() == 0
