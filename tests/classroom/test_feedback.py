"""What goes back to students: under the names by which an LMS knows whose it is."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from support.classes import one_failed

from grader.classroom import feedback
from grader.classroom.page.page import STUDENTS
from grader.classroom.people import Decision, Person
from grader.classroom.rows import Row, State


def row(id_: str, place: str = "", **fields: object) -> Row:
    """Somebody graded."""
    person = Person(id_, f"name {id_}", place=place)
    given = {"mark": 80.0, "result": one_failed(), **fields}
    return Row(person, State.GRADED, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("handed_in", "place"),
    [
        ("Ann S_12_assignsubmission_file", "Ann S_12_assignsubmission_file/feedback.html"),
        ("Ann S_12_assignsubmission_file_", "Ann S_12_assignsubmission_file_/feedback.html"),
        ("Ann_12_assignsubmission_file_a.zip", "Ann_12_assignsubmission_file_feedback.html"),
        ("smithann_12_901_tcp_server.py", "smithann_12_901_feedback.html"),
        ("smithann_LATE_12_901_a_b_1_2.py", "smithann_LATE_12_901_feedback.html"),
        ("anon_aB3_901_tcp_server.py", "anon_aB3_901_feedback.html"),
        ("alice", "7/feedback.html"),
    ],
)
def test_the_place_of_a_page(handed_in: str, place: str) -> None:
    """As the LMS called what was handed in."""
    assert feedback.place(row("7", handed_in)) == place


def test_a_zip_of_pages(tmp_path: Path) -> None:
    """Everybody's own page; a team's once; the same pages make the same zip."""
    (tmp_path / STUDENTS).mkdir()
    for id_ in ("1", "2", "3"):
        (tmp_path / STUDENTS / f"{id_}.html").write_text(f"page {id_}")
    team = "Team 1_77_assignsubmission_file"
    rows = [row("1", team), row("2", team), row("3"), row("4", result=None)]
    made = feedback.archive(rows, tmp_path)
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        found = {name: archive.read(name).decode() for name in archive.namelist()}
    assert found == {"3/feedback.html": "page 3", f"{team}/feedback.html": "page 1"}
    assert feedback.archive(rows, tmp_path) == made


def test_a_text_for_a_worksheet() -> None:
    """The mark, what did not pass, and what the teacher decided."""
    decision = Decision("1", "", 80, "shown in class")
    said = feedback.text(row("1", decisions=(decision,)))
    assert said == "80 of 100. not passed: tcp.many-users. decided by the teacher: shown in class"
    assert feedback.text(row("1", mark=None)) == ""
