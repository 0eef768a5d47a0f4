"""Files that are called otherwise than was asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.assignment.variants import TCP, UDP, VARIANTS, Role
from grader.submission.near_misses import arguments, near_misses


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("server.py", (TCP, Role.SERVER)),
        ("client.py", (TCP, Role.CLIENT)),
        ("TCP_Server.py", (TCP, Role.SERVER)),
        ("tcp_server.py.txt", (TCP, Role.SERVER)),
        ("tcp_server.txt", (TCP, Role.SERVER)),
        ("tcp_server (1).py", (TCP, Role.SERVER)),
        ("tcp_server - Copy.py", (TCP, Role.SERVER)),
        ("tcp-client.py", (TCP, Role.CLIENT)),
        ("tcp_client.PY", (TCP, Role.CLIENT)),
        ("udpclient.py", (UDP, Role.CLIENT)),
        ("chat_server_udp.pyw", (UDP, Role.SERVER)),
        ("сервер.py", (TCP, Role.SERVER)),
    ],
)
def test_meant(name: str, meant: object) -> None:
    """A name tells which program it is, and over TCP if it does not tell."""
    assert near_misses([Path(name)], VARIANTS) == {meant: Path(name)}


@pytest.mark.parametrize("name", ["notes.txt", "server.log", "common.py", "server.pyc", "chat.py"])
def test_not_meant(name: str) -> None:
    """What is neither a program nor called like one is nothing."""
    assert near_misses([Path(name)], VARIANTS) == {}


def test_another_variant_is_not_meant() -> None:
    """Who asks for UDP is not offered a server for TCP; a server without more may be one."""
    assert near_misses([Path("TCP_server.py")], [UDP]) == {}
    assert near_misses([Path("server.py")], [UDP]) == {(UDP, Role.SERVER): Path("server.py")}


def test_the_shortest_name_is_nearest() -> None:
    """Of several the one is taken to which the least was added."""
    names = [Path("tcp_server_old.py"), Path("tcp-server.py"), Path("my_tcp_server_old.py")]
    assert near_misses(names, VARIANTS) == {(TCP, Role.SERVER): Path("tcp-server.py")}


def test_arguments() -> None:
    """The arguments are both programs of a variant, each one word for any shell."""
    misses = near_misses([Path("a b/tcp_server (1).py"), Path("client.py")], VARIANTS)
    assert arguments(misses) == (
        '--server "a b/tcp_server (1).py" --client client.py --variant tcp'
    )
