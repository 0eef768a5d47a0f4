"""Finding the files to grade."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support import worlds
from support.worlds import needs_posix

from grader.assignment.variants import TCP, UDP, Role
from grader.fact import Fact, fact
from grader.submission import alongside, intake
from grader.submission.intake import NotFound

ALL = ("tcp_server.py", "tcp_client.py", "udp_server.py", "udp_client.py")
NAMES = ", ".join(ALL)


def trouble(name: str, code: str) -> Fact:
    """What is wrong with one file."""
    return fact("file-trouble", file=name, trouble=fact(code))


def lacking(*troubles: tuple[str, Fact]) -> Fact:
    """The note about files that cannot be graded, each with its trouble."""
    files = tuple(fact("file-trouble", file=file, trouble=trouble) for file, trouble in troubles)
    return fact("files-lacking", files=files)


def folder_with(folder: Path, *files: str) -> Path:
    for file in files:
        (folder / file).write_text("print('hello')\n")
    return folder


def test_whole_folder(tmp_path: Path) -> None:
    """All four files of a folder are found."""
    found = intake.in_folder(folder_with(tmp_path, *ALL))
    assert [path.name for path in found.files.values()] == list(ALL)
    assert found.notes == ()


def test_label_is_what_the_user_gave(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The submission is called as the user called it, its files are found from anywhere."""
    folder_with(tmp_path, *ALL)
    monkeypatch.chdir(tmp_path.parent)
    found = intake.in_folder(Path(tmp_path.name))
    assert found.label == tmp_path.name
    assert found.files[TCP, Role.SERVER] == (tmp_path / "tcp_server.py").resolve()


def test_one_variant_alone(tmp_path: Path) -> None:
    """Who asks for one variant is not told about the files of the other."""
    found = intake.in_folder(folder_with(tmp_path, *ALL[:2]), (TCP,))
    assert set(found.files) == {(TCP, Role.SERVER), (TCP, Role.CLIENT)}
    assert found.notes == ()


def test_missing_files_are_noted(tmp_path: Path) -> None:
    """What is missing is said in a line for each variant."""
    found = intake.in_folder(folder_with(tmp_path, "tcp_server.py"))
    missing = fact("is-missing")
    assert found.notes == (
        lacking(("tcp_client.py", missing)),
        lacking(("udp_server.py", missing), ("udp_client.py", missing)),
    )


def test_missing_names_the_first_file(tmp_path: Path) -> None:
    """A check learns which of the files that it runs is not there."""
    found = intake.in_folder(folder_with(tmp_path, "tcp_server.py"))
    assert found.missing(TCP, (Role.SERVER,)) is None
    assert found.missing(TCP, tuple(Role)) == trouble("tcp_client.py", "is-missing")


def test_missing_says_what_the_trouble_is(tmp_path: Path) -> None:
    """A file that is there and cannot be run is not called missing."""
    (folder_with(tmp_path, "tcp_server.py") / "tcp_client.py").touch()
    found = intake.in_folder(tmp_path)
    assert found.missing(TCP, tuple(Role)) == trouble("tcp_client.py", "is-empty")


@pytest.mark.parametrize("content", [b"", b"\n\n", b"\xef\xbb\xbf \n"])
def test_empty_file(content: bytes, tmp_path: Path) -> None:
    """A file with nothing in it is called empty, also where all are."""
    (tmp_path / "tcp_server.py").write_bytes(content)
    with pytest.raises(NotFound) as caught:
        intake.in_folder(tmp_path)
    empty = trouble("tcp_server.py", "is-empty")
    assert caught.value.fact == fact("nothing-gradable", path=str(tmp_path), files=(empty,))
    with pytest.raises(NotFound) as caught:
        intake.from_files(TCP, tmp_path / "tcp_server.py", None)
    assert caught.value.fact.arguments["trouble"] == fact("is-empty")


# Elsewhere than was meant.


