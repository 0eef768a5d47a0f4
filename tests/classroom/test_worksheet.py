"""Worksheets filled in: grades where the importer wants them, and nothing else touched."""

from __future__ import annotations

import pytest

from grader.classroom import worksheet
from grader.classroom.people import Person
from grader.classroom.rows import Row, State
from grader.classroom.rules import NONE, Rules
from grader.classroom.worksheet import Filled
from grader.fact import Fact, FactError

MOODLE = (
    b"\xef\xbb\xbfIdentifier,Full name,Status,Grade,Maximum Grade,Grade can be changed,"
    b'"Last modified (grade)",Feedback comments\r\n'
    b'"Participant 1","Smith, Ann",Submitted,,10.00,Yes,-,\r\n'
    b"Participant 2,Bob,Submitted,8.00,10.00,Yes,-,old\r\n"
    b"Participant 3,Carol,Submitted,,10.00,No,-,\r\n"
    b"Participant 4,Dave,No submission,,10.00,Yes,-,\r\n"
)
RUSSIAN = (
    "Идентификатор;Полное имя;Оценка;Максимальная оценка;Последнее изменение (оценка)\r\n"
    "Участник1;Иванова Анна;;5,00;-\r\n"
).encode()
CANVAS = (
    b"Student,ID,SIS Login ID,Section,Lab 3 (98),Lab 4 (99)\r\n"
    b"    Points Possible,,,,10,20\r\n"
    b'"Smith, Ann",1,ann,A,5,\r\n'
)


def row(id_: str, mark: float | None) -> Row:
    """Somebody with a mark."""
    state = State.GRADED if mark is not None else State.NOTHING
    return Row(Person(id_, f"name {id_}"), state, mark=mark)


ROWS = [row("1", 87.25), row("2", 80.0), row("3", 60.0), row("4", None), row("5", 10.0)]


def filled(data: bytes, rules: Rules = NONE, column: str = "") -> Filled:
    """A worksheet filled in with the marks of everybody."""
    return worksheet.fill(data, "w.csv", ROWS, rules, lambda row: f"for {row.person.id}", column)


def test_a_moodle_worksheet() -> None:
    """Scaled to its highest grade and rounded half up; every other byte is as it was."""
    found = filled(MOODLE)
    expected = MOODLE.replace(
        b",,10.00,Yes,-,\r\nParticipant 2", b",8.7,10.00,Yes,-,for 1\r\nParticipant 2"
    )
    expected = expected.replace(b",8.00,10.00,Yes,-,old", b",8,10.00,Yes,-,for 2")
    assert (found.data, found.count) == (expected, 2)


def reasons(found: Filled) -> dict[object, str]:
    """Why the importer passes over somebody."""
    made = {}
    for one in found.skipped:
        why = one.arguments["reason"]
        assert isinstance(why, Fact)
        made[one.arguments["name"]] = why.code
    return made


def test_what_the_importer_passes_over_is_told() -> None:
    """What is there already, is locked, has no mark, or is not in the worksheet."""
    assert reasons(filled(MOODLE)) == {
        "name 2": "is-unchanged",
        "name 3": "is-locked",
        "name 4": "no-mark-yet",
        "name 5": "not-in-worksheet",
    }


def test_a_russian_worksheet() -> None:
    """With the decimal comma that its importer reads."""
    assert filled(RUSSIAN).data == RUSSIAN.replace(b";;5,00", b";4,4;5,00")


def test_a_canvas_gradebook() -> None:
    """In the column that is named; its points are in the second line."""
    found = filled(CANVAS, Rules(digits=0), "Lab 4")
    assert found.data == CANVAS.replace(b"A,5,\r\n", b"A,5,17\r\n")


@pytest.mark.parametrize(
    ("data", "code"),
    [(CANVAS, "which-column"), (b"a,b\n1,2\n", "no-worksheet"), (b"", "no-table-rows")],
)
def test_what_is_not_clear_is_asked(data: bytes, code: str) -> None:
    """Two assignments, or no worksheet at all."""
    with pytest.raises(FactError) as told:
        filled(data)
    assert told.value.fact.code == code


def test_lines_that_are_too_short_are_left_alone() -> None:
    """Somebody has edited the file."""
    data = MOODLE + b"Participant 5\r\n"
    assert filled(data).data.endswith(b"Participant 5\r\n")
