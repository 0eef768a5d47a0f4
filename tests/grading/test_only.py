"""What ``--only`` means, and what is proposed for a word that names no check."""

from __future__ import annotations

import pytest

from grader.assignment.variants import TCP, UDP, VARIANTS
from grader.fact import FactError
from grader.grading import only
from grader.reports.sentences import say


def refused(word: str) -> str:
    """What is said of a word that names no check."""
    with pytest.raises(FactError) as caught:
        only.chosen([word], VARIANTS)
    return say(caught.value.fact)


def test_ids_and_names() -> None:
    """A name means the check in each variant, an id in one; said twice, it is there once."""
    assert only.chosen(["starts", "tcp.starts"], VARIANTS) == ("tcp.starts", "udp.starts")
    assert only.chosen(["starts,udp.handshake"], [UDP]) == ("udp.starts", "udp.handshake")
    assert only.chosen([], [TCP]) == ()


@pytest.mark.parametrize("word", ["two_users", "twousers", "Two-Users", "two-user"])
def test_did_you_mean(word: str) -> None:
    """The name that was meant is the first one proposed."""
    line = f"--only {word}: no such check here; did you mean one of: two-users"
    assert refused(word).startswith(line)
    assert "tcp." not in refused(word)


def test_an_id_that_is_nearly_right() -> None:
    """With its variant, too."""
    assert "did you mean one of: udp.client-shows" in refused("udp.client_show")


@pytest.mark.parametrize("word", ["task5", "task-5", "Task_5", "5"])
def test_the_checks_of_a_task(word: str) -> None:
    """Who names a task is told its checks."""
    line = f"--only {word}: expected the name of a check; those of this task: "
    names = "tcp.join-notice, tcp.join-not-to-self, tcp.race-name"
    assert refused(word) == f"{line}{names} (or: --task)"


@pytest.mark.parametrize("word", ["task21", "nonsense", "0"])
def test_nothing_is_proposed_for_nothing(word: str) -> None:
    """What is like no check gets the way to see them all."""
    assert refused(word) == f"--only {word}: no such check here; --list shows them all"


def test_a_task_names_its_checks() -> None:
    """--task 5 runs what belongs to task 5, and goes with no other choice."""
    names = ("tcp.join-notice", "tcp.join-not-to-self", "tcp.race-name")
    assert only.asked_for([], 5, VARIANTS) == names
    for words, task, code in (([], 21, "no-such-task"), (["starts"], 5, "task-or-only")):
        with pytest.raises(FactError) as caught:
            only.asked_for(words, task, VARIANTS)
        assert caught.value.fact.code == code
