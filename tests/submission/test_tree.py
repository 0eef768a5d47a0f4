"""The trees of a source, and the statements that a frame is in."""

from __future__ import annotations

import ast

import pytest
from support.sources import FILE, read

from grader.submission.stacks import Frame
from grader.submission.tree import MAX_CHARACTERS, methods, modules, statements

SOURCE = """\
import socket
def serve(connection):
    try:
        while True:
            with lock:
                if (
                    connection.recv(1)
                ): break
            def inner(): return connection.send(b"")
    except OSError:
        connection.close()
class Server:
    def serve(self): pass
    match 1:
        case 1: x = 1
serve(1)
"""


@pytest.mark.parametrize(
    ("line", "function", "kinds"),
    [
        (7, "serve", ["Try", "While", "With", "If"]),
        (8, "serve", ["Try", "While", "With", "If", "Break"]),
        (9, "inner", ["Return"]),
        (11, "serve", ["Try", "Expr"]),
        (13, "serve", ["Pass"]),
        (15, "Server", ["Match", "Assign"]),
        (16, "<module>", ["Expr"]),
        (7, "other", []),
        (7, "<lambda>", []),
        (99, "serve", []),
    ],
)
def test_statements_of_a_frame(line: int, function: str, kinds: list[str]) -> None:
    """A frame is in the statements of its own function; in none if there is no such function."""
    found = statements(read(SOURCE), Frame(FILE, line, function))
    assert [type(statement).__name__ for statement in found] == kinds


def test_another_file_has_other_statements() -> None:
    """A line counts in its own file alone."""
    assert statements(read(SOURCE), Frame("other.py", 7, "serve")) == []


@pytest.mark.parametrize(
    "source",
    ["def (", "\0", "x" * (MAX_CHARACTERS + 1), "(" * 5000, "-" * 100_000 + "1", "x = '\ud800'"],
)
def test_what_cannot_be_read_is_left_out(source: str) -> None:
    """A file that is no Python, or that nests too deep, is passed over."""
    assert modules({"bad.py": source, "good.py": "x = 1"})[-1].file == "good.py"
    assert len(modules({"bad.py": source, "good.py": "x = 1"})) == 1


def test_methods() -> None:
    """The methods that a statement calls, in all its lines or in one; not in functions inside."""
    loop = ast.parse(SOURCE).body[1].body[0].body[0]  # type: ignore[attr-defined]
    assert methods(loop) == {"recv"}
    assert methods(loop, 7) == {"recv"}
    assert methods(loop, 4) == set()