@pytest.mark.parametrize("inner", ["alice", "alice/chat/lab4"])
def test_the_one_folder_further_down(inner: str, tmp_path: Path) -> None:
    """An archive may be unpacked into folders more than was meant."""
    (tmp_path / inner).mkdir(parents=True)
    (tmp_path / "__MACOSX" / "alice").mkdir(parents=True)
    folder_with(tmp_path / inner, *ALL)
    folder_with(tmp_path / "__MACOSX" / "alice", *ALL)
    found = intake.in_folder(tmp_path)
    assert (found.folder, found.label) == (tmp_path / inner, Path(inner).name)
    assert set(found.files.values()) == {(tmp_path / inner / name).resolve() for name in ALL}


def test_a_copy_below_it_does_not_count(tmp_path: Path) -> None:
    """What somebody keeps in a folder of the one that has the files is theirs."""
    for inner in ("alice", "alice/old"):
        (tmp_path / inner).mkdir()
        folder_with(tmp_path / inner, *ALL)
    assert intake.in_folder(tmp_path).folder == tmp_path / "alice"


def test_several_folders_further_down(tmp_path: Path) -> None:
    """Whose files are meant must be said; not all are named where there are very many."""
    names = [f"group{n}" for n in range(1, 8)]
    for name in names:
        (tmp_path / name).mkdir()
        folder_with(tmp_path / name, "tcp_server.py")
    with pytest.raises(NotFound) as caught:
        intake.in_folder(tmp_path)
    folders = (*names[:5], "...")
    assert caught.value.fact == fact("several-folders", path=str(tmp_path), folders=folders)


def test_a_folder_of_the_other_variant_does_not_count(tmp_path: Path) -> None:
    """The one folder is the one with files of the variant that is asked for."""
    for name in ("tcp", "udp"):
        (tmp_path / name).mkdir()
        folder_with(tmp_path / name, f"{name}_server.py")
    assert intake.in_folder(tmp_path, (UDP,)).folder == tmp_path / "udp"


def test_near_misses_are_named(tmp_path: Path) -> None:
    """Files called otherwise are named, with the arguments that have them graded."""
    (tmp_path / "alice").mkdir()
    server = folder_with(tmp_path / "alice", "server.py") / "server.py"
    with pytest.raises(NotFound) as caught:
        intake.in_folder(tmp_path)
    assert caught.value.fact.code == "others-to-grade"
    found = caught.value.fact.arguments
    assert found["there"] == str(Path("alice/server.py"))
    assert f"--server {server} --variant tcp" in str(found["arguments"])


def test_a_near_miss_beside_the_others(tmp_path: Path) -> None:
    """What is missing, and what may be meant instead, stand in one note."""
    found = intake.in_folder(folder_with(tmp_path, "tcp_server.py", "TCP-Client.py"), (TCP,))
    meant = fact("is-called-otherwise", there="TCP-Client.py")
    lacking = fact("file-trouble", file="tcp_client.py", trouble=meant)
    assert found.notes == (fact("files-lacking", files=(lacking,)),)


