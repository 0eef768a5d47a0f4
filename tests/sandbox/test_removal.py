"""Folders are gone, whatever a program has left in them."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from support.worlds import PATIENCE, needs_linux, needs_posix

from grader.sandbox import removal
from grader.sandbox.box import scratch_folder

ROOT = sys.platform != "win32" and os.geteuid() == 0
DEEP = 5000  # folders, one in the other: more than Python recurses, and than a path may be long


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "folder"
    made.mkdir()
    return made


def deepen(folder: Path, depth: int = DEEP) -> None:
    """Make folders in folders, a file in each."""
    opened = os.open(folder, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("d", dir_fd=opened)
        below = os.open("d", os.O_RDONLY, dir_fd=opened)
        os.close(opened)
        opened = below
        os.close(os.open("f", os.O_CREAT | os.O_WRONLY, dir_fd=opened))
    os.close(opened)


def test_all_kinds_of_entries(folder: Path) -> None:
    """Files, folders with something in them, and links, whose targets stay."""
    kept = folder.with_name("kept")
    (kept / "below").mkdir(parents=True)
    (folder / "a" / "b" / "c").mkdir(parents=True)
    (folder / "a" / "b" / "c" / "file").write_text("text")
    (folder / "file").write_text("text")
    if sys.platform != "win32":
        (folder / "a" / "link").symlink_to(kept)
        (folder / "link").symlink_to(kept)
        os.mkfifo(folder / "pipe")
    assert removal.remove(folder)
    assert not folder.exists()
    assert (kept / "below").is_dir()


@needs_posix
def test_folders_of_enormous_depth(folder: Path) -> None:
    """Neither recursion nor the length of a path stands in the way."""
    deepen(folder)
    assert removal.remove(folder)


@needs_posix
@pytest.mark.skipif(ROOT, reason="nothing is closed to root")
@pytest.mark.parametrize("mode", [0o000, 0o100, 0o400, 0o500])
def test_what_its_owner_may_not_change(folder: Path, mode: int) -> None:
    """Folders are opened up first."""
    inner = folder / "a" / "b" / "c"
    inner.mkdir(parents=True)
    (inner / "file").write_text("text")
    for each in (inner, inner.parent, inner.parent.parent):
        each.chmod(mode)
    assert removal.remove(folder)


@needs_linux
@pytest.mark.skipif(not ROOT, reason="needs root")
@pytest.mark.parametrize("place", ["file", "a/file", "a", "a/b", "a/b/file"])
@pytest.mark.parametrize("flag", ["+i", "+a"])
def test_what_cannot_be_changed(folder: Path, place: str, flag: str) -> None:
    """An immutable file or folder is made changeable first, wherever it is."""
    (folder / "a" / "b").mkdir(parents=True)
    for name in ("file", "a/file", "a/b/file"):
        (folder / name).write_text("text")
    done = subprocess.run(["chattr", flag, folder / place], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("this file system has no such flags")
    assert removal.remove(folder)


def test_what_takes_too_long_is_left(folder: Path) -> None:
    """After the time allowed it says that something is left; later the rest goes."""
    for number in range(10):
        (folder / str(number)).touch()
    if removal.HERE:
        assert not removal.remove(folder, -1)
        assert folder.exists()
    assert removal.remove(folder)


def test_a_folder_that_is_gone_is_no_error(folder: Path) -> None:
    folder.rmdir()
    assert removal.remove(folder)


@needs_posix
def test_a_check_goes_on_before_all_is_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What takes long is removed by whoever is last, while the caller goes on."""
    monkeypatch.setattr("grader.sandbox.box.REMOVAL", -1)
    before = set(threading.enumerate())
    with scratch_folder(last=True) as outer:
        monkeypatch.setattr("tempfile.tempdir", str(outer))
        with scratch_folder() as inner:
            deepen(inner)
        assert inner.exists()
    for thread in set(threading.enumerate()) - before:
        thread.join(PATIENCE)
    assert not outer.exists()
