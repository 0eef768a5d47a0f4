"""The programs with a mistake are what they say: one change each, and a truth that makes sense."""

from __future__ import annotations

from pathlib import Path

import pytest
from submissions.mistakes import MISTAKES
from submissions.mistakes.mistake import Mistake

from grader.assignment.rubric import VARIANTS, rows

REFERENCE = Path(__file__).resolve().parents[2] / "reference"
CORE = {str(v): {row.name for row in rows(v) if not row.star} for v in VARIANTS}
STARS = {str(v): {row.name for row in rows(v) if row.star} for v in VARIANTS}
TASKS = {
    "tcp_server.py": range(1, 8),
    "tcp_client.py": range(8, 12),
    "udp_server.py": range(12, 17),
    "udp_client.py": range(17, 21),
}
AT_LEAST = 85
MOST_SOURCES = 12

each = pytest.mark.parametrize("mistake", MISTAKES, ids=[mistake.name for mistake in MISTAKES])


def test_there_are_many() -> None:
    """There are mistakes enough, in all four files, and few of them are whole programs."""
    assert len(MISTAKES) >= AT_LEAST
    assert {mistake.file for mistake in MISTAKES} == set(TASKS)
    assert sum(bool(mistake.source) for mistake in MISTAKES) <= MOST_SOURCES


def test_names_and_programs_are_unique() -> None:
    """No two mistakes have one name, and no two of them are the same program."""
    assert len({mistake.name for mistake in MISTAKES}) == len(MISTAKES)
    programs = {(mistake.file, mistake.program(REFERENCE)) for mistake in MISTAKES}
    assert len(programs) == len(MISTAKES)


@each
def test_a_mistake_is_a_change_that_fits(mistake: Mistake) -> None:
    """Each edit fits once and changes something, and the wrong line is found once in the result."""
    assert bool(mistake.source) != bool(mistake.edits)
    program = mistake.program(REFERENCE)
    assert program != (REFERENCE / mistake.file).read_text(encoding="utf-8")
    assert mistake.line and program.count(mistake.line) == 1


@each
def test_the_program_compiles(mistake: Mistake) -> None:
    """A program compiles, unless that is the mistake."""
    program = mistake.program(REFERENCE)
    if mistake.compiles:
        compile(program, mistake.file, "exec")
    else:
        with pytest.raises(SyntaxError):
            compile(program, mistake.file, "exec")


@each
def test_the_truth_names_checks_of_the_rubric(mistake: Mistake) -> None:
    """The truth names checks of the variant, each in one place, and tasks of the file."""
    named = (*mistake.fails, *mistake.out_of_reach, *mistake.either)
    assert set(named) <= CORE[mistake.variant]
    assert len(set(named)) == len(named)
    assert set(mistake.stars) <= STARS[mistake.variant]
    assert mistake.task in TASKS[mistake.file]
    assert mistake.why.endswith(".") and "\n" not in mistake.why


def test_an_edit_that_does_not_fit_is_told() -> None:
    """An edit whose text does not occur in the reference is an error, not a correct program."""
    mistake = Mistake("odd", "tcp", "server", 1, "", "", edits=(("no such text", "x"),))
    with pytest.raises(ValueError, match="odd: expected once, got 0 times"):
        mistake.program(REFERENCE)
