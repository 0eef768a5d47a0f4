"""How the server of a submission speaks is found out by a probe."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import programs, worlds
from support.programs import changed
from support.worlds import needs_proc

from grader.assignment.protocol import Framing
from grader.chat.dialect import Dialect
from grader.chat.probe import probe_server

SERVER = programs.TCP_SERVER
ASKS = '    connection.sendall(b"name" + END)\n'
RELAY = "connection.sendall(data + END)"
WELCOME = (
    '        connection.sendall(b"You are connected!" + END)\n'
    '        connection.sendall(b"To terminate the connection to the server, enter leave" + END)\n'
)
TELLS = '        relay(name + b" joined!", name)\n'
ACCEPT = """\
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
"""


def probed(folder: Path, server: str, variant: str = "tcp") -> Dialect:
    with worlds.world_with(folder, variant, server) as world:
        return probe_server(world)


@pytest.mark.parametrize(
    ("variant", "server", "framing"),
    [
        ("tcp", SERVER, Framing.LINES),
        ("tcp", programs.raw(SERVER), Framing.RAW),
        ("udp", programs.UDP_SERVER, Framing.DATAGRAMS),
    ],
)
def test_usual_server(variant: str, server: str, framing: Framing, tmp_path: Path) -> None:
    """A server that does all it has to do is known to, and how it frames what it says."""
    learnt = probed(tmp_path, server, variant)
    assert (learnt.server_framing, learnt.server_reads) == (framing, framing)
    assert learnt.asks is (variant == "tcp")
    assert learnt.welcomes and learnt.announces and learnt.relays
    assert not (learnt.for_two or learnt.unfinished or learnt.restless or learnt.silent)


def test_asks_with_a_newline_and_relays_without(tmp_path: Path) -> None:
    """Messages without a newline make it raw text; it reads lines all the same."""
    learnt = probed(tmp_path, changed(SERVER, RELAY, "connection.sendall(data)"))
    assert (learnt.server_framing, learnt.server_reads) == (Framing.RAW, Framing.LINES)
    assert learnt.relays and not learnt.for_two


def test_asks_without_a_newline_and_reads_lines(tmp_path: Path) -> None:
    """A server whose text has no newlines may wait for those of others."""
    asks = changed(SERVER, ASKS, '    connection.sendall(b"name")\n')
    learnt = probed(tmp_path, asks)
    assert (learnt.server_framing, learnt.server_reads) == (Framing.RAW, Framing.LINES)
    assert learnt.asks and learnt.welcomes and learnt.relays


def test_one_forgotten_newline_is_no_dialect(tmp_path: Path) -> None:
    """A server that frames all but its join notices is one that frames."""
    tells = '        [c.sendall(name + b" joined!") for c in users.values()]\n'
    learnt = probed(tmp_path, changed(SERVER, TELLS, tells))
    assert learnt.server_framing is Framing.LINES


def test_asks_nothing(tmp_path: Path) -> None:
    """That a server asks nothing is waited for once."""
    learnt = probed(tmp_path, changed(SERVER, ASKS, ""))
    assert learnt.asks is False
    assert learnt.welcomes and learnt.announces and learnt.relays
    assert not learnt.for_two


@pytest.mark.parametrize(
    ("variant", "server"),
    [
        ("tcp", changed(SERVER, WELCOME, "")),
        ("udp", programs.UDP_SERVER.replace('        server.sendto(b"You', '        (b"You')),
    ],
)
def test_never_greets(variant: str, server: str, tmp_path: Path) -> None:
    """A server that never sends the whole welcome lets people in all the same."""
    learnt = probed(tmp_path, server, variant)
    assert learnt.welcomes is False
    assert learnt.announces and learnt.relays
    assert not learnt.for_two


def test_tells_nobody(tmp_path: Path) -> None:
    """A server that tells nobody who joined may pass messages on."""
    learnt = probed(tmp_path, changed(SERVER, TELLS, ""))
    assert learnt.announces is False
    assert learnt.relays


def test_other_words_are_understood(tmp_path: Path) -> None:
    """What is told, and what is passed on, is known again in whatever words."""
    server = changed(SERVER, 'name + b" joined!", name', 'b"-> " + name + b" is here", name')
    server = changed(server, "relay(data, name)", 'relay(b"[12:30] " + data, name)')
    learnt = probed(tmp_path, server)
    assert learnt.announces and learnt.relays


@pytest.mark.parametrize(
    ("variant", "relay", "mute"),
    [
        ("tcp", "            relay(data, name)\n", "            pass\n"),
        ("udp", "        relay(data, sender)\n        if", "        if"),
    ],
)
def test_passes_nothing_on(variant: str, relay: str, mute: str, tmp_path: Path) -> None:
    """A server that passes no message on is not taken for a chat for two."""
    server = changed(programs.PROGRAMS[f"{variant}_server.py"], relay, mute)
    learnt = probed(tmp_path, server, variant)
    assert (learnt.relays, learnt.for_two) == (False, False)
    assert not learnt.silent


def test_loses_a_message_in_each_direction(tmp_path: Path) -> None:
    """Messages that are lost at first do not make a server one that passes nothing on."""
    relay = "            said.append(data)\n            len(said) > 2 and relay(data, name)"
    server = changed(SERVER, "            relay(data, name)", relay)
    assert probed(tmp_path, changed(server, "users = {}\n", "users, said = {}, []\n")).relays


MUTE = {
    "tcp": changed(SERVER, ACCEPT, "kept = []\nwhile True:\n    kept.append(listener.accept())\n"),
    "udp": changed(programs.UDP_SERVER, "    if sender not in users:\n", "    if 0:\n"),
}
MUTE["udp"] = changed(MUTE["udp"], "        relay(data, sender)\n        if", "        if 0 and")


@pytest.mark.parametrize("variant", MUTE)
def test_says_nothing(variant: str, tmp_path: Path) -> None:
    """A server that takes everything in and never says anything is silent."""
    learnt = probed(tmp_path, MUTE[variant], variant)
    assert learnt.silent
    assert not learnt.unfinished


@pytest.mark.parametrize("server", ["1 / 0", "input()"])
def test_does_not_even_listen(server: str, tmp_path: Path) -> None:
    """A program that is no server at all has nothing to say; no answer stays open."""
    learnt = probed(tmp_path, server)
    assert (learnt.asks, learnt.welcomes, learnt.announces, learnt.relays) == (False,) * 4
    assert learnt.server_framing is learnt.server_reads is Framing.LINES


def test_task_that_is_not_written(tmp_path: Path) -> None:
    """A server that has reached a task to be written is not silent for good."""
    gap = '    raise NotImplementedError("task 4: ask for the name")\n'
    learnt = probed(tmp_path, changed(SERVER, ASKS, gap))
    assert learnt.unfinished
    assert not learnt.silent


def test_port_of_its_own(tmp_path: Path) -> None:
    """Where a server listens that takes no arguments is known to all scenarios."""
    port = worlds.free_port("tcp")
    server = changed(
        SERVER, "address = options.host, options.port", f'address = "127.0.0.1", {port}'
    )
    learnt = probed(tmp_path, server)
    assert learnt.address is not None and learnt.address.port == port
    assert learnt.relays


@needs_proc
def test_never_rests(tmp_path: Path) -> None:
    """A server that computes while nothing happens is known to be restless."""
    spins = "threading.Thread(target=lambda: [None for _ in iter(int, 1)], daemon=True).start()\n"
    server = changed(SERVER, "listener = socket", f"{spins}listener = socket")
    learnt = probed(tmp_path, server)
    assert learnt.restless
    assert learnt.relays


def test_one_that_crashes_is_not_restless(tmp_path: Path) -> None:
    """A server that is gone by the end rests."""
    server = changed(SERVER, "            relay(data, name)", "            os._exit(1)")
    learnt = probed(tmp_path, server)
    assert learnt.welcomes and learnt.announces
    assert not (learnt.relays or learnt.restless or learnt.for_two)
