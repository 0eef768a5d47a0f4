"""The outbox of the reference's TCP server: nothing is lost in it, nobody waits for a reader."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import pytest
from support.worlds import PATIENCE, REFERENCE, free_port

SOURCE = (REFERENCE / "tcp_server.py").read_text(encoding="utf-8")
SMALL = ("MAX_WAITING = 16 * 1024 * 1024", "MAX_WAITING = 64 * 1024")
PATIENT = ("CLOSE_TIME = 2 ", f"CLOSE_TIME = {PATIENCE} ")
LAST_OF_WELCOME = b"To terminate the connection to the server, enter leave\n"


class User:
    """Somebody in the chat; reads only when told to."""

    def __init__(self, port: int, name: str) -> None:
        self.name = name
        self.socket = connect(port)
        self.socket.settimeout(PATIENCE)
        self.lines: IO[bytes] = self.socket.makefile("rb")
        self.socket.sendall(f"{name}\n".encode())
        assert LAST_OF_WELCOME in iter(self.lines.readline, b"")

    def say(self, text: str) -> None:
        """Send a message."""
        self.socket.sendall(f"{self.name}: {text}\n".encode())

    def hear(self, name: str) -> str:
        """The next message of somebody; "" if the connection ends before it."""
        for line in self.lines:
            if line.startswith(f"{name}: ".encode()):
                return line.decode().rstrip("\n").partition(" ")[2]
        return ""


def connect(port: int) -> socket.socket:
    """Connect as soon as the server listens."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port))
        except ConnectionRefusedError:
            assert time.monotonic() < deadline


@contextlib.contextmanager
def chat(folder: Path, *edits: tuple[str, str], names: str) -> Iterator[list[User]]:
    """Users of the reference's server, of which some text is replaced by another."""
    source = SOURCE
    for old, new in edits:
        assert source.count(old) == 1
        source = source.replace(old, new)
    program = folder / "tcp_server.py"
    program.write_text(source, encoding="utf-8")
    port = free_port("tcp")
    command = [sys.executable, str(program), "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        users: list[User] = []
        try:
            users.extend(User(port, name) for name in names.split())
            yield users
        finally:
            for user in users:
                user.lines.close()
                user.socket.close()
            server.kill()


def test_a_flood_reaches_everybody_who_reads(tmp_path: Path) -> None:
    """Lines that come faster than they can be sent wait, however many they are."""
    with chat(tmp_path, names="alice bob") as (alice, bob):
        alice.socket.sendall(b"".join(b"alice: %d\n" % n for n in range(100_000)))
        assert [bob.hear("alice") for _ in range(100_000)] == [str(n) for n in range(100_000)]


def test_a_hopeless_reader_is_cut_off(tmp_path: Path) -> None:
    """Who leaves too much unread is cut off, and the others are told and go on."""
    with chat(tmp_path, SMALL, names="alice bob carol") as (alice, bob, _carol):
        for number in range(2000):
            alice.say(f"{number} {'x' * 10_000}")
            assert bob.hear("alice").startswith(f"{number} ")
        assert b"*carol left*\n" in iter(alice.lines.readline, b"")
        alice.say("still there?")
        assert bob.hear("alice") == "still there?"


def test_the_last_words_are_sent(tmp_path: Path) -> None:
    """Who leaves still gets what was said before, and then the end of the connection."""
    with chat(tmp_path, PATIENT, names="alice bob carol") as (alice, bob, carol):
        for number in range(1000):
            alice.say(f"{number} {'x' * 10_000}")
            assert bob.hear("alice").startswith(f"{number} ")
        carol.socket.sendall(b"*carol left*\n")
        assert b"*carol left*\n" in iter(alice.lines.readline, b"")
        heard = [carol.hear("alice").partition(" ")[0] for _ in range(1000)]
        assert heard == [str(number) for number in range(1000)]
        assert carol.lines.read() == b""


@pytest.mark.parametrize("unfinished", ["        relay(user, lines)", "        leave(user)"])
def test_an_error_does_not_take_the_last_words(tmp_path: Path, unfinished: str) -> None:
    """Also when a reader thread ends by an error, what is in the outbox is sent first."""
    edit = (f"{unfinished}\n", "        raise NotImplementedError\n")
    with chat(tmp_path, edit, names="alice") as (alice,):
        alice.socket.shutdown(socket.SHUT_WR)
        assert alice.lines.read() == b""
