"""Whether a chat is for two is found out by the probe, in whatever way it turns others away."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import programs, worlds
from support.programs import changed

from grader.chat.dialect import Dialect
from grader.chat.probe import probe_server

SERVER = programs.TCP_SERVER
START = "    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()\n"
ACCEPT = f"while True:\n{START}"
TWICE = f"for _one in range(2):\n{START}"
STAYS = "threading.Event().wait()\n"
ASKS = '    connection.sendall(b"name" + END)\n'
NAMED = "    name = next(lines)\n"
TWO = "    if len(users) > 1:\n"
FULL = TWO + '        connection.sendall(b"full" + END)\n'
CLOSES = "        connection.close()\n        return\n"
WELCOME = (
    '        connection.sendall(b"You are connected!" + END)\n'
    '        connection.sendall(b"To terminate the connection to the server, enter leave" + END)\n'
)
UDP = programs.UDP_SERVER
ONLY_TWO = changed(SERVER, ACCEPT, TWICE + STAYS)
GREETS_NOBODY = changed(ONLY_TWO, WELCOME, "")
WAYS = {
    "accepts-two": ONLY_TWO,
    "closes-the-door": changed(ONLY_TWO, STAYS, "listener.close()\n" + STAYS),
    "hangs-up": changed(SERVER, ASKS, TWO + CLOSES + ASKS),
    "says-that-it-is-full": changed(SERVER, ASKS, FULL + CLOSES + ASKS),
    "asks-before-it-hangs-up": changed(SERVER, NAMED, NAMED + FULL + CLOSES),
    "lets-wait": changed(SERVER, NAMED, f"{NAMED}{TWO}        {STAYS}"),
    "greets-nobody": GREETS_NOBODY,
    "asks-nobody": changed(GREETS_NOBODY, ASKS, ""),
    "raw": programs.raw(ONLY_TWO),
}
OVER_UDP = changed(UDP, "    if sender not in users:\n", """\
    if sender not in users and len(users) > 1:
        pass
    elif sender not in users:
""")  # fmt: skip


def probed(folder: Path, server: str, variant: str = "tcp") -> Dialect:
    with worlds.world_with(folder, variant, server) as world:
        return probe_server(world)


@pytest.mark.parametrize("way", WAYS)
def test_third_user_is_not_let_in(way: str, tmp_path: Path) -> None:
    """A server that turns others away, while two go on talking, is a chat for two."""
    learnt = probed(tmp_path, WAYS[way])
    assert learnt.for_two
    assert learnt.relays and learnt.announces


def test_over_udp(tmp_path: Path) -> None:
    """Over UDP the third one is never answered."""
    assert probed(tmp_path, OVER_UDP, "udp").for_two


def test_one_refusal_is_not_believed(tmp_path: Path) -> None:
    """Who is turned away once, and then let in, may have had bad luck."""
    once = "    if len(users) > 1 and not refused:\n        refused.append(1)\n"
    server = changed(SERVER, ASKS, once + CLOSES + ASKS)
    server = changed(server, "users = {}\n", "users, refused = {}, []\n")
    learnt = probed(tmp_path, server)
    assert not learnt.for_two


def test_crash_is_no_refusal(tmp_path: Path) -> None:
    """A server that ends when a third one comes is no chat for two: two do not go on."""
    server = changed(SERVER, ASKS, "    if len(users) > 1:\n        os._exit(1)\n" + ASKS)
    learnt = probed(tmp_path, server)
    assert not learnt.for_two
    assert learnt.relays


def test_two_that_fall_silent(tmp_path: Path) -> None:
    """Where the two cannot talk any more once a third one came, that one is the fault."""
    server = changed(SERVER, ASKS, "    if len(users) > 1:\n        lock.acquire()\n" + ASKS)
    assert not probed(tmp_path, server).for_two
