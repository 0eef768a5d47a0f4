"""The messages of the wire: made, recognised, framed."""

from __future__ import annotations

import pytest

from grader.assignment import protocol
from grader.assignment.protocol import Framing

NOTICES = ("alice joined!", "*alice left*")


def test_messages_are_made_as_the_table_says() -> None:
    """Each message that names somebody has the words of the protocol."""
    assert protocol.name_reply("alice") == "alice"
    assert protocol.joined("alice") == "alice joined!"
    assert protocol.message("alice", "hello") == "alice: hello"
    assert protocol.left("alice") == "*alice left*"


@pytest.mark.parametrize("name", ["alice", "Алиса", "bob left"])
def test_notices_are_recognised(name: str) -> None:
    """What is made as a notice is recognised as that notice and as no other one."""
    joined, left = protocol.joined(name), protocol.left(name)
    assert protocol.is_join_notice(joined) and not protocol.is_leave_notice(joined)
    assert protocol.is_leave_notice(left) and not protocol.is_join_notice(left)


@pytest.mark.parametrize(
    "line", ["I left my keys", " joined!", "**", "* left*", "*alice left*\n", "bob: *alice left*"]
)
def test_other_lines_are_no_notices(line: str) -> None:
    """A line that only looks like a notice is none."""
    assert not protocol.is_join_notice(line)
    assert not protocol.is_leave_notice(line)


def test_leave_notice_is_found_within_a_text() -> None:
    """A leave notice is found between other messages, framed or not."""
    assert protocol.has_leave_notice("bob: hi*alice left*bob: ho")
    assert not protocol.has_leave_notice("bob: I left\n*bob is here*")


@pytest.mark.parametrize(
    ("line", "speaker", "text"),
    [
        ("alice: hello", "alice", "hello"),
        ("alice: bob: hello", "alice", "bob: hello"),
        ("alice: ", "alice", ""),
        ("alice:hello", "", ""),
        ("alice joined!", "", ""),
    ],
)
def test_message_is_taken_apart(line: str, speaker: str, text: str) -> None:
    """The speaker stands before the first colon and blank, the text behind."""
    assert (protocol.speaker_of(line), protocol.text_of(line)) == (speaker, text)


@pytest.mark.parametrize("text", ["hello", "", "a: b", "привет 🙂"])
def test_message_comes_back_whole(text: str) -> None:
    """A message that is made is taken apart into what it was made of."""
    line = protocol.message("alice", text)
    assert (protocol.speaker_of(line), protocol.text_of(line)) == ("alice", text)


@pytest.mark.parametrize(
    ("framing", "data"),
    [
        (Framing.LINES, "alice joined!\né\n"),
        (Framing.DATAGRAMS, "alice joined!é"),
        (Framing.RAW, "alice joined!é"),
    ],
)
def test_framing(framing: Framing, data: str) -> None:
    """A line ends with a newline, a datagram and a raw text with nothing; all are UTF-8."""
    assert framing.encode("alice joined!", "é") == data.encode()


def test_empty_message_is_framed() -> None:
    """An empty message is one newline, or an empty datagram."""
    assert Framing.LINES.encode("") == b"\n"
    assert Framing.DATAGRAMS.encode("") == b""
