"""What a program takes on its command line is read from its source."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from grader.submission.own.arguments import Takes, of, role_words
from grader.submission.own.reading import Module

HOST, PORT, NAME = Takes.HOST, Takes.PORT, Takes.NAME
PROGRAMS = [
    ("host = sys.argv[1]\nport = int(sys.argv[2])", (HOST, PORT)),
    ("port = int(sys.argv[1])", (PORT,)),
    ("s.bind((sys.argv[1], int(sys.argv[2])))", (HOST, PORT)),
    ("nick, ip, port = sys.argv[1:4]", (NAME, HOST, PORT)),
    ("p.add_argument('host')\np.add_argument('port', type=int)", (HOST, PORT)),
    ("p.add_argument('--name', required=True)", ("--name", NAME)),
    ("p.add_argument('--port', default=5000)", ()),
    ("print('nothing')", ()),
]


def module(source: str) -> Module:
    """A module of this source."""
    return Module(Path("client.py"), ast.parse(source))


@pytest.mark.parametrize(("source", "expected"), PROGRAMS)
def test_arguments_are_read(source: str, expected: tuple[object, ...]) -> None:
    """By the names of variables and options, and by their order."""
    assert of([module(source)]) == expected


def test_an_argument_may_say_which_program_it_is() -> None:
    """One file is both programs, by its first argument."""
    source = "if sys.argv[1] == 'server':\n    serve()\nelif sys.argv[1] == 'client':\n    talk()"
    assert role_words([module(source)]) == ("server", "client")
