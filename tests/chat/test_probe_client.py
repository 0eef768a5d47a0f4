"""How the client of a submission speaks is found out by a probe."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import programs, worlds
from support.programs import changed

from grader.assignment.protocol import Framing
from grader.chat.dialect import Dialect
from grader.chat.probe import probe_client

CLIENT = programs.TCP_CLIENT
RAW = programs.raw(CLIENT)
ASKED = "next(lines)\nname ="


def probed(folder: Path, client: str, variant: str = "tcp") -> Dialect:
    with worlds.world(folder, variant, **{f"{variant}_client": client}) as world:
        probe_client(world)
        return world.dialect


@pytest.mark.parametrize(
    ("variant", "client", "framing"),
    [
        ("tcp", CLIENT, Framing.LINES),
        ("tcp", RAW, Framing.RAW),
        ("udp", programs.UDP_CLIENT, Framing.DATAGRAMS),
    ],
)
def test_usual_client(variant: str, client: str, framing: Framing, tmp_path: Path) -> None:
    """A client that answers what the protocol asks is asked so, in whatever framing it answers."""
    learnt = probed(tmp_path, client, variant)
    assert (learnt.client_waits, learnt.client_framing) == (True, framing)
    assert not learnt.client_absent


def test_wants_the_bare_request(tmp_path: Path) -> None:
    """A client that knows `name` alone, and no newline, is asked so."""
    wants = "while next(lines) != b'name':\n    pass\nname ="
    learnt = probed(tmp_path, changed(RAW, ASKED, wants))
    assert (learnt.client_waits, learnt.client_framing) == (False, Framing.RAW)
    assert not learnt.client_absent


def test_wants_a_line(tmp_path: Path) -> None:
    """A client that waits for the newline of the request gets it, though its name has none.

    What it sends after that has one, so the first is forgotten: lines are meant.
    """
    sends = changed(
        CLIENT, "connection.sendall(name.encode() + END)", "connection.sendall(name.encode())"
    )
    learnt = probed(tmp_path, sends)
    assert (learnt.client_waits, learnt.client_framing) == (True, Framing.LINES)


def test_asks_before_it_connects(tmp_path: Path) -> None:
    """A client may ask its user for the name first, and send it unasked."""
    connects = "connection = socket.create_connection(address)\n"
    asks = 'name = input("What is your name? ")\n'
    client = changed(changed(CLIENT, asks, ""), connects, asks + connects)
    client = changed(client, "next(lines)\n", "")
    learnt = probed(tmp_path, client)
    assert (learnt.client_waits, learnt.client_framing) == (True, Framing.LINES)


@pytest.mark.parametrize("variant", ["tcp", "udp"])
@pytest.mark.parametrize("client", ["1 / 0", "input()\ninput()"])
def test_never_connects(client: str, variant: str, tmp_path: Path) -> None:
    """A client that never reaches the server is absent."""
    assert probed(tmp_path, client, variant).client_absent


def test_never_gives_its_name(tmp_path: Path) -> None:
    """A client that comes and says nothing is spoken to as the protocol says."""
    silent = changed(CLIENT, "connection.sendall(name.encode() + END)", "input()")
    learnt = probed(tmp_path, silent)
    assert not learnt.client_absent
    assert (learnt.client_waits, learnt.client_framing) == (True, Framing.LINES)


def test_port_of_its_own(tmp_path: Path) -> None:
    """A client with a port in its file is met there."""
    port = worlds.free_port("tcp")
    client = changed(
        CLIENT, "address = options.host, options.port", f'address = "127.0.0.1", {port}'
    )
    assert not probed(tmp_path, client).client_absent
