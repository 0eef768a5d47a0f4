"""What was handed in, in the layout of each system: whose it is and which files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from support.classes import folder_of, zipped
from support.worlds import ROOT

from grader.assignment import modes
from grader.classroom.intake.handed import handed_in
from grader.classroom.people import Handed
from grader.fact import FactError

SERVER = "tcp_server.py"


def taken(source: Path) -> dict[str, Handed]:
    """Everybody, by their ids."""
    return {one.person.id: one for one in handed_in(source)}


def names(found: dict[str, Handed]) -> dict[str, tuple[str, list[str]]]:
    """The name of everybody, and the names of their files."""
    return {id_: (one.person.name, sorted(one.files)) for id_, one in found.items()}


def test_plain_folders_and_files(tmp_path: Path) -> None:
    """A folder each, an archive each, or files with a name before that of the file."""
    folder_of(tmp_path, ["alice/tcp_server.py", "bob_tcp_server.py", "bob_tcp_client.py", "x.csv"])
    zipped(tmp_path / "Пётр Иванов.zip", {"lab4/tcp_server.py": b"1"})
    assert names(taken(tmp_path)) == {
        "alice": ("alice", [SERVER]),
        "bob": ("bob", ["tcp_client.py", SERVER]),
        "Пётр-Иванов": ("Пётр Иванов", [SERVER]),
    }


MOODLE = {
    "4.1": ("Ann Smith_12345_assignsubmission_file/tcp_server.py",),
    "3.1": ("Ann Smith_12345_assignsubmission_file_/tcp_server.py",),
    "flat": ("Ann Smith_12345_assignsubmission_file_tcp_server.py",),
    "with a text": (
        "Ann Smith_12345_assignsubmission_file/lab4/tcp_server.py",
        "Ann Smith_12345_assignsubmission_onlinetext/onlinetext.html",
    ),
}


@pytest.mark.parametrize("version", MOODLE)
def test_moodle(version: str, tmp_path: Path) -> None:
    """The number is the id; the name may have anything in it but the sign between the parts."""
    folder_of(tmp_path, MOODLE[version])
    (found,) = names(taken(tmp_path)).items()
    assert found == ("12345", ("Ann Smith", [SERVER]))


def test_moodle_with_a_zip_handed_in_flat(tmp_path: Path) -> None:
    """What Moodle put before the name of the file is gone."""
    zipped(tmp_path / "Ann_7_assignsubmission_file_lab4.zip", {"a/b/tcp_server.py": b"1"})
    assert names(taken(tmp_path)) == {"7": ("Ann", [SERVER])}


def test_moodle_with_a_text_alone(tmp_path: Path) -> None:
    """It is nothing to grade, and is named."""
    folder_of(tmp_path, ["Участник 5_5_assignsubmission_onlinetext/onlinetext.html"])
    one = taken(tmp_path)["5"]
    assert (one.files, one.person.name) == ({}, "Участник 5")
    assert one.person.there == ("Участник 5_5_assignsubmission_onlinetext/onlinetext.html",)


def test_canvas(tmp_path: Path) -> None:
    """Files of one user belong together; the last one that was handed in again counts."""
    folder_of(
        tmp_path,
        [
            "smithann_12_901_tcp_server.py",
            "smithann_12_902_tcp_server-1.py",
            "smithann_12_903_tcp_client.py",
            "ивановпётр_LATE_13_904_tcp_server.py",
        ],
    )
    found = taken(tmp_path)
    assert names(found) == {
        "12": ("smithann", ["tcp_client.py", SERVER]),
        "13": ("ивановпётр", [SERVER]),
    }
    assert found["12"].files[SERVER] == b"smithann_12_902_tcp_server-1.py"
    assert [found[id_].person.late for id_ in ("12", "13")] == [False, True]


def test_canvas_without_names(tmp_path: Path) -> None:
    """An anonymous one has an id of letters and digits."""
    folder_of(tmp_path, ["anon_aB3dE_901_tcp_server.py", "anon_LATE_xY2zQ_902_tcp_server.py"])
    found = taken(tmp_path)
    assert {id_: one.person.late for id_, one in found.items()} == {"aB3dE": False, "xY2zQ": True}


GRADESCOPE = """\
submission_1:
  :submitters:
  - :name: Ann Smith
    :sid: '77'
    :email: ann@example.org
  - :name: Bob
    :sid: '78'
  :score: 0.0
submission_2:
  :submitters:
  - :name: Carol
    :email: carol@example.org
