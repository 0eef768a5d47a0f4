"""Inboxes: bytes in, messages out."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

import pytest
from support.worlds import PATIENCE, Countdown, interrupted, patient

from grader.assignment.protocol import Framing
from grader.chat import inbox
from grader.chat.inbox import Inbox


def filled(framing: Framing, *pieces: bytes) -> Inbox:
    made = Inbox(framing)
    for piece in pieces:
        made.feed(piece)
    return made


def test_lines_are_messages() -> None:
    """In a stream of lines, each line is a message."""
    assert filled(Framing.LINES, b"alice joined!\nbob: hi\n").messages() == [
        "alice joined!",
        "bob: hi",
    ]


def test_line_in_pieces_is_one_message() -> None:
    """However a line is cut on its way, it is one message."""
    assert filled(Framing.LINES, b"bo", b"b: h", b"i", b"\n").messages() == ["bob: hi"]


def test_half_a_line_is_no_message_yet() -> None:
    """What has no newline yet is kept apart."""
    box = filled(Framing.LINES, b"bob: hi\nali")
    assert box.messages() == ["bob: hi"]
    assert box.tail() == "ali"


def test_rest_of_a_line_completes_it() -> None:
    """A look at half a line does not cut it."""
    box = filled(Framing.LINES, b"ali")
    assert box.messages() == []
    box.feed(b"ce\n")
    assert box.messages() == ["alice"]
    assert box.tail() == ""


def test_empty_lines_are_messages() -> None:
    """Nothing is swallowed, not even an empty line."""
    assert filled(Framing.LINES, b"\n\nname\n").messages() == ["", "", "name"]


def test_character_in_pieces_is_one_character() -> None:
    """A character whose bytes come apart is put together."""
    assert filled(Framing.LINES, b"\xe2\x82", b"\xac\n").messages() == ["€"]


def test_each_datagram_is_a_message() -> None:
    """Datagrams are kept apart, the empty one too."""
    assert filled(Framing.DATAGRAMS, b"bob: hi", b"", b"a\nb").messages() == ["bob: hi", "", "a\nb"]


def test_raw_text_is_searched() -> None:
    """In text without frames a message counts wherever it stands, cut or not."""
    assert filled(Framing.RAW, b"namebob: h", b"ialice joined!").count("bob: hi") == 1


def test_newline_of_a_datagram_is_forgiven() -> None:
    """A datagram that ends in a newline counts as the message without it."""
    assert filled(Framing.DATAGRAMS, b"bob: hi\n", b"bob: hi").count("bob: hi") == 2


def test_only_one_newline_is_forgiven() -> None:
    """A datagram that has a newline elsewhere is another message."""
    assert filled(Framing.DATAGRAMS, b"bob: hi\n\n", b"\nbob: hi").count("bob: hi") == 0


@pytest.mark.parametrize("framing", [Framing.LINES, Framing.DATAGRAMS])
def test_message_is_the_whole_message(framing: Framing) -> None:
    """A text inside a longer message is not that message."""
    assert filled(framing, b"bob: hi there\n").count("bob: hi") == 0


@pytest.mark.parametrize(
    ("framing", "piece"),
    [(Framing.LINES, b"bob: hi\n"), (Framing.DATAGRAMS, b"bob: hi"), (Framing.RAW, b"bob: hi")],
)
def test_count_tells_how_often(framing: Framing, piece: bytes) -> None:
    """A message that came twice is counted twice."""
    assert filled(framing, piece, b"other\n", piece).count("bob: hi") == 2


def test_framing_may_be_found_out_late() -> None:
    """What came before the framing was known is cut by it afterwards."""
    box = filled(Framing.LINES, b"name")
    assert box.count("name") == 0
    box.framing = Framing.RAW
    assert box.count("name") == 1


def test_text_is_everything() -> None:
    """All that came is there as one text."""
    assert filled(Framing.LINES, b"name\nhal", b"f").text() == "name\nhalf"


def test_broken_utf_8_is_shown_escaped() -> None:
    """Bytes that are not UTF-8 do not stop the grader, and can be read."""
    assert filled(Framing.LINES, b"a\xff\xfeb\n").messages() == [r"a\xff\xfeb"]


def test_cap_keeps_the_beginning(monkeypatch: pytest.MonkeyPatch) -> None:
    """A flood is not kept, what came before it is."""
    monkeypatch.setattr(inbox, "MAX_BYTES", 10)
    box = filled(Framing.LINES, b"name\n", b"flood" * 10)
    assert box.text() == "name\n"


def test_after_a_flood_nothing_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """What there would be room for again does not join what came long before it."""
    monkeypatch.setattr(inbox, "MAX_BYTES", 10)
    box = filled(Framing.LINES, b"alice: ", b"flood" * 10, b"hi\n")
    assert box.text() == "alice: "


def test_wait_is_over_when_it_is_there_already() -> None:
    """What has come already is not waited for."""
    box = filled(Framing.LINES, b"name\n")
    assert box.wait(lambda: box.count("name") > 0, Countdown(0))


def test_wait_wakes_on_arrival() -> None:
    """Who waits is woken by what arrives."""
    box = Inbox()
    thread = threading.Thread(target=box.feed, args=(b"name\n",))
    thread.start()
    assert box.wait(lambda: box.count("name") > 0, patient())
    thread.join()


def test_wait_goes_on_after_something_else() -> None:
    """Another message does not end the wait."""
    box = Inbox()
    arrivals = iter([b"other\n", b"name\n"])
    deadline = Countdown(5, lambda: box.feed(next(arrivals, b"")))
    assert box.wait(lambda: box.count("name") > 0, deadline)


def test_wait_ends_with_the_stream() -> None:
    """Nobody waits for more once the stream has ended."""
    box = Inbox()
    box.end("closed")
    assert not box.wait(lambda: box.count("name") > 0, Countdown(0))


def test_wait_wakes_when_the_stream_ends() -> None:
    """Who waits is woken by the end of the stream."""
    box = Inbox()
    thread = threading.Thread(target=box.end, args=("reset",))
    thread.start()
    assert not box.wait(lambda: False, patient())
    assert box.ended == "reset"
    thread.join()


def test_wait_ends_with_the_deadline() -> None:
    """A message that does not come in time has not come."""
    assert not Inbox().wait(lambda: False, Countdown(2))


@contextlib.contextmanager
def feeding(box: Inbox) -> Iterator[None]:
    """Somebody who never stops sending."""
    enough = threading.Event()

    def feed() -> None:
        while not enough.is_set():
            box.feed(b"x")

    thread = threading.Thread(target=feed)
    thread.start()
    try:
        yield
    finally:
        enough.set()
        thread.join()


def test_wait_ends_with_the_deadline_though_more_arrives() -> None:
    """Who never stops sending is not waited for any longer than others."""
    box = Inbox()
    with feeding(box):
        assert not box.wait(lambda: False, Countdown(2))


def test_what_is_not_kept_wakes_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once there is no room, a flood does not have the same text looked through each time."""
    monkeypatch.setattr(inbox, "MAX_BYTES", 4)
    box = filled(Framing.RAW, b"name")
    looks: list[int] = []
    with feeding(box):
        assert not box.wait(lambda: bool(looks.append(box.size)), Countdown(3))
    assert set(looks) == {4}
    assert len(looks) <= 2 * (3 + 1) + 1  # a wait may be over a little early, once a question


