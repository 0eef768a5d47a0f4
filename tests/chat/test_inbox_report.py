"""Inboxes that tell of what comes, and of what has come since."""

from __future__ import annotations

import pytest
from support.worlds import Countdown, patient

from grader.assignment.protocol import Framing
from grader.chat import inbox
from grader.chat.inbox import Inbox


class Listener:
    """Notes what an inbox tells."""

    def __init__(self, box: Inbox) -> None:
        self.heard: list[bytes] = []
        self.over: list[str] = []
        box.report(self.heard.append, self.over.append)


def test_each_piece_is_told() -> None:
    """Whoever listens hears each piece as it came, the empty datagram too."""
    box = Inbox(Framing.DATAGRAMS)
    box.feed(b"before")
    listener = Listener(box)
    for piece in (b"one", b"", b"tw"):
        box.feed(piece)
    assert listener.heard == [b"one", b"", b"tw"]


def test_what_is_found_has_been_told() -> None:
    """Whoever finds a message in the inbox finds it with the listener as well."""
    box = Inbox()
    there: list[bool] = []
    box.report(lambda _data: there.append(box.contains("name")), lambda _how: None)
    box.feed(b"name\n")
    assert there == [False]
    assert box.contains("name")


def test_end_is_told_once() -> None:
    """How the stream ended is told once, as it was first."""
    box = Inbox()
    listener = Listener(box)
    box.end("reset")
    box.end("closed")
    assert listener.over == ["reset"]


def test_full_inbox_still_tells(monkeypatch: pytest.MonkeyPatch) -> None:
    """What there is no room for is told all the same: a listener has limits of its own."""
    monkeypatch.setattr(inbox, "MAX_BYTES", 10)
    box = Inbox()
    listener = Listener(box)
    box.feed(b"x" * 8)
    assert not box.is_full
    box.feed(b"y" * 8)
    assert box.is_full
    assert (listener.heard, box.text()) == ([b"x" * 8, b"y" * 8], "x" * 8)


def test_full_inbox_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing more is kept, so nothing can be found there that is not there yet."""
    monkeypatch.setattr(inbox, "MAX_BYTES", 10)
    box = Inbox()
    box.feed(b"here" * 2)
    box.feed(b"more")
    assert not box.wait(lambda: box.contains("more"), patient())
    assert box.wait(lambda: box.contains("here"), patient())


def test_text_that_came_since() -> None:
    """Only what came behind the place counts, with anything around it."""
    box = Inbox()
    box.feed(b"alice joined!\n")
    start = box.size
    assert not box.contains_since("alice", start)
    box.feed(b"bye alice\n")
    assert box.contains_since("alice", start)


def test_text_at_the_very_end_came_before() -> None:
    """What ends just where the place is has come before it."""
    box = Inbox(Framing.RAW)
    box.feed(b"hello alice")
    assert not box.contains_since("alice", box.size)
    assert box.contains_since("alice", box.size - len("alice"))


def test_text_in_letters_of_several_bytes() -> None:
    """The place is counted in bytes, not in letters."""
    box = Inbox(Framing.RAW)
    box.feed("привет".encode())
    assert box.size == 12
    box.feed("я".encode()[:1])
    assert not box.contains_since("я", 12)
    box.feed("я".encode()[1:])
    assert box.contains_since("я", 12)


def test_waiting_ends_with_the_deadline() -> None:
    """What does not come since is not waited for without end."""
    box = Inbox()
    box.feed(b"alice\n")
    assert not box.wait(lambda: box.contains_since("alice", box.size), Countdown(2))
