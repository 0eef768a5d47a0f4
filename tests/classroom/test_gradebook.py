"""The gradebook: a header, a line each, for programs and for spreadsheets of each country."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from support import classes
from support.changes import graded
from support.classes import KNOWN, one_failed, person

from grader import language
from grader.classroom import gradebook, rows
from grader.classroom.people import Decision
from grader.classroom.store import Store


def read(text: str, delimiter: str = ",") -> list[dict[str, str]]:
    """The lines of a gradebook."""
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), delimiter=delimiter))


def made(folder: Path) -> list[rows.Row]:
    """The rows of a small class."""
    with Store(folder) as store:
        classes.stored(store, {"alice": one_failed(), "bob": graded(), "carol": "it broke"})
        store.take_in([(person("=dave", group="+A", email="@x"), {})])
        store.decide(Decision("alice", "tcp.many-users", 12.5, "seen"))
        return rows.rows(store, KNOWN.how)


def test_a_line_each(tmp_path: Path) -> None:
    """With the mark, points and stars of each variant, and a column for each check."""
    found = {line["id"]: line for line in read(gradebook.dumps(made(tmp_path)))}
    alice, bob = found["alice"], found["bob"]
    assert (alice["mark"], alice["full"], alice["status"]) == ("92.5", "100", "graded")
    assert (alice["decided"], alice["tcp.many-users"]) == ("tcp.many-users", "FAIL")
    assert (bob["tcp_points"], bob["udp_mark"], bob["udp.starts"]) == ("100", "80", "PASS")
    assert (found["carol"]["status"], found["carol"]["mark"]) == ("error", "")


def test_no_text_is_a_formula(tmp_path: Path) -> None:
    """A spreadsheet calculates nothing that somebody handed in."""
    (dave,) = [line for line in read(gradebook.dumps(made(tmp_path))) if "dave" in line["id"]]
    assert (dave["id"], dave["group"], dave["email"]) == ("'=dave", "'+A", "'@x")


def test_in_russian(tmp_path: Path) -> None:
    """Semicolons, decimal commas and a byte order mark: a spreadsheet there reads nothing else."""
    language.use("ru")
    text = gradebook.dumps(made(tmp_path))
    assert text.startswith("\ufeffid;name;")
    assert read(text, ";")[1]["mark"] == "92,5"


def test_another_separator(tmp_path: Path) -> None:
    """Whatever the language."""
    assert gradebook.dumps(made(tmp_path), ";").startswith("\ufeffid;name;")


def test_nobody() -> None:
    """An empty class has a header."""
    assert gradebook.dumps([]).count("\n") == 1
