"""What lies beside the programs of a submission."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import worlds
from support.worlds import needs_posix

from grader.submission import alongside


def made(folder: Path, *names: str) -> Path:
    """A folder with these files in it."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x = 1\n")
    return folder


def taken(folder: Path) -> list[str]:
    """The names of the files that come along."""
    return [path.relative_to(folder).as_posix() for path in alongside.alongside(folder)[0]]


def test_packages_in_packages_and_data_come_along(tmp_path: Path) -> None:
    """What can be imported comes first, then what can be read."""
    made(tmp_path, "a.txt", "data/config.json", "pack/deep/inner.py", "pack/__init__.py", "z.py")
    assert taken(tmp_path) == [
        "z.py",
        "pack/__init__.py",
        "pack/deep/inner.py",
        "a.txt",
        "data/config.json",
    ]


@pytest.mark.parametrize(
    "name",
    [".git/config", ".hidden", "__pycache__/x.pyc", "__MACOSX/._x.py", "node_modules/x.js"],
)
def test_what_nobody_has_written_stays_behind(name: str, tmp_path: Path) -> None:
    """What is hidden, or was left by a program, does not come along."""
    made(tmp_path, name)
    assert taken(tmp_path) == []


def test_a_virtual_environment_stays_behind(tmp_path: Path) -> None:
    """A folder of installed packages is none of the submission."""
    made(tmp_path, "venv/pyvenv.cfg", "venv/lib/x.py")
    assert taken(tmp_path) == []


@needs_posix
def test_a_ring_of_links_has_an_end(tmp_path: Path) -> None:
    """Links are not followed."""
    (made(tmp_path, "x.py") / "again").symlink_to(tmp_path)
    assert taken(tmp_path) == ["x.py"]


def test_too_many_files_stay_behind(tmp_path: Path) -> None:
    """There is a most of them; how many are left is told."""
    made(tmp_path, *(f"{n}.txt" for n in range(alongside.MAX_FILES)), "a.py", "b.py")
    files, left = alongside.alongside(tmp_path)
    assert (len(files), left) == (alongside.MAX_FILES, 2)
    assert [path.name for path in files[:2]] == ["a.py", "b.py"]


def test_too_large_a_file_stays_behind(tmp_path: Path) -> None:
    """A film is not copied for each grading."""
    with (tmp_path / "film.mp4").open("wb") as file:
        file.truncate(alongside.MAX_BYTES + 1)
    assert alongside.alongside(tmp_path) == ([], 1)


def test_all_files_together_have_a_most(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Many files that are not too large by themselves are so together."""
    monkeypatch.setattr(alongside, "MAX_TOTAL", 20)
    made(tmp_path, "a.py", "b.py", "c.py", "d.py")
    assert alongside.alongside(tmp_path)[1] == 1


def test_folders_in_one_another_have_an_end(tmp_path: Path) -> None:
    """Nobody waits for a folder that is very deep."""
    deep = "/".join("x" * (alongside.MAX_DEPTH + 3))
    made(tmp_path, f"{deep}/y.py")
    assert taken(tmp_path) == []


def test_nothing_of_the_kit_comes_along() -> None:
    """Neither where the kit is in the folder, nor where the folder holds it."""
    assert taken(worlds.ROOT) == []
    found = [folder for folder, _files in alongside.folders(worlds.ROOT.parent)]
    assert worlds.ROOT not in found
