"""The table of all checks."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from grader import checks
from grader.assignment import rubric
from grader.assignment.rubric import RUBRIC, Row
from grader.assignment.variants import TCP, UDP, VARIANTS, Variant
from grader.grading.titles import titles

each_variant = pytest.mark.parametrize("variant", VARIANTS, ids=str)
each_row = pytest.mark.parametrize("row", RUBRIC, ids=[row.name for row in RUBRIC])


def check_functions() -> list[str]:
    """The names of all functions in the checks' files that pytest would run."""
    paths = Path(checks.__file__).parent.glob("*.py")
    return [
        node.name
        for path in paths
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test")
    ]


@each_variant
def test_points_add_up(variant: Variant) -> None:
    """The core checks of each variant are worth 100 points."""
    assert sum(row.max_points(variant) for row in rubric.rows(variant)) == 100


def test_names_are_unique() -> None:
    """No two checks have the same name."""
    names = [row.name for row in RUBRIC]
    assert len(set(names)) == len(names)


@each_row
def test_stars_earn_no_points(row: Row) -> None:
    """A star earns no points, and every other check earns some."""
    for variant in VARIANTS:
        if row.has(variant):
            assert (row.max_points(variant) == 0) == row.star


@each_row
def test_needs_come_earlier(row: Row) -> None:
    """What a check needs is a check of the same variants that has run before it."""
    for variant in VARIANTS:
        names = [r.name for r in rubric.rows(variant)]
        if row.has(variant):
            assert set(row.needs) <= set(names[: names.index(row.name)])


@each_row
def test_needs_run_the_same_files(row: Row) -> None:
    """A check does not need one that may be skipped for a file which it does not run itself."""
    for need in row.needs:
        assert set(rubric.row(need).files) <= set(row.files)


@each_row
def test_every_row_has_a_check(row: Row) -> None:
    """For each row there is exactly one function."""
    assert check_functions().count(f"test_{row.name.replace('-', '_')}") == 1


def test_every_check_has_a_row() -> None:
    """There is no check that is worth nothing because nobody put it into the table."""
    names = {row.name for row in RUBRIC}
    assert {f.removeprefix("test_").replace("_", "-") for f in check_functions()} <= names


@each_row
def test_tasks_are_those_of_the_variant(row: Row) -> None:
    """Tasks 1 to 11 are about TCP, 12 to 20 about UDP."""
    assert not row.has(TCP) or 1 <= row.task_of(TCP) <= 11
    assert not row.has(UDP) or 12 <= row.task_of(UDP) <= 20


def test_every_task_is_checked() -> None:
    """No task is written for nothing, but for reading lines, which stars and all else need."""
    tasks = {row.task_of(v) for v in VARIANTS for row in rubric.rows(v)}
    assert tasks == set(range(1, 21))


@each_row
def test_points_and_tasks_are_of_the_same_variants(row: Row) -> None:
    """A variant that has a check has a task for it, and no other one has."""
    assert set(row.points) == set(row.task)


@each_row
def test_titles_are_sentences(row: Row) -> None:
    """The title that students read is one whole sentence on one line."""
    assert re.fullmatch(r"[A-Z`][^\n]*[^.\n]\.", titles()[row.name])
    assert len(titles()[row.name]) <= 90


def test_mandatory_checks() -> None:
    """Threads are mandatory: over TCP on the server, over UDP on the client."""
    mandatory = {v: [r.name for r in rubric.rows(v) if r.is_mandatory(v)] for v in VARIANTS}
    assert mandatory == {TCP: ["server-threads"], UDP: ["client-threads"]}


@each_row
def test_what_is_mandatory_earns_points(row: Row) -> None:
    """A check is mandatory only where it is, and no star is."""
    assert all(row.max_points(variant) for variant in row.mandatory)


@each_variant
def test_a_chat_for_two_keeps_76_points(variant: Variant) -> None:
    """What needs a third person takes 24 points away, as the tasks say."""
    lost = sum(rubric.row(name).max_points(variant) for name in ("many-users", "end-to-end"))
    assert 100 - lost == 76


@each_row
def test_row_is_found_by_its_name(row: Row) -> None:
    """A check is looked up by its name."""
    assert rubric.row(row.name) is row


def test_unknown_name_is_an_error() -> None:
    """A name that the table lacks is refused."""
    with pytest.raises(KeyError, match="no-such-check"):
        rubric.row("no-such-check")


def test_ids_are_in_the_order_of_the_table() -> None:
    """The checks run variant by variant, in the order of the table."""
    assert rubric.check_ids((UDP,))[:2] == ("udp.starts", "udp.handshake")
    assert rubric.check_ids() == rubric.check_ids((TCP,)) + rubric.check_ids((UDP,))


@each_variant
def test_variant_lacks_what_is_not_for_it(variant: Variant) -> None:
    """A check of the other variant alone is not run."""
    names = [id_.partition(".")[2] for id_ in rubric.check_ids((variant,))]
    assert names == [row.name for row in RUBRIC if row.has(variant)]
