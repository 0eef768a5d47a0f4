"""Numbers in place of names: nobody's name is in the folder of the class."""

from __future__ import annotations

from pathlib import Path

import pytest
from support.classes import person

from grader.classroom.anonymous import Names, key_file
from grader.classroom.rows import Row, State
from grader.fact import FactError, fact

ANN = person(
    "12", name="Ann Smith", email="ann@x.org", group="A", place="Ann_12_x", there=("Ann.py",)
)


def test_nothing_of_a_person_is_left(tmp_path: Path) -> None:
    """But the group, and that they were late or absent."""
    trouble = fact("archive-refused", file="Ann.zip", reason=fact("too-deep", count=3))
    hidden = Names(tmp_path / "n.csv").hidden(person("12", **_fields(), troubles=(trouble,)))
    assert hidden.name == f"№ {hidden.id}" and hidden.id != "12"
    assert (hidden.group, hidden.email, hidden.place, hidden.there) == ("A", "", "", ())
    assert hidden.troubles == (fact("archive-refused", file="…", reason=fact("too-deep", count=3)),)


def _fields() -> dict[str, object]:
    return {
        "name": ANN.name,
        "email": ANN.email,
        "group": "A",
        "place": ANN.place,
        "there": ANN.there,
    }


def test_a_number_stays(tmp_path: Path) -> None:
    """From run to run; and the file of names gives them back."""
    names = Names(tmp_path / "n.csv")
    number = names.hidden(ANN).id
    names.save()
    again = Names(tmp_path / "n.csv")
    assert again.hidden(ANN).id == number
    (row,) = again.restored([Row(again.hidden(ANN), State.GRADED, mark=5)])
    assert (row.person.id, row.person.name, row.person.email, row.mark) == (
        "12",
        "Ann Smith",
        "ann@x.org",
        5,
    )


def test_two_people_have_two_numbers(tmp_path: Path) -> None:
    """However many there are."""
    names = Names(tmp_path / "n.csv")
    assert len({names.hidden(person(str(n))).id for n in range(500)}) == 500


def test_who_is_forgotten_has_no_number_any_more(tmp_path: Path) -> None:
    """Nobody can tell who it was."""
    names = Names(tmp_path / "n.csv")
    number = names.hidden(ANN).id
    names.forget([number])
    names.save()
    assert "Ann" not in (tmp_path / "n.csv").read_text(encoding="utf-8")


def test_the_names_are_apart_from_the_class(tmp_path: Path) -> None:
    """Beside its folder; another file is no list of names."""
    assert key_file(tmp_path / "class") == tmp_path / "class-names.csv"
    (tmp_path / "n.csv").write_text("a,b\n1,2\n")
    with pytest.raises(FactError) as told:
        Names(tmp_path / "n.csv")
    assert told.value.fact.code == "no-names"
