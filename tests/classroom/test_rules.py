"""The rules of a class: read strictly, and never other points than those that add up."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from grader.classroom import rules
from grader.classroom.rules import Rules
from grader.fact import FactError

needs_toml = pytest.mark.skipif(sys.version_info < (3, 11), reason="Python 3.10 reads no TOML")
MORE = '[points]\n"tcp.many-users" = 25\n"tcp.two-users" = 5\n'


def read(folder: Path, text: str) -> Rules:
    """The rules in a file with this text."""
    (folder / "rules.toml").write_text(text, encoding="utf-8")
    return rules.read(folder / "rules.toml")


@needs_toml
def test_rules_are_read(tmp_path: Path) -> None:
    """What is left out is the kit's own."""
    found = read(tmp_path, f'late_percent = 10\nmandatory = ["tcp.starts"]\n{MORE}')
    assert found.points["tcp.many-users"] == 25
    assert (found.late_percent, found.mandatory, found.weights) == (10, ("tcp.starts",), {})


@needs_toml
@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[points]\n"tcp.many-users" = 25\n', "rules-sum"),
        ('[points]\n"tcp.many" = 20\n', "rules-name-unknown"),
        ("[weights]\nsctp = 1\n", "rules-name-unknown"),
        ('mandatory = ["starts"]\n', "rules-name-unknown"),
        ("late_percent = -1\n", "rules-number"),
        ("late_percent = nan\n", "rules-number"),
        ("hats = 1\n", "rules-unreadable"),
        ("late_percent = [\n", "rules-unreadable"),
    ],
)
def test_rules_that_make_no_sense_are_refused(text: str, code: str, tmp_path: Path) -> None:
    """With the reason, before anything is marked."""
    with pytest.raises(FactError) as told:
        read(tmp_path, text)
    assert told.value.fact.code == code


@needs_toml
def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    """In one line."""
    with pytest.raises(FactError):
        rules.read(tmp_path / "nowhere.toml")


@pytest.mark.parametrize(
    ("made", "mark", "given"),
    [
        (Rules(), 87.25, 87.3),
        (Rules(digits=0), 86.5, 87.0),
        (Rules(digits=0), 86.49, 86.0),
        (Rules(out_of=10), 87.0, 8.7),
        (Rules(out_of=5, digits=0), 90.0, 5.0),
    ],
)
def test_marks_are_scaled_and_rounded_half_up(made: Rules, mark: float, given: float) -> None:
    """87.25 is 87.3 on every machine."""
    assert rules.scaled(made, mark, 100) == given


def test_a_scale_names_marks() -> None:
    """The best name that is reached."""
    made = Rules(scale={"5": 85, "4": 70, "3": 50})
    found = [rules.grade(made, mark) for mark in (100, 85, 84.9, 50, 49)]
    assert found == ["5", "5", "4", "3", ""]
    assert rules.grade(Rules(), 100) == ""


def test_rules_come_back_from_the_store() -> None:
    """As they were."""
    made = Rules(points={"tcp.starts": 2}, mandatory=(), out_of=10)
    assert rules.loads(rules.dumps(made)) == made
