"""What people say in a scenario."""

from __future__ import annotations

import random

import pytest

from grader.assignment import protocol
from grader.assignment.protocol import Framing
from grader.chat.texts import AT_THE_ENDS, AWKWARD, awkward, plain

CORE = "4fa21c"
each_framing = pytest.mark.parametrize("framing", Framing)


def said(framing: Framing, seed: int = 1) -> list[str]:
    return [text.format(CORE) for text in awkward(random.Random(seed), framing)]


@each_framing
def test_every_text_is_said_once(framing: Framing) -> None:
    """All awkward texts are there, each once, with the core in it once."""
    texts = said(framing)
    assert len(set(texts)) == len(texts) >= len(AWKWARD)
    assert all(text.count(CORE) == 1 for text in texts)


def test_blanks_at_the_ends_need_an_end() -> None:
    """Where a message has no end, nobody says anything that begins or ends in a blank."""
    at_the_ends = {text.format(CORE) for text in AT_THE_ENDS}
    assert at_the_ends <= set(said(Framing.LINES))
    assert at_the_ends <= set(said(Framing.DATAGRAMS))
    assert all(text == text.strip() for text in said(Framing.RAW))


def test_order_is_drawn() -> None:
    """The same seed gives the same order, another one another."""
    assert said(Framing.LINES, 5) == said(Framing.LINES, 5) != said(Framing.LINES, 6)


@each_framing
def test_nobody_leaves_by_what_they_say(framing: Framing) -> None:
    """No message is a leave notice, and none has a newline in it."""
    lines = [protocol.message("alice", text) for text in said(framing)]
    assert not any(protocol.is_leave_notice(line) or "\n" in line for line in lines)
    assert not any(line.startswith(protocol.left("alice")) for line in said(framing))


@each_framing
def test_nobody_leaves_by_what_they_type(framing: Framing) -> None:
    """A text that is typed is never the word that ends a client."""
    assert "leave" not in [text.strip() for text in said(framing)]


def test_no_text_is_a_part_of_another() -> None:
    """Texts that are found anywhere in what came do not hide in each other."""
    numbered = [text.format(f"{n:06x}") for n, text in enumerate(AWKWARD + AT_THE_ENDS)]
    assert not [(a, b) for a in numbered for b in numbered if a is not b and a in b]


@pytest.mark.parametrize("seed", range(20))
def test_plain_word(seed: int) -> None:
    """A plain text is a word of letters, and the core behind it."""
    text = plain(random.Random(seed)).format(CORE)
    assert text.endswith(CORE)
    assert text.removesuffix(CORE).isascii() and text.removesuffix(CORE).isalpha()
