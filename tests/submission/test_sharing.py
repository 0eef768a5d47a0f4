"""What a line may share with other threads."""

from __future__ import annotations

import pytest

from grader.submission.sharing import Line, Sharing
from grader.submission.stacks import Frame

SERVER = """\
import threading

users = {}
users_lock = threading.RLock()

def join(name, user):
    text = name.strip()
    with users_lock:
        if text in users:
            return False
        users[text] = user
    return True

def leave(user):
    with open("log") as log:
        greet(user)
    del users[user.name]
    count = 1
    while count:
        count = count - 1

class User:
    def __init__(self):
        self.lock = threading.Lock()

    def send(self, text):
        with users_lock, self.lock:
            self.outbox += text
"""
SHARING = Sharing({"server.py": SERVER})


def line(number: int, function: str = "join") -> Line:
    """What is known of a line of the server."""
    return SHARING.line(Frame("server.py", number, function))


@pytest.mark.parametrize(
    ("number", "function", "shares", "changes"),
    [
        (7, "join", False, False),
        (8, "join", True, False),
        (9, "join", True, False),
        (10, "join", False, False),
        (11, "join", True, True),
        (12, "join", False, False),
        (17, "leave", True, True),
        (18, "leave", False, False),
        (20, "leave", False, False),
        (28, "send", True, True),
    ],
)
def test_lines(number: int, function: str, shares: bool, changes: bool) -> None:
    """A line shares what it looks into, and changes what it puts something into."""
    found = line(number, function)
    assert (found.shares, found.changes) == (shares, changes)


def test_a_line_that_only_calls() -> None:
    """What a call shares is told by the lines of the function that is called."""
    assert line(16, "leave").only_calls
    assert not line(11).only_calls


def test_locks() -> None:
    """A line in the body of a with stands in its lock; the line of the with does not."""
    assert line(8).locks == ()
    assert line(9).locks == ((8, "users_lock"),)
    assert line(28, "send").locks == ((27, "users_lock"), (27, "lock"))


def test_not_every_with_takes_a_lock() -> None:
    """A file is no lock."""
    assert line(16, "leave").locks == ()


@pytest.mark.parametrize("source", ["", "def f(:", "(" * 100_000])
def test_a_source_that_cannot_be_read(source: str) -> None:
    """Where nothing is known, a line may share everything."""
    assert Sharing({"server.py": source}).line(Frame("server.py", 1, "f")) == Line()