"""


def test_gradescope(tmp_path: Path) -> None:
    """The list says who handed in a folder; each of several gets the files."""
    folder_of(tmp_path, ["submission_1/tcp_server.py", "submission_2/a/tcp_server.py"])
    (tmp_path / "submission_metadata.yml").write_text(GRADESCOPE, encoding="utf-8")
    found = taken(tmp_path)
    assert names(found) == {
        "77": ("Ann Smith", [SERVER]),
        "78": ("Bob", [SERVER]),
        "Carol": ("Carol", [SERVER]),
    }
    assert found["77"].person.email == "ann@example.org"


def test_github_classroom(tmp_path: Path) -> None:
    """The name of the assignment before that of the user is gone."""
    folder = tmp_path / "lab4-submissions"
    folder_of(folder, ["lab4-alice/lab4/tcp_server.py", "lab4-alice/.git/config", "lab4-bob/x.md"])
    found = taken(folder)
    assert names(found) == {"alice": ("alice", [SERVER]), "bob": ("bob", [])}


@pytest.mark.parametrize("above", ["", "everything/"])
def test_a_zip_of_a_class(above: str, tmp_path: Path) -> None:
    """With a folder around it or without; archives within are unpacked."""
    inner = zipped(tmp_path / "inner.zip", {"tcp_server.py": b"1"}).read_bytes()
    files = {f"{above}alice/tcp_server.py": b"1", f"{above}bob.zip": inner}
    assert names(taken(zipped(tmp_path / "class.zip", files))) == {
        "alice": ("alice", [SERVER]),
        "bob": ("bob", [SERVER]),
    }


def test_ids_that_are_one_on_some_systems_are_two(tmp_path: Path) -> None:
    """A file's name in capitals is the same file elsewhere."""
    files = {"Bob.x/tcp_server.py": b"1", "bob-x/tcp_server.py": b"2"}
    assert sorted(taken(zipped(tmp_path / "c.zip", files))) == ["Bob-x", "bob-x-2"]


@pytest.mark.parametrize(
    ("file", "code"),
    [
        ("bob/server.py", "called-otherwise"),
        ("bob/tcp_server (1).py", "called-otherwise"),
        ("bob/tcp_server.py.txt", "called-otherwise"),
        ("bob/TCP_Server.py", "called-otherwise"),
    ],
)
def test_near_misses_are_named(file: str, code: str, tmp_path: Path) -> None:
    """They are not graded by guessing: a person looks at them."""
    one = taken(folder_of(tmp_path, [file]))["bob"]
    if one.files:
        pytest.skip("the names of files are the same in capitals here")
    assert one.person.there == (file,)
    assert [why.code for why in one.person.troubles] == [code]


def test_several_folders_are_not_guessed(tmp_path: Path) -> None:
    """Whoever handed in two of them is asked."""
    one = taken(folder_of(tmp_path, ["bob/old/tcp_server.py", "bob/new/tcp_server.py"]))["bob"]
    assert [why.code for why in one.person.troubles] == ["several-folders-of-one"]


def test_an_archive_that_cannot_be_opened_is_named(tmp_path: Path) -> None:
    """It is somebody's all the same."""
    one = taken(folder_of(tmp_path, ["bob.rar"]))["bob"]
    assert [why.code for why in one.person.troubles] == ["archive-unopened"]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_links_are_not_followed(tmp_path: Path) -> None:
    """Neither to a file nor to a folder: they may lead to somebody else's work."""
    folder_of(tmp_path / "in", ["alice/tcp_server.py", "bob/notes.txt"])
    (tmp_path / "in" / "bob" / SERVER).symlink_to(tmp_path / "in" / "alice" / SERVER)
    (tmp_path / "in" / "carol").symlink_to(tmp_path / "in" / "alice")
    found = taken(tmp_path / "in")
    assert [sorted(found[id_].files) for id_ in ("alice", "bob", "carol")] == [[SERVER], [], []]
    for id_ in ("bob", "carol"):
        assert "entry-refused" in [why.code for why in found[id_].person.troubles]


@pytest.mark.parametrize(
    ("name", "code"),
    [("nowhere", "no-such-class"), ("a.rar", "not-opened"), ("notes.txt", "no-such-class")],
)
def test_what_is_no_class_is_told(name: str, code: str, tmp_path: Path) -> None:
    """In one line, before anything is graded."""
    folder_of(tmp_path, ["a.rar", "notes.txt"])
    with pytest.raises(FactError) as told:
        list(handed_in(tmp_path / name))
    assert told.value.fact.code == code


def test_one_submission_is_no_class(tmp_path: Path) -> None:
    """There is another command for it; an empty folder is nobody's."""
    for names_, code in ((["tcp_server.py"], "one-submission"), ([], "empty-class")):
        folder = tmp_path / code
        folder.mkdir()
        with pytest.raises(FactError) as told:
            list(handed_in(folder_of(folder, names_)))
        assert told.value.fact.code == code


def test_a_damaged_zip_of_a_class_is_told(tmp_path: Path) -> None:
    """Half a class is none."""
    (tmp_path / "class.zip").write_bytes(b"PK no zip")
    with pytest.raises(FactError) as told:
        list(handed_in(tmp_path / "class.zip"))
    assert told.value.fact.code == "archive-refused"


def test_a_chat_of_its_own_may_be_called_anything(tmp_path: Path) -> None:
    """Its programs are found by what they do; whoever has none is named."""
    sources = ROOT / "tests" / "submissions" / "correct" / "classic-raw"
    for role in ("server", "client"):
        text = (sources / f"tcp_{role}.py").read_text(encoding="utf-8")
        folder_of(tmp_path, [f"alice/chat/my {role}.py"], lambda _, text=text: text)
    folder_of(tmp_path, ["bob/notes.py"])
    found = {one.person.id: one for one in handed_in(tmp_path, modes.OWN)}
    assert sorted(found["alice"].files)[-2:] == [f"my {r}.py" for r in ("client", "server")]
    assert (found["bob"].files, found["bob"].person.there) == ({}, ("bob/notes.py",))
