"""Blanks around a name do not count: whoever types them is called the same everywhere."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
from support.by_hand import Terminal, trying

BLANKS = "  bob  "
TCP, UDP = (8, 11), (17, 20)  # the command of a client, and the last task of a variant
each_variant = pytest.mark.parametrize(("command", "task"), [TCP, UDP], ids=["tcp", "udp"])


def typed(terminal: Terminal, *lines: str) -> None:
    """Answer the question for the name, and type what follows once that is taken."""
    terminal.shows("What is your name? ")
    terminal.types(lines[0])
    terminal.shows("enter leave")
    for line in lines[1:]:
        terminal.types(line)


@each_variant
def test_a_client_leaves_blanks_out(command: int, task: int, tmp_path: Path) -> None:
    """Joining, talking and leaving go by the name alone, and the server knows who leaves."""
    with trying(tmp_path, task, strict=False) as trial:
        trial.serve()
        alice = trial.start(command)
        typed(alice, "alice")
        typed(trial.start(command), BLANKS, "hello", "leave")
        for line in ("\nbob joined!\n", "bob: hello\n", "*bob left*\n"):
            alice.shows(line)
        typed(trial.start(command), "bob")  # which is free again
        alice.shows("bob joined!\n")


@each_variant
def test_a_server_takes_blanks_off(command: int, task: int, tmp_path: Path) -> None:
    """Also where a client sends the blanks."""
    with trying(tmp_path, task, strict=False) as trial:
        trial.serve()
        alice = trial.start(command)
        typed(alice, "alice")
        kind = socket.SOCK_STREAM if task == TCP[1] else socket.SOCK_DGRAM
        with socket.socket(socket.AF_INET, kind) as guest:
            guest.connect(("127.0.0.1", trial.port))
            guest.sendall(b"\tbob \n" if task == TCP[1] else b"\tbob ")
            alice.shows("\nbob joined!\n")
            guest.sendall(b"*bob left*\n" if task == TCP[1] else b"*bob left*")
            alice.shows("*bob left*\n")
