"""Single files that are named, in place of a folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.assignment.variants import TCP, UDP, Role
from grader.fact import fact
from grader.submission import intake
from grader.submission.intake import NotFound


def folder_with(folder: Path, *files: str) -> Path:
    for file in files:
        (folder / file).write_text("print('hello')\n")
    return folder


def test_single_files(tmp_path: Path) -> None:
    """A server and a client with names of their own can be graded."""
    folder_with(tmp_path, "mine.py", "yours.py")
    found = intake.from_files(UDP, tmp_path / "mine.py", tmp_path / "yours.py")
    assert found.files == {
        (UDP, Role.SERVER): (tmp_path / "mine.py").resolve(),
        (UDP, Role.CLIENT): (tmp_path / "yours.py").resolve(),
    }
    assert found.label == "mine.py yours.py"
    assert found.notes == ()


@pytest.mark.parametrize("role", ["server", "client"])
def test_single_file_alone(role: str, tmp_path: Path) -> None:
    """With a server or a client alone, the checks that need the other are skipped."""
    folder_with(tmp_path, "mine.py")
    given = {"server": None, "client": None} | {role: tmp_path / "mine.py"}
    found = intake.from_files(TCP, **given)
    other = "client" if role == "server" else "server"
    assert found.notes == (fact("role-not-given", role=other),)


@pytest.mark.parametrize(("there", "trouble"), [(True, "is-no-file"), (False, "is-missing")])
def test_single_file_that_is_none(there: bool, trouble: str, tmp_path: Path) -> None:
    """A single file that is not there, or is a folder, cannot be graded."""
    path = tmp_path / "mine.py"
    if there:
        path.mkdir()
    with pytest.raises(NotFound) as caught:
        intake.from_files(TCP, path, None)
    why = fact("not-gradable", path=str(path), trouble=fact(trouble))
    assert caught.value.fact == why
