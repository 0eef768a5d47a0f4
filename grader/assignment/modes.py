"""By which protocol a chat is graded, and the rubric for it."""

from __future__ import annotations

from collections.abc import Iterable

from grader.assignment import own_rubric, rubric
from grader.assignment.check_ids import check_id
from grader.assignment.rubric import Row
from grader.assignment.variants import VARIANTS, Variant

PROTOCOL = "protocol"  # the kit's: participants speak it to the programs
OWN = "own"  # the chat's own: people sit in front of its clients
MODES = (PROTOCOL, OWN)


def rows(mode: str, variant: Variant) -> tuple[Row, ...]:
    """The checks of a variant in this mode, in their order."""
    return own_rubric.rows(variant) if mode == OWN else rubric.rows(variant)


def row(mode: str, name: str) -> Row:
    """The row of one check. Raises KeyError for a name that the rubric of this mode lacks."""
    if mode != OWN:
        return rubric.row(name)
    return {row.name: row for row in own_rubric.RUBRIC}[name]


def check_ids(mode: str, variants: Iterable[Variant] = VARIANTS) -> tuple[str, ...]:
    """``variant.name`` of every check, in order."""
    return tuple(check_id(v.name, one.name) for v in variants for one in rows(mode, v))