def test_what_does_not_come_along_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who handed in too much learns that it will not be there."""
    monkeypatch.setattr(alongside, "MAX_FILES", 4)
    found = intake.in_folder(folder_with(tmp_path, *ALL, "film.mp4"))
    assert found.notes == (fact("files-left-behind", count=1),)


def test_no_such_folder(tmp_path: Path) -> None:
    """A folder that is not there is named, with what was expected in it."""
    path = tmp_path / "nothing"
    with pytest.raises(NotFound) as caught:
        intake.in_folder(path)
    assert caught.value.fact == fact("no-folder", path=str(path), files=NAMES)


def test_nothing_to_grade(tmp_path: Path) -> None:
    """A folder without any of the files is nothing to grade."""
    with pytest.raises(NotFound) as caught:
        intake.in_folder(folder_with(tmp_path, "notes.py"))
    assert caught.value.fact == fact("nothing-to-grade", path=str(tmp_path), files=NAMES)


def test_nothing_to_grade_in_this_variant(tmp_path: Path) -> None:
    """Only the files of the variant count."""
    with pytest.raises(NotFound) as caught:
        intake.in_folder(folder_with(tmp_path, *ALL[:2]), (UDP,))
    assert caught.value.fact.arguments["files"] == "udp_server.py, udp_client.py"


def test_file_instead_of_a_folder(tmp_path: Path) -> None:
    """Who gives a file is told how single files are graded."""
    path = folder_with(tmp_path, "tcp_server.py") / "tcp_server.py"
    with pytest.raises(NotFound) as caught:
        intake.in_folder(path)
    assert caught.value.fact == fact("not-a-folder", path=str(path))


def test_folder_that_is_called_like_a_file(tmp_path: Path) -> None:
    """A folder named tcp_server.py is no server."""
    folder_with(tmp_path, *ALL[1:])
    (tmp_path / "tcp_server.py").mkdir()
    found = intake.in_folder(tmp_path)
    assert (TCP, Role.SERVER) not in found.files
    assert found.notes == (lacking(("tcp_server.py", fact("is-no-file"))),)


@needs_posix
def test_pipe_is_not_read(tmp_path: Path) -> None:
    """A named pipe, which would never end, is no file to grade."""
    folder_with(tmp_path, *ALL[1:])
    os.mkfifo(tmp_path / "tcp_server.py")
    found = intake.in_folder(tmp_path)
    assert found.notes == (lacking(("tcp_server.py", fact("is-no-file"))),)


def test_too_large_a_file(tmp_path: Path) -> None:
    """A file that nobody can have written is not read."""
    folder_with(tmp_path, *ALL)
    with (tmp_path / "tcp_server.py").open("wb") as file:
        file.truncate(intake.MAX_BYTES + 1)
    found = intake.in_folder(tmp_path)
    too_large = fact("is-too-large", count=intake.MAX_BYTES)
    assert found.notes == (lacking(("tcp_server.py", too_large)),)


def deny(*arguments: object, **options: object) -> None:
    """A file or folder that belongs to somebody else."""
    raise PermissionError(13, "Permission denied")


def test_unreadable_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that may not be read is noted with the reason."""
    folder_with(tmp_path, *ALL)
    monkeypatch.setattr(Path, "open", deny)
    unreadable = fact("is-unreadable", reason="Permission denied")
    assert intake.unreadable(tmp_path / "tcp_server.py") == unreadable


def test_unreadable_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder inside one that may not be entered is said not to be readable."""
    with monkeypatch.context() as patch:
        patch.setattr(Path, "stat", deny)
        with pytest.raises(NotFound) as caught:
            intake.in_folder(Path("somebody"))
    why = fact("path-unreadable", path="somebody", reason="Permission denied")
    assert caught.value.fact == why


@needs_posix
def test_link_that_leads_nowhere(tmp_path: Path) -> None:
    """A link to a file that is not there is missing."""
    folder_with(tmp_path, *ALL[1:])
    (tmp_path / "tcp_server.py").symlink_to(tmp_path / "nothing")
    found = intake.in_folder(tmp_path)
    assert found.notes == (lacking(("tcp_server.py", fact("is-missing"))),)


def test_reference_is_complete() -> None:
    """The reference has all four files."""
    assert intake.in_folder(worlds.REFERENCE).notes == ()


# The copy.


def test_no_label_tells_where_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole path is told from where the user stands, or by its last name; others as given."""
    inside = tmp_path / "class" / "lab4"
    inside.mkdir(parents=True)
    monkeypatch.chdir(tmp_path)
    assert intake.label_of(inside) == str(Path("class", "lab4"))
    monkeypatch.chdir(inside)
    assert intake.label_of(inside) == "lab4"
    assert intake.label_of(tmp_path / "class") == "class"
    assert intake.label_of(Path("..", "lab4")) == str(Path("..", "lab4"))
    assert intake.label_of(Path(tmp_path.anchor)) == tmp_path.anchor
