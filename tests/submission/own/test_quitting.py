"""The words by which one leaves are found in the source."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from grader.submission.own.quitting import words
from grader.submission.own.reading import Module

CLIENTS = [
    ("if text == '/quit':\n    break", ("/quit",)),
    ("if text.lower() in ('exit', 'q'):\n    sock.close()", ("exit", "q")),
    ("if 'bye' == text:\n    sys.exit()", ("bye",)),
    ("while text != 'stop':\n    text = input()", ("stop",)),
    ("QUIT = '/out'\nif text == QUIT:\n    break", ("/out",)),
    ("if text.startswith('!q'):\n    os._exit(0)", ("!q",)),
    ("match text:\n    case 'exit':\n        break", ("exit",)),
    ("if data == b'/bye':\n    break", ("/bye",)),
    ("if message == 'NICK':\n    sock.send(name)", ()),
    ("if text == '/help':\n    return", ()),
    ("if text == 'exit':\n    return", ("exit",)),
    ("if text == 'до свидания':\n    break", ("до свидания",)),
    ("if not data:\n    break", ()),
    ("if text == 'type exit to leave':\n    break", ()),
]


def module(source: str) -> Module:
    """A module of this source."""
    return Module(Path("client.py"), ast.parse(source))


@pytest.mark.parametrize(("source", "expected"), CLIENTS)
def test_words_are_found(source: str, expected: tuple[str, ...]) -> None:
    """A text with which the typed one is compared before the client goes."""
    assert words([module(source)], []) == expected


def test_the_client_knows_better_than_the_server() -> None:
    """A word of the client comes before one that the server alone knows."""
    server = module("if text == 'quit':\n    break")
    assert words([module("if text == 'exit':\n    break")], [server]) == ("exit", "quit")
