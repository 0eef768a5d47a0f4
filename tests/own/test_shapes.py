"""The chats of their own protocol are what they say: programs that compile, and a whole truth."""

from __future__ import annotations

import pytest
from submissions.own import SHAPES, Shape

from grader.assignment import own_rubric
from grader.assignment.variants import variant
from grader.submission.own import pair

AT_LEAST = 30
each = pytest.mark.parametrize("shape", SHAPES, ids=[shape.name for shape in SHAPES])


def test_there_are_many() -> None:
    """There are shapes enough, of both variants, each with a sentence of its own."""
    assert len(SHAPES) >= AT_LEAST
    assert {shape.variant for shape in SHAPES} == {"tcp", "udp"}
    assert len({shape.says for shape in SHAPES}) == len(SHAPES)


@each
def test_the_truth_is_about_checks(shape: Shape) -> None:
    """The truth names checks of the rubric, or why the chat is declined."""
    names = {row.name for row in own_rubric.rows(variant(shape.variant))}
    assert set(shape.truth) <= names
    assert bool(shape.truth) != bool(shape.declined)


@each
def test_the_pair_is_found(shape: Shape) -> None:
    """The programs are found by what they do; server and client are told apart."""
    if not shape.declined:
        found = pair.in_folder(shape.folder)
        assert [str(one) for one in found.pairs] == [shape.variant]
        chosen = found.pairs[variant(shape.variant)]
        assert (chosen.server == chosen.client) == bool(chosen.server_word)
        assert "client" not in chosen.server.name


@each
def test_the_programs_compile(shape: Shape) -> None:
    """A program compiles, unless that is why it is declined."""
    for path in shape.folder.rglob("*.py"):
        if shape.declined != "own-syntax":
            compile(path.read_bytes(), path.name, "exec")
