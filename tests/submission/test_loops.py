"""What keeps the loop that accepts from going on, and what returns for yield."""

from __future__ import annotations

import pytest
from support.sources import line, read, stack

from grader.submission.loops import held, returned
from grader.submission.stacks import Stack

SOURCE = """\
def accept_clients(listener):
    while True:
        connection, address = listener.accept()  # accepts
        name = connection.recv(100)  # asks
        serve(connection)  # serves
        thread.join()  # joins
        print(", ".join(names))  # prints
    serve(connection)  # behind
def serve(connection):
    while connection.recv(1): pass  # receives
    for text in connection.makefile(): pass  # reads
    connection.sendall(b"")  # sends
    thread.join()  # joins below
"""
SERVES = ("accept_clients", "# serves")


@pytest.mark.parametrize(
    ("waiting", "below"),
    [
        (stack(SOURCE, ("accept_clients", "# asks")), "# asks"),
        (stack(SOURCE, ("serve", "# receives"), SERVES), "# serves"),
        (stack(SOURCE, ("serve", "# reads"), SERVES, called=("socket.py",)), "# serves"),
        (stack(SOURCE, ("accept_clients", "# joins"), called=("threading.py",)), "# joins"),
        (stack(SOURCE, ("accept_clients", "# joins")), "# joins"),
    ],
)
def test_held(waiting: Stack, below: str) -> None:
    """The thread that should accept waits for data, or for another thread."""
    (found,) = held(read(SOURCE), [waiting])
    assert found.at == waiting.frames[0]
    assert found.below.line == line(SOURCE, below)
    assert found.joins is (below == "# joins")


@pytest.mark.parametrize(
    "waiting",
    [
        stack(SOURCE, ("accept_clients", "# accepts"), called=("socket.py",)),
        stack(SOURCE, ("serve", "# receives")),
        stack(SOURCE, ("serve", "# receives"), ("accept_clients", "# behind")),
        stack(SOURCE, ("serve", "# receives"), SERVES, still=False),
        stack(SOURCE, ("serve", "# sends"), SERVES),
        stack(SOURCE, ("serve", "# joins below"), SERVES),
        stack(SOURCE, ("accept_clients", "# joins"), called=("thread.py",)),
        stack(SOURCE, ("elsewhere", "# asks")),
    ],
)
def test_not_held(waiting: Stack) -> None:
    """Who accepts, serves in a thread of its own or does something else is where it should be."""
    assert held(read(SOURCE), [waiting]) == ()


USED = "for line in read(): pass\n"
FUNCTION = "def read():\n  while data():\n    for part in split():\n      {}\n"


@pytest.mark.parametrize(
    ("function", "used"),
    [
        (FUNCTION.format("return part.decode()"), USED),
        (FUNCTION.format("return part"), "lines = read()\ndef ask(lines):\n  for l in lines: pass"),
        (FUNCTION.format("with lock: return str(part)"), USED),
    ],
)
def test_returned(function: str, used: str) -> None:
    """A function that is looped over returns the first of what it has."""
    (found,) = returned(read(function + used))
    assert (found.function, found.line) == ("read", 4)


@pytest.mark.parametrize(
    ("function", "used"),
    [
        (FUNCTION.format("yield part"), USED),
        (FUNCTION.format("return part"), "read()\n"),
        (FUNCTION.format("return parts"), USED),
        (FUNCTION.format("return [part]"), USED),
        (FUNCTION.format("if good(part): return part"), USED),
        ("def read():\n  return list(split())\n", USED),
        ("def read():\n  for part in split():\n    def inner(): return part\n", USED),
    ],
)
def test_not_returned(function: str, used: str) -> None:
    """A function may well look for one thing, return a list, or not be looped over."""
    assert returned(read(function + used)) == ()
