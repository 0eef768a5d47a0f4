"""What became of one check."""

from __future__ import annotations

import pytest
from support.made_up import check_result, happened, step

from grader.fact import fact
from grader.result.verdict import EventKind


def test_results_do_not_change() -> None:
    """A result cannot be changed once it is known."""
    with pytest.raises(AttributeError):
        check_result("tcp.starts").points = 100  # type: ignore[misc]


def test_id() -> None:
    """It is made of the variant and the name."""
    assert check_result("udp.join-notice").id == "udp.join-notice"


def test_steps() -> None:
    """They are those of the transcript, in order; traffic is no step, and no step is empty."""
    events = (
        step("connects", name="alice"),
        happened(EventKind.SENDS, "alice", "alice\n"),
        happened(EventKind.VANISHES, "bob", fact=fact("how", how="fin")),
        happened(EventKind.STEP),
        step("silence"),
    )
    check = check_result("tcp.starts", transcript=events)
    assert check.steps == (fact("connects", name="alice"), fact("silence"))
