"""What is graded is a copy: what comes along, and who may read it."""

from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import pytest
from support import programs, worlds
from support.worlds import needs_posix

from grader.assignment.variants import TCP, UDP, Role
from grader.fact import Fact, fact
from grader.submission import intake


def trouble(name: str, code: str) -> Fact:
    """What is wrong with one file."""
    return fact("file-trouble", file=name, trouble=fact(code))


def lacking(*troubles: tuple[str, Fact]) -> Fact:
    """The note about files that cannot be graded, each with its trouble."""
    files = tuple(fact("file-trouble", file=file, trouble=trouble) for file, trouble in troubles)
    return fact("files-lacking", files=files)


def copied(folder: Path, to: Path) -> intake.Submission:
    to.mkdir()
    return intake.copied(intake.in_folder(folder), to)


def test_the_copy_has_the_files(tmp_path: Path) -> None:
    """What is run is a copy of each file, under the names that the lab has for them."""
    folder = programs.write_programs(tmp_path / "mine")
    found = copied(folder, tmp_path / "copy")
    assert found.files[TCP, Role.SERVER] == tmp_path / "copy" / "tcp_server.py"
    for path in found.files.values():
        assert path.read_bytes() == (folder / path.name).read_bytes()


def test_what_lies_beside_comes_along(tmp_path: Path) -> None:
    """Modules, packages in packages and data are copied too, where they were."""
    folder = programs.write_programs(tmp_path / "mine")
    names = ("helper.py", "package/__init__.py", "package/deep/inner.py", "data/config.json")
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("x = 1")
    copied(folder, tmp_path / "copy")
    assert all((tmp_path / "copy" / name).read_text() == "x = 1" for name in names)


@needs_posix
def test_anybody_may_read_the_copy(tmp_path: Path) -> None:
    """Whatever the umask and the modes of the original, another user can list and read it."""
    folder = programs.write_programs(tmp_path / "mine")
    (folder / "package").mkdir(mode=0o700)
    (folder / "package" / "data.txt").touch(mode=0o600)
    before = os.umask(0o077)
    try:
        copied(folder, tmp_path / "copy")
    finally:
        os.umask(before)
    for path in [tmp_path / "copy", *(tmp_path / "copy").rglob("*")]:
        assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644), path


@needs_posix
def test_links_do_not_come_along(tmp_path: Path) -> None:
    """A module that is a link may lead to somebody else's file."""
    folder = programs.write_programs(tmp_path / "mine")
    (tmp_path / "other.py").write_text("secret = 1")
    (folder / "helper.py").symlink_to(tmp_path / "other.py")
    (folder / "package").symlink_to(tmp_path)
    copied(folder, tmp_path / "copy")
    assert not (tmp_path / "copy" / "helper.py").exists()
    assert not (tmp_path / "copy" / "package").exists()


@needs_posix
def test_a_link_out_of_the_folder_is_no_file_of_it(tmp_path: Path) -> None:
    """A server that is a link to another's is missing, with the reason."""
    folder = programs.write_programs(tmp_path / "mine")
    other = tmp_path / "other.py"
    (folder / "tcp_server.py").rename(other)
    (folder / "tcp_server.py").symlink_to(other)
    found = intake.in_folder(folder)
    assert (TCP, Role.SERVER) not in found.files
    assert found.notes == (lacking(("tcp_server.py", fact("is-link-out"))),)


def test_single_files_come_alone(tmp_path: Path) -> None:
    """What lies beside a file given by itself may be somebody else's."""
    folder = programs.write_programs(tmp_path / "mine")
    given = intake.from_files(TCP, folder / "tcp_server.py", folder / "tcp_client.py")
    (tmp_path / "copy").mkdir()
    found = intake.copied(given, tmp_path / "copy")
    server = found.files[TCP, Role.SERVER]
    assert os.listdir(server.parent) == ["tcp_server.py"]
    assert server.parent != found.files[TCP, Role.CLIENT].parent


def test_nothing_of_the_kit_comes_along(tmp_path: Path) -> None:
    """Where the kit itself lies in the folder graded, only the files of the lab are copied."""
    found = intake.in_folder(worlds.ROOT / "lab4")
    outer = dataclasses.replace(found, folder=worlds.ROOT)
    intake.copied(outer, tmp_path)
    assert {path.name for path in tmp_path.rglob("*")} == {p.name for p in found.files.values()}


def test_a_file_that_is_gone_by_then_is_missing(tmp_path: Path) -> None:
    """A file removed after it was found is one that was never there."""
    folder = programs.write_programs(tmp_path / "mine")
    found = intake.in_folder(folder)
    (folder / "udp_client.py").unlink()
    (tmp_path / "copy").mkdir()
    assert intake.copied(found, tmp_path / "copy").missing(UDP, (Role.CLIENT,))


def test_no_room_for_the_copy_is_not_the_submissions_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A copy that cannot be written is an error of the machine's, no missing file."""
    found = intake.in_folder(programs.write_programs(tmp_path / "mine"))
    (tmp_path / "copy").mkdir()

    def full(path: Path, data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        intake.copied(found, tmp_path / "copy")
