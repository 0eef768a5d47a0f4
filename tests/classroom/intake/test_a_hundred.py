"""A class of 120 in the layout of each system: everybody has a row and their own files."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from support.classes import zipped

from grader.classroom.intake.handed import handed_in
from grader.classroom.roster import joined, read

COUNT = 120
NAMES = ("Ann Smith", "Иванов Пётр", "Ёлкина Мария", "Bob Jones")
GROUPS = ("A", "B", "C")


def name(number: int) -> str:
    """What somebody is called: two languages, and many who share a name."""
    return NAMES[number % len(NAMES)]


def moodle(number: int) -> str:
    return f"{name(number)}_{5000 + number}_assignsubmission_file/tcp_server.py"


def flat(number: int) -> str:
    return f"{name(number)}_{5000 + number}_assignsubmission_file_tcp_server.py"


def canvas(number: int) -> str:
    run_together = name(number).replace(" ", "").lower()
    late = "LATE_" if number % 7 == 0 else ""
    return f"{run_together}_{late}{5000 + number}_{90000 + number}_tcp_server.py"


def gradescope(number: int) -> str:
    return f"submission_{number}/src/tcp_server.py"


def plain(number: int) -> str:
    return f"{5000 + number}/lab4/tcp_server.py"


LAYOUTS: Mapping[str, Callable[[int], str]] = {
    "moodle": moodle,
    "moodle, flat": flat,
    "canvas": canvas,
    "gradescope": gradescope,
    "plain": plain,
}


def metadata() -> bytes:
    """Gradescope's list."""
    lines = []
    for number in range(COUNT):
        lines += [f"submission_{number}:", "  :submitters:", f"  - :name: {name(number)}"]
        lines += [f"    :sid: '{5000 + number}'", "  :score: 0.0"]
    return "\n".join([*lines, ""]).encode()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_everybody_is_found(layout: str, tmp_path: Path) -> None:
    """Those of the list who handed in nothing are absent."""
    files = {LAYOUTS[layout](n): f"# {5000 + n}\n".encode() for n in range(COUNT)}
    if layout == "gradescope":
        files["submission_metadata.yml"] = metadata()
    zipped(tmp_path / "class.zip", files)
    lines = [f"{5000 + n},{name(n)},{GROUPS[n % 3]}\n" for n in range(COUNT + 5)]
    (tmp_path / "list.csv").write_text("id,name,group\n" + "".join(lines), encoding="utf-8")
    found = list(joined(handed_in(tmp_path / "class.zip"), read(tmp_path / "list.csv")))
    people = {one.person.id: one for one in found}
    assert len(found) == len(people) == COUNT + 5
    assert sum(one.person.absent for one in found) == 5
    for number in range(COUNT):
        one = people[str(5000 + number)]
        assert one.files == {"tcp_server.py": f"# {5000 + number}\n".encode()}
        assert (one.person.name, one.person.group) == (name(number), GROUPS[number % 3])
