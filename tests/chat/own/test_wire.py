"""Whether the server sent a word back is told from what went over the wire."""

from __future__ import annotations

from grader.chat.own.wire import came_back
from grader.sandbox.sniffer import Packet

SERVER, ALICE, BOB = 5555, 40001, 40002
SAID = Packet(0.0, ALICE, SERVER, b'{"text": "hellox"}')
RELAYED = Packet(0.1, SERVER, BOB, b"alice: hellox")
ECHOED = Packet(0.1, SERVER, ALICE, b"alice: hellox")


def test_a_word_that_was_sent_back_came_back() -> None:
    """The server has sent it to where it came from."""
    assert came_back([SAID, RELAYED, ECHOED], SERVER, "hellox") is True


def test_a_word_that_went_to_others_did_not_come_back() -> None:
    """The server has sent it to the others alone."""
    assert came_back([SAID, RELAYED], SERVER, "hellox") is False


def test_a_word_that_is_packed_cannot_be_told() -> None:
    """Where the word is not seen on its way to the server, nobody knows."""
    assert came_back([Packet(0.0, ALICE, SERVER, b"\x11\x22"), RELAYED], SERVER, "hellox") is None
