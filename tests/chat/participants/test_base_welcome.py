"""Who is welcomed, and what that tells of a server."""

from __future__ import annotations

import pytest
from support.somebody import Somebody

from grader.assignment.protocol import WELCOME
from grader.chat.failure import Failure
from grader.fact import fact, quoted


def fed(*lines: str) -> Somebody:
    somebody = Somebody()
    somebody.inbox.feed("".join(f"{line}\n" for line in lines).encode())
    return somebody


def test_whole_welcome() -> None:
    """A server that sends the whole welcome is known to."""
    somebody = fed(*WELCOME)
    assert somebody.await_welcome()
    assert somebody.dialect.welcomes is True


def test_half_a_welcome() -> None:
    """A server that sends half of the welcome is known not to send it."""
    somebody = fed(WELCOME[0])
    assert not somebody.await_welcome()
    assert somebody.dialect.welcomes is False


def test_welcome_that_is_known_not_to_come() -> None:
    """Nobody waits for a welcome a second time in vain."""
    somebody = fed(*WELCOME)
    somebody.dialect.welcomes = False
    assert not somebody.await_welcome()


def test_habit_is_learnt_once() -> None:
    """A welcome that is missing once does not make a server one that never sends it."""
    somebody = fed()
    somebody.dialect.welcomes = True
    assert not somebody.await_welcome()
    assert somebody.dialect.welcomes is True


def test_who_is_welcomed_is_let_in() -> None:
    """Who gets the welcome is in."""
    somebody = fed(*WELCOME)
    somebody.dialect.welcomes = True
    somebody.be_welcomed()
    assert somebody.dialect.welcomes is True


@pytest.mark.parametrize("habit", [None, False])
def test_who_is_not_welcomed_may_be_in(habit: bool | None) -> None:
    """Where nobody has been welcomed yet, nobody need be."""
    somebody = fed()
    somebody.dialect.welcomes = habit
    somebody.be_welcomed()
    assert somebody.dialect.welcomes is False


def test_who_is_not_welcomed_as_others_were() -> None:
    """Where others were welcomed, who is not is not let in."""
    somebody = fed("the chat is full")
    somebody.dialect.welcomes = True
    with pytest.raises(Failure) as caught:
        somebody.be_welcomed()
    assert caught.value.message == fact("not-let-in", name="alice")
    assert caught.value.expected == fact("text", text=WELCOME[0])
    assert caught.value.got == quoted("the chat is full")
