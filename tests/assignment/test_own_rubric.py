"""The rubric of chats of their own protocol."""

from __future__ import annotations

import pytest

from grader.assignment import modes, own_rubric
from grader.assignment.variants import TCP, UDP, VARIANTS, Variant
from grader.reports.sentences.own import TITLES

THIRD = {"many-users"}  # what a chat for two cannot show


@pytest.mark.parametrize("variant", VARIANTS, ids=str)
def test_the_points_are_a_hundred(variant: Variant) -> None:
    """Whatever the variant, everything together is worth 100 points, and a chat for two 76."""
    points = {row.name: row.max_points(variant) for row in own_rubric.rows(variant)}
    assert sum(points.values()) == 100
    assert sum(worth for name, worth in points.items() if name not in THIRD) == 76


def test_threads_are_mandatory() -> None:
    """On the server over TCP, on the client over UDP."""
    mandatory = {
        (v, row.name) for v in VARIANTS for row in own_rubric.rows(v) if v in row.mandatory
    }
    assert mandatory == {(TCP, "server-threads"), (UDP, "client-threads")}


def test_every_check_has_a_title() -> None:
    """Students read a line for each check, and no line is left over."""
    assert {row.name for row in own_rubric.RUBRIC} == set(TITLES)


def test_the_mode_chooses_the_rubric() -> None:
    """The kit's protocol has its own checks and points."""
    assert modes.row(modes.OWN, "two-users").max_points(TCP) == 20
    assert modes.row(modes.PROTOCOL, "two-users").max_points(TCP) == 10
    assert "udp.sender-named" in modes.check_ids(modes.OWN)
    assert "udp.sender-named" not in modes.check_ids(modes.PROTOCOL)
