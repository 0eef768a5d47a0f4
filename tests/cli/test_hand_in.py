"""``nox -s hand-in`` and ``nox -s grade`` of what it makes; ``nox -s reset``."""

from __future__ import annotations

import zipfile
from argparse import Namespace
from pathlib import Path

import pytest
from support import samples

from grader.cli import hand_in, packed, reset
from grader.cli import main as command
from kit import skeleton

ROOT = Path(__file__).resolve().parents[2]
LAB4 = ROOT / "lab4"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of lab4, untouched, and the skeleton that a handout has."""
    made = tmp_path / "lab4"
    made.mkdir()
    (tmp_path / "skeleton").mkdir()
    for name, text in skeleton.build(ROOT / "reference").items():
        (made / name).write_text(text, encoding="utf-8")
        (tmp_path / "skeleton" / f"{name}.txt").write_text(text, encoding="utf-8")
    return made


def test_what_is_missing_is_said(folder: Path) -> None:
    """A file that is not there, and how many gaps are left in the others."""
    (folder / "udp_client.py").unlink()
    told = hand_in.missing(folder)
    assert "udp_client.py is missing: it is not handed in" in told
    assert any(line.startswith("tcp_server.py: not written yet in 9 places") for line in told)


def test_the_zip_has_programs_answers_and_the_page(folder: Path, tmp_path: Path) -> None:
    """The same files make the same zip; nothing else of the folder is in it."""
    (folder / "answers.md").write_text("1. One.\n", encoding="utf-8")
    (folder / "notes.txt").write_text("mine", encoding="utf-8")
    hand_in.write(folder, samples.full(), tmp_path / "a.zip")
    hand_in.write(folder, samples.full(), tmp_path / "b.zip")
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        names = {"tcp_server.py", "tcp_client.py", "udp_server.py", "udp_client.py"}
        assert set(archive.namelist()) == names | {"answers.md", "result.html"}


def test_a_zip_is_graded_as_its_folder(folder: Path, tmp_path: Path) -> None:
    """It is unpacked where nothing stays, and keeps its name."""
    hand_in.write(folder, samples.full(), tmp_path / "alice.zip")
    options = Namespace(path=str(tmp_path / "alice.zip"))
    with packed.opened(options) as name:
        assert name == "alice.zip"
        there = Path(options.path)
        assert (there / "tcp_server.py").read_bytes() == (folder / "tcp_server.py").read_bytes()
    assert not there.exists()


def test_a_folder_is_left_alone(folder: Path) -> None:
    """What is no zip is named as it was."""
    options = Namespace(path=str(folder))
    with packed.opened(options) as name:
        assert (name, options.path) == ("", str(folder))


def test_a_hostile_zip_writes_nowhere_else(tmp_path: Path) -> None:
    """Names that lead out of the folder are left out; what is no zip is told in a line."""
    with zipfile.ZipFile(tmp_path / "bad.zip", "w") as archive:
        archive.writestr("../out.py", "1")
        archive.writestr("/abs.py", "1")
        archive.writestr("in/tcp_server.py", "1")
    packed.unpack(tmp_path / "bad.zip", tmp_path / "to")
    assert [p.name for p in (tmp_path / "to").rglob("*.py")] == ["tcp_server.py"]
    assert not (tmp_path / "out.py").exists()
    (tmp_path / "no.zip").write_text("no", encoding="utf-8")
    with (
        pytest.raises(ValueError, match="cannot be read"),
        packed.opened(Namespace(path=str(tmp_path / "no.zip"))),
    ):
        pass


def test_a_bomb_is_refused(tmp_path: Path) -> None:
    """Before anything of it is written."""
    with zipfile.ZipFile(tmp_path / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.py", b"\0" * (packed.BYTES + 1))
    with pytest.raises(zipfile.BadZipFile):
        packed.unpack(tmp_path / "bomb.zip", tmp_path / "to")
    assert not (tmp_path / "to").exists()


def test_a_task_is_put_back(folder: Path, tmp_path: Path) -> None:
    """Its functions alone; what was there is kept beside it, each time under another name."""
    path = folder / "tcp_server.py"
    before = path.read_text(encoding="utf-8")
    solved = (ROOT / "reference" / "tcp_server.py").read_text(encoding="utf-8")
    for number in (1, 2):
        path.write_text(solved, encoding="utf-8")
        name, kept = reset.put_back(3, folder, tmp_path / "skeleton")
        assert (name, kept) == ("tcp_server.py", f"tcp_server.py.task3.{number}.bak")
    now = path.read_text(encoding="utf-8")
    assert 'NotImplementedError("task 3: ' in now and now.count("NotImplementedError") == 1
    assert (folder / kept).read_text(encoding="utf-8") == solved
    for task in (1, 2, 4, 5, 6, 7):
        reset.put_back(task, folder, tmp_path / "skeleton")
    gap = 'raise NotImplementedError("task'
    assert path.read_text(encoding="utf-8").count(gap) == before.count(gap)


@pytest.mark.parametrize(
    ("task", "text", "told"),
    [
        (99, "", "task 99: no such task"),
        (3, "x = 1\n", "the function read_lines is not there any more"),
        (3, "def (:\n", "tcp_server.py, line 1: it cannot be read as Python"),
    ],
)
def test_what_cannot_be_put_back(
    folder: Path, tmp_path: Path, task: int, text: str, told: str
) -> None:
    """In one line, and nothing has changed."""
    path = folder / "tcp_server.py"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=told):
        reset.put_back(task, folder, tmp_path / "skeleton")
    assert path.read_text(encoding="utf-8") == text
    assert not list(folder.glob("*.bak"))


def test_in_the_kit_itself_there_is_nothing_to_put_back(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A maintainer has another session for it."""
    with pytest.raises(SystemExit) as caught:
        command.main(["reset", "3", str(LAB4)])
    assert caught.value.code == 2
    assert "nox -s skeleton" in capsys.readouterr().err
