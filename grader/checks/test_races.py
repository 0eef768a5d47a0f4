"""Races: two things at once, in every order that may matter."""

from grader.checks.racing import judge_race
from grader.grading.pytest_plugin.playing import Journals


def test_race_name(journals: Journals) -> None:
    """Two users give the same name at once: one of them gets it."""
    judge_race(journals, "race-name")


def test_race_join(journals: Journals) -> None:
    """A user joins while another one speaks: nothing is lost or doubled."""
    judge_race(journals, "race-join")


def test_race_leave(journals: Journals) -> None:
    """A user leaves or is gone while another one speaks: nothing is lost or doubled."""
    judge_race(journals, "race-leave")


def test_race_leaves(journals: Journals) -> None:
    """Two users go at once, or one in two ways: exactly one notice for each."""
    judge_race(journals, "race-leaves")
