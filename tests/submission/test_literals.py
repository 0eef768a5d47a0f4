"""Which text of a source has made a message, and which words conditions look for."""

from __future__ import annotations

import pytest
from support.sources import line, read

from grader.submission.literals import made, sought

SOURCE = """\
def join(user, name):
    'bob joined'
    print(f"{name} joined")
    user.send("Welcome to the chat!\\n")  # welcomes
    connection.sendall(b"Name: ")  # asks
    send_to_others(f"{name} joined", user)  # joins
    send_to_others("{name} has left", user)  # forgets
    send_to_others("*" + user.name + " went*", user)  # adds
    send_to_others(f"{name}: {text}", user)
    send_to_others(f"{name} speaks")
    send_to_others(f"{name} speaks", user)
    raise ValueError(f"{name} raises")
"""


@pytest.mark.parametrize(
    ("message", "mark"),
    [
        ("Welcome to the chat!", "# welcomes"),
        ("Name: ", "# asks"),
        ("bob joined", "# joins"),
        ("*bob went*", "# adds"),
        ("{name} has left", "# forgets"),
    ],
)
def test_what_has_made_a_message(message: str, mark: str) -> None:
    """The line of the one text of which it is made, word for word."""
    found = made(read(SOURCE), message)
    assert found is not None
    assert found.line == line(SOURCE, mark)
    assert found.unfilled is (mark == "# forgets")


@pytest.mark.parametrize(
    "message", ["bob speaks", "bob raises", "bob: hello", "bob", "Welcome to the chat", ""]
)
def test_what_nothing_has_made(message: str) -> None:
    """Two texts that could, one that is shown alone, or one without words, tell nothing."""
    assert made(read(SOURCE), message) is None


WORDS = """\
if "left" in line: pass
if line == "left": pass
if line.startswith("*"): pass
if line.endswith(" left*"): pass
if name in users: pass
"""


def test_words_that_are_looked_for() -> None:
    """Those in conditions about a part of a text, and in which texts they are."""
    found = list(sought(read(WORDS)))
    assert sorted((one.line, one.word, one.how) for one in found) == [
        (1, "left", "in"),
        (3, "*", "startswith"),
        (4, " left*", "endswith"),
    ]
    holds = {one.how: (one.is_in("I left*"), one.is_in("*she left*!")) for one in found}
    assert holds == {"in": (True, True), "startswith": (False, True), "endswith": (True, False)}
