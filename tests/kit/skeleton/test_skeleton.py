"""kit/skeleton.py: markers in, lab4/ out."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.skeletons import GAP, MAIN

from kit import gaps, skeleton

# What a gap becomes


def test_gap_becomes_error():
    """A gap becomes its contract and one line that raises, at the indentation of the marker."""
    assert skeleton.generate(GAP + MAIN).split("\n\n")[0].splitlines()[3:] == [
        "def read():",
        "    # Task 3: split the byte stream.",
        "    # Comes in: bytes.",
        "    #",
        "    # Goes out: lines.",
        '    raise NotImplementedError("task 3: split the byte stream")',
    ]


def test_rest_stays():
    """Lines outside of gaps stay as they are, in front of a gap and behind it."""
    made = skeleton.generate("import socket\n\n\n" + GAP + "    after = 'é'\n" + MAIN)
    assert "\nimport socket\n\n\ndef read():\n" in made
    assert "\n    after = 'é'\n" in made


def test_solution_is_gone():
    """Nothing of a solution is left."""
    assert "return 1" not in skeleton.generate(GAP + MAIN)


def test_title_with_quotes_is_python():
    """A title may have quotes and backslashes in it."""
    gap = GAP.replace("the byte stream", r'at "\n"')
    compile(skeleton.generate(gap + MAIN), "made", "exec")


def test_header_names_tasks():
    """The first line says which tasks are in the file."""
    two = GAP + GAP.replace("task 3", "task 5").replace("read", "other")
    assert skeleton.generate(two + MAIN).startswith("# Tasks 3 to 5. Read tasks.md")
    assert skeleton.generate(GAP + MAIN).startswith("# Task 3. Read tasks.md")


def test_hook_only_with_threads():
    """Only a file that imports threading gets the lines about threads."""
    assert "excepthook" not in skeleton.generate(GAP + MAIN)
    assert "excepthook" in skeleton.generate("import threading\n" + GAP + MAIN)


# Files that are wrong


def test_no_task():
    """A file without a task is an error."""
    with pytest.raises(gaps.MarkerError, match="no task in this file"):
        skeleton.generate("import socket\n" + MAIN)


def test_end_of_file():
    """A file that does not end with the call of main() is an error."""
    with pytest.raises(gaps.MarkerError, match="expected the file to end with"):
        skeleton.generate(GAP)


# The command line


def test_wrong_marker_is_one_line(kit: Path, capsys: pytest.CaptureFixture[str]):
    """A wrong marker ends the command with status 2 and one line that names file and line."""
    path = kit / "reference" / "udp_client.py"
    path.write_text("# <<< task 3\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    capsys.readouterr()
    assert skeleton.main([], root=kit) == 2
    expected = 'reference/udp_client.py:1: stray marker "# <<< task 3": no gap is open\n'
    assert capsys.readouterr() == ("", expected)


def test_wrong_marker_writes_nothing(kit: Path):
    """After an error no file has changed."""
    before = {path: path.read_bytes() for path in (kit / "lab4").iterdir()}
    server, client = (kit / "reference" / name for name in ("tcp_server.py", "udp_client.py"))
    server.write_text("import re\n" + server.read_text(encoding="utf-8"), encoding="utf-8")
    client.write_text("# <<< task 3\n", encoding="utf-8")
    assert skeleton.main([], root=kit) == 2
    assert {path: path.read_bytes() for path in (kit / "lab4").iterdir()} == before


def test_task_in_two_files(kit: Path, capsys: pytest.CaptureFixture[str]):
    """A task that is in two files is an error."""
    path = kit / "reference" / "udp_client.py"
    text = path.read_text(encoding="utf-8").replace("task 20", "task 1")
    path.write_text(text, encoding="utf-8")
    assert skeleton.main([], root=kit) == 2
    assert capsys.readouterr().err.endswith(": task 1 is already in tcp_server.py\n")


def test_reference_missing(kit: Path, capsys: pytest.CaptureFixture[str]):
    """A reference file that is not there is an error that names it."""
    (kit / "reference" / "tcp_server.py").unlink()
    assert skeleton.main(["--check"], root=kit) == 2
    assert capsys.readouterr().err.startswith("reference/tcp_server.py: ")


def test_reference_not_utf8(kit: Path, capsys: pytest.CaptureFixture[str]):
    """A reference file that is not UTF-8 is an error that names it."""
    (kit / "reference" / "tcp_server.py").write_bytes(b"\xff")
    assert skeleton.main([], root=kit) == 2
    assert capsys.readouterr().err.startswith("reference/tcp_server.py: not UTF-8: ")


def test_bytes_are_the_same_everywhere(kit: Path):
    """Files are written with a plain line feed, on every system."""
    assert not [path for path in (kit / "lab4").iterdir() if b"\r" in path.read_bytes()]


def test_check_fresh(kit: Path):
    """The check finds nothing right after writing."""
    assert skeleton.main(["--check"], root=kit) == 0


def test_check_accepts_crlf(kit: Path):
    """A checkout with other line ends is not stale."""
    path = kit / "lab4" / "tcp_server.py"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert skeleton.check(kit / "reference", kit / "lab4") == []


@pytest.mark.parametrize("end", ["# more\n", "\n"])
def test_check_stale(kit: Path, capsys: pytest.CaptureFixture[str], end: str):
    """The check names a file that differs, and the command to run."""
    with (kit / "lab4" / "tcp_server.py").open("a", encoding="utf-8", newline="\n") as file:
        file.write(end)
    capsys.readouterr()
    assert skeleton.main(["--check"], root=kit) == 1
    said = capsys.readouterr().err
    assert said == "lab4/tcp_server.py: stale\nrun: python -m kit.skeleton --force\n"


def test_changed_file_is_kept(kit: Path, capsys: pytest.CaptureFixture[str]):
    """A file that differs may be somebody's work: it is written over only when forced."""
    path = kit / "lab4" / "tcp_server.py"
    made = path.read_bytes()
    path.write_bytes(b"work")
    capsys.readouterr()
    assert skeleton.main([], root=kit) == 2
    assert capsys.readouterr().err.startswith("lab4/tcp_server.py: not what would be written")
    assert path.read_bytes() == b"work"
    assert skeleton.main(["--force"], root=kit) == 0
    assert path.read_bytes() == made


def test_check_missing(kit: Path):
    """The check names a file that is not there."""
    (kit / "lab4" / "udp_client.py").unlink()
    assert skeleton.check(kit / "reference", kit / "lab4") == ["lab4/udp_client.py: missing"]


def test_check_no_folder(kit: Path):
    """The check names all files if lab4/ is not there."""
    differences = skeleton.check(kit / "reference", kit / "nowhere")
    assert differences == [f"nowhere/{name}: missing" for name in skeleton.FILES]


def test_check_extra(kit: Path):
    """The check names a file that comes from nowhere."""
    (kit / "lab4" / "notes.py").touch()
    expected = ["lab4/notes.py: extra, not in reference/"]
    assert skeleton.check(kit / "reference", kit / "lab4") == expected


def test_check_writes_nothing(kit: Path):
    """The check leaves a stale file as it is."""
    path = kit / "lab4" / "tcp_server.py"
    path.write_bytes(b"stale")
    assert skeleton.main(["--check"], root=kit) == 1
    assert path.read_bytes() == b"stale"