def test_an_interruption_leaves_nothing_locked() -> None:
    """Whenever Ctrl+C comes, another thread can go on filling the inbox."""
    for moment in range(1000):
        box = filled(Framing.LINES, b"name\n")
        over = interrupted(lambda: box.wait(lambda: box.count("x") > 0, Countdown(1)), moment)  # noqa: B023
        feeding = threading.Thread(target=box.feed, args=(b"hello\n",), daemon=True)
        feeding.start()
        feeding.join(PATIENCE)
        assert box.count("hello") == 1, moment
        if not over:
            break
    assert 10 < moment < 999


def test_wait_looks_once_more_after_the_process_has_ended() -> None:
    """What the process wrote just before its end still counts."""
    box = Inbox()

    class Ended(Countdown):
        def over(self) -> bool:
            self.reason = "ended"
            self.writer = threading.Thread(target=self.write)
            self.writer.start()
            return True

        def write(self) -> None:
            box.feed(b"name\n")
            box.end("ended")

    deadline = Ended(0)
    assert box.wait(lambda: box.count("name") > 0, deadline)
    deadline.writer.join()


def test_first_end_counts() -> None:
    """How the stream ended is what was noticed first."""
    box = Inbox()
    box.end("reset")
    box.end("closed")
    assert box.ended == "reset"


def test_no_more_messages_than_anybody_needs() -> None:
    """A flood of short messages stops being kept, and does not slow the grader down."""
    full = Inbox()
    for _ in range(3):
        full.feed(b"x\n" * (inbox.MAX_MESSAGES // 2))
    assert len(full.messages()) == inbox.MAX_MESSAGES
