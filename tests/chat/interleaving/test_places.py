"""Where to hold a thread."""

from __future__ import annotations

from dataclasses import replace

from grader.chat.interleaving.places import Place, change, places
from grader.sandbox.tracing import Ran
from grader.submission.sharing import Sharing

SERVER = """\
import threading
users = {}
users_lock = threading.Lock()

def join(name, user):
    text = name.strip()
    with users_lock:
        if text in users:
            return False
        users[text] = user
        user.send("hello")
        user.send("welcome")
    users.get(text)

def tell(user):
    user.bell.put(1)
"""
SHARING = Sharing({"server.py": SERVER})


def ran(*lines: int, thread: int = 0, function: str = "join") -> list[Ran]:
    """A thread runs these lines of a function."""
    return [
        Ran(thread, n, 0.0, (("server.py", line, function),)) for n, line in enumerate(lines, 1)
    ]


def chosen(found: list[Place]) -> list[tuple[int, bool]]:
    """The numbers of the lines, and whether they are between the ends of a lock."""
    return [(place.number, place.between) for place in found]


def test_a_line_that_shares_nothing_is_left_out() -> None:
    """To be held before it is to be held before the next one."""
    assert chosen(places(ran(6, 13), SHARING)) == [(2, False)]


def test_the_ends_of_a_lock_come_first() -> None:
    """Between them nothing can change, unless the lock does not keep the others out."""
    found = places(ran(6, 7, 8, 10, 11, 12, 7, 13), SHARING)
    ends = [(2, False), (3, False), (6, False), (7, False), (8, False)]
    assert chosen(found) == [*ends, (4, True), (5, True)]
    assert {place.inside for place in found if place.number in (3, 4, 5, 6)} == {1}


def test_each_round_of_a_loop_is_a_place_up_to_three() -> None:
    """What goes wrong in a loop need not show in its first round."""
    assert chosen(places(ran(13, 13, 13, 13, 13), SHARING)) == [
        (1, False),
        (2, False),
        (3, False),
    ]


def test_other_threads_are_not_held() -> None:
    """The thread that ran first is the one whose user acts."""
    assert places(ran(13, thread=1), SHARING) == []


def test_threads_that_the_deed_begins_are_held() -> None:
    """A server may make a thread for each message; it goes last."""
    begun = [replace(one, born=True) for one in ran(13, thread=1)]
    found = places([*ran(13), *begun], SHARING)
    assert [(place.thread, place.number) for place in found] == [(0, 1), (1, 1)]


def test_change_outside_of_a_lock() -> None:
    """What others change meanwhile may matter, but for what they change in the same lock."""
    mine = ran(8)
    assert change(ran(16, function="tell"), mine, SHARING)
    assert change(ran(10), [], SHARING)
    assert not change(ran(10), mine, SHARING)
    assert not change(ran(6, 13), mine, SHARING)
