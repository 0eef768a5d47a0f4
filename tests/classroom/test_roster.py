"""Lists of a class: who is who, by whatever a system calls them, and who is absent."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.classroom import roster
from grader.classroom.people import Handed, Person
from grader.classroom.roster import Listed, joined, read
from grader.fact import FactError

MOODLE = (
    "Identifier,Full name,Email address,Status,Group,Grade\n"
    "Participant 12345,Ann Smith,ann@example.org,Submitted,A,\n"
    "Participant 12346,Иванов Пётр,p@example.org,No submission,B,\n"
)
RUSSIAN = "Идентификатор;Полное имя;Группа\nУчастник12345;Иванова Мария;ИВТ-1\n"
CANVAS = (
    "Student,ID,SIS Login ID,Section,Lab 4 (99)\n    Points Possible,,,,100\n"
    '"Smith, Ann",12,ann,A,\n'
)
GITHUB = '"identifier","github_username","github_id","name"\n"ann@x.org","annie","1","Ann"\n'


def written(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    """A list in a file."""
    (folder / "list.csv").write_text(text, encoding=encoding)
    return folder / "list.csv"


def test_a_moodle_worksheet(tmp_path: Path) -> None:
    """The id is the number."""
    ann, peter = read(written(tmp_path, MOODLE))
    assert ann == Listed("12345", "Ann Smith", "A", "ann@example.org")
    assert (peter.id, peter.name) == ("12346", "Иванов Пётр")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251"])
def test_a_russian_list(encoding: str, tmp_path: Path) -> None:
    """With semicolons, in whatever encoding a spreadsheet has saved it."""
    (found,) = read(written(tmp_path, RUSSIAN, encoding))
    assert found == Listed("12345", "Иванова Мария", "ИВТ-1")


def test_a_canvas_gradebook(tmp_path: Path) -> None:
    """The line of the points is nobody."""
    (found,) = read(written(tmp_path, CANVAS))
    assert found == Listed("12", "Smith, Ann", "A", user="ann")


def test_a_github_roster(tmp_path: Path) -> None:
    """The user is what the folders are called by."""
    (found,) = read(written(tmp_path, GITHUB))
    assert (found.user, found.name) == ("annie", "Ann")


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n"])
def test_what_is_no_list_is_told(text: str, tmp_path: Path) -> None:
    """An empty file, or headings that name nobody."""
    with pytest.raises(FactError):
        read(written(tmp_path, text))
    with pytest.raises(FactError):
        read(tmp_path / "nowhere.csv")


def handed(*names: str) -> Handed:
    """Something that came from somebody known by these names."""
    return Handed(Person(names[0], names[-1]), {"tcp_server.py": names[0].encode()}, names)


ANN = Listed("12345", "Smith, Ann", "A", "ann@example.org", "annie")


@pytest.mark.parametrize(
    "name", ["12345", "ANN@example.org", "annie", "Ann Smith", "smith ann", "smithann"]
)
def test_somebody_is_found(name: str) -> None:
    """By the id, the address, the user's name, or the name however it is written."""
    (found,) = joined([handed(name)], [ANN])
    assert (found.person.id, found.person.group, found.person.absent) == ("12345", "A", False)
    assert found.files


def test_a_name_that_two_have_finds_nobody() -> None:
    """Better no group than the wrong one."""
    twins = [Listed("1", "Ann Smith"), Listed("2", "Smith, Ann")]
    found = list(joined([handed("Ann Smith")], twins))
    assert [one.person.id for one in found] == ["Ann Smith", "1", "2"]


def test_who_did_not_hand_in_is_absent() -> None:
    """With a row of their own."""
    (found,) = joined([], [ANN])
    assert (found.person.id, found.person.name, found.person.absent) == ("12345", ANN.name, True)
    assert found.files == {}


def test_a_team_hands_in_once() -> None:
    """Each member has the files, and a row."""
    team = [Listed("1", "Ann", "Team 1"), Listed("2", "Bob", "Team 1"), Listed("3", "Carol", "B")]
    found = {one.person.id: one for one in joined([handed("77", "Team 1")], team)}
    assert found["1"].files == found["2"].files != {}
    assert found["3"].person.absent


@pytest.mark.parametrize(
    ("text", "id_"),
    [("Participant 12345", "12345"), ("Участник12345", "12345"), ("s0123", "s0123"), (" 7 ", "7")],
)
def test_the_id_in_a_worksheet(text: str, id_: str) -> None:
    """Moodle writes a word before it, in its own language."""
    assert roster.lms_id(text) == id_
