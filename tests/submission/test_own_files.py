"""The files of a submission, by the names that its running programs have for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.submission.own_files import MAX_BYTES, MAX_CODE, OwnFiles


@pytest.fixture
def files(tmp_path: Path) -> OwnFiles:
    (tmp_path / "tcp_server.py").write_text("import os\n\n    serve( 1,\t2)  # я\n", "utf-8")
    return OwnFiles(tmp_path, "/submission")


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/submission/tcp_server.py", "tcp_server.py"),
        ("/submission/lib/wire.py", "lib/wire.py"),
        ("/submission/../etc/passwd.py", ""),
        ("/submission/notes.txt", ""),
        ("/submissions/tcp_server.py", ""),
        ("tcp_server.py", ""),
        ("<string>", ""),
        ("", ""),
    ],
)
def test_names(path: str, name: str, files: OwnFiles) -> None:
    """Only what is in the folder is the submission's own."""
    assert files.name(path) == name


def test_name_where_the_folder_is_seen_as_it_is(files: OwnFiles) -> None:
    """A program may see the folder itself, on Windows with backslashes."""
    assert files.name(str(files.folder / "tcp_server.py")) == "tcp_server.py"
    there = OwnFiles(Path("C:\\lab4"))
    assert there.name("C:\\lab4\\lib\\wire.py") == "lib/wire.py"


@pytest.mark.parametrize(
    ("line", "code"),
    [(1, "import os"), (2, ""), (3, "serve( 1, 2) # я"), (0, None), (5, None)],
)
def test_code(line: int, code: str | None, files: OwnFiles) -> None:
    """A line is shown without what only makes it longer; one that is not there is None."""
    assert files.code("tcp_server.py", line) == code


def test_long_line(files: OwnFiles) -> None:
    """A long line is cut."""
    (files.folder / "long.py").write_text("x" * 5000)
    assert files.code("long.py", 1) == "x" * (MAX_CODE - 1) + "…"


@pytest.mark.parametrize("file", ["gone.py", "large.py", "folder.py", "no\0name.py", ""])
def test_what_cannot_be_read_has_no_lines(file: str, files: OwnFiles) -> None:
    """A file that is gone, that is none, or that is too large has no lines."""
    (files.folder / "large.py").write_text("x\n" * MAX_BYTES)
    (files.folder / "folder.py").mkdir()
    assert files.code(file, 1) is None
