"""Messages: to everyone else, once, unchanged, never back."""

from grader.checks.judging import judge
from grader.grading.pytest_plugin.playing import Journals


def test_two_users(journals: Journals) -> None:
    """Each of two users gets what the other says."""
    judge(journals, "two-users")


def test_many_users(journals: Journals) -> None:
    """With five users, every message reaches everyone else exactly once."""
    judge(journals, "many-users")


def test_sender_excluded(journals: Journals) -> None:
    """A message never comes back to its sender."""
    judge(journals, "sender-excluded")
