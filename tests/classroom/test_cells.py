"""CSV files in which some cells are replaced: every other byte stays."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.classroom.cells import Cells

TEXTS = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6) | st.sampled_from(
    ['"', ",", ";", "\n", "\r\n", ' "a" ', "a,b", ""]
)
FILES = {
    "plain": b"a,b,c\n1,2,3\n",
    "no end": b"a,b,c\r\n1,2,3",
    "quoted": b'a,"b, b",c\r\n"1 ""x""",2,3\r\n',
    "mark": b'\xef\xbb\xbf"a",b\n1,2\n',
    "semicolons": "а;б\n1,5;2\n".encode("cp1251"),
    "lines within": b'a,b\n"one\r\ntwo",2\n\n,,\n',
    "broken": b'a,\xff\xfe,c\n"open,1\n',
}


@pytest.mark.parametrize("name", FILES)
def test_without_new_values_nothing_changes(name: str) -> None:
    """Whatever the file is like."""
    assert Cells(FILES[name]).with_values({}) == FILES[name]


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=3), min_size=1, max_size=4), TEXTS)
def test_a_new_value_changes_one_cell(lines: list[list[str]], value: str) -> None:
    """As any other reader of CSV sees it."""
    lines = [["h1", "h2", "h3"], *lines]
    file = io.StringIO(newline="")
    csv.writer(file).writerows(lines)
    cells = Cells(file.getvalue().encode())
    target = cells.lines[0][1]
    found = cells.with_values({target: value}).decode()
    read = list(csv.reader(io.StringIO(found, newline="")))
    lines[0][1] = value
    assert read == lines


def test_the_bytes_around_a_new_value_stay() -> None:
    """Needless quotes, blanks and ends of lines of every kind among them."""
    data = b'\xef\xbb\xbf"Identifier" , Grade,"Feedback"\r\n"Participant 1",, "old"\n'
    cells = Cells(data)
    line = cells.lines[1]
    made = cells.with_values({line[1]: "8.5", line[2]: 'a "b", c'})
    assert made == data.replace(b'1",, "old"', b'1",8.5,"a ""b"", c"')


def test_what_the_encoding_lacks_becomes_a_question_mark() -> None:
    """In a file of an old Windows."""
    cells = Cells("а;б\n1;2\n".encode("cp1251"))
    assert cells.with_values({cells.lines[1][0]: "é я"}) == "а;б\n? я;2\n".encode("cp1251")
