"""What a source does with its sockets."""

from __future__ import annotations

from support.sources import FILE, read

from grader.submission.sockets import BINDS, LISTENS, calls, mentions

SOURCE = """\
import socket
from socket import SOCK_DGRAM
listener = socket.socket(type=socket.SOCK_STREAM)
listener.bind(("", 1))
socket.socket().listen()
other = socket.socket(socket.AF_INET, SOCK_DGRAM)
print("listen")
"""


def test_calls() -> None:
    """A method counts whatever it belongs to, a text does not."""
    modules = read(SOURCE)
    assert calls(modules, BINDS) == [(FILE, 4)]
    assert calls(modules, LISTENS) == [(FILE, 5)]
    assert calls(modules, {"accept"}) == []


def test_mentions() -> None:
    """A name counts by itself and behind its module."""
    modules = read(SOURCE)
    assert mentions(modules, "SOCK_STREAM") == [(FILE, 3)]
    assert mentions(modules, "SOCK_DGRAM") == [(FILE, 6)]
    assert mentions(modules, "SOCK_RAW") == []
