"""A scripted TCP client, and the server's side of its connection."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import pytest
from support import tcp_clients, worlds

from grader.chat.dialect import Dialect
from grader.chat.participants.tcp import TcpClient


@pytest.fixture
def server() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as made:
        made.settimeout(worlds.PATIENCE)
        yield made


@pytest.fixture
def dialect() -> Dialect:
    return Dialect()


@pytest.fixture
def alice(server: socket.socket, dialect: Dialect) -> Iterator[TcpClient]:
    made = tcp_clients.client(server.getsockname(), dialect)
    yield made
    made.close()


@pytest.fixture
def connection(alice: TcpClient, server: socket.socket) -> Iterator[socket.socket]:
    """The server's side, once alice has connected."""
    alice.connect()
    made, _ = server.accept()
    made.settimeout(worlds.PATIENCE)
    with made:
        yield made
