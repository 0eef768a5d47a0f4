"""Finds out once how a submission speaks, before any scenario; no verdict comes of it.

Each answer is waited for as any answer is, so that the same program is understood in the same way
each time.
"""

from __future__ import annotations

import contextlib

from grader.assignment import protocol
from grader.assignment.protocol import Framing
from grader.chat.dialect import Dialect
from grader.chat.failure import Failure, Unmet
from grader.chat.participants.client import Client
from grader.chat.participants.host import Host
from grader.chat.participants.terminal import Terminal
from grader.chat.world import Chat

ROUNDS = 2  # messages in each direction: one may be lost, or come only with the next
REFUSALS = 2  # a third user who is not let in once may have had bad luck
REST = 0.02  # seconds
CORE = 6  # characters of a drawn word that nobody can guess


def probe_server(chat: Chat) -> Dialect:
    """How the server of this chat speaks, as far as it can be told."""
    dialect = chat.dialect
    with contextlib.suppress(Failure, Unmet, OSError):
        alice = _newcomer(chat, "alice")
        bob = _newcomer(chat, "bob")
        _rest(chat)
        name = bob.name
        dialect.announces = _told(chat, alice, protocol.joined(name), name, 0)
        dialect.relays = _talk(chat, alice, bob)
        _frame_by_messages(chat, bob)
        dialect.for_two = bool(dialect.relays) and _is_for_two(chat, alice, bob)
    _settle_what_is_open(dialect, chat.variant.framing)
    chat.hear_out()
    dialect.unfinished = bool(chat.unwritten())
    _rest(chat)
    return dialect


def _rest(chat: Chat) -> None:
    """Wait until the server rests, and note if it never does."""
    rests = chat.settle(REST)
    chat.dialect.restless = not rests and bool(chat.processes) and chat.processes[0].alive


def probe_client(chat: Chat) -> None:
    """Find out how the client of this chat speaks; the answers stand in its dialect."""
    dialect = chat.dialect
    framings = (True, False) if chat.variant.connected else (True,)
    for waits in framings:  # a client may take "name" and a newline for another question
        dialect.client_waits = waits
        host = chat.host()
        terminal = chat.terminal("alice", host)
        terminal.join()
        try:
            if host.admit():
                dialect.client_framing = _framing_of_messages(chat, host, terminal)
                return
        except Failure:
            dialect.client_absent = True
            return
        host.close()
        terminal.process.stop()
    dialect.client_waits, dialect.client_framing = True, chat.variant.framing


def _framing_of_messages(chat: Chat, host: Host, terminal: Terminal) -> Framing:
    """How a client frames: one that forgets the newline of its name may send messages as lines."""
    if host.inbox.framing is not Framing.RAW:
        return host.inbox.framing
    host.welcome()
    chat.settle(REST)
    word = chat.draw("hello")
    terminal.send(word)
    host.inbox.wait(lambda: host.inbox.contains(word), host.deadline())
    chat.settle(REST)
    host.drain()
    return Framing.LINES if host.inbox.text().endswith(f"{word}\n") else Framing.RAW


def _newcomer(chat: Chat, who: str) -> Client:
    newcomer = chat.newcomer(who)
    newcomer.join()
    if chat.dialect.lacking:
        chat.hurry()
    if not chat.dialect.welcomes:
        chat.settle(REST)  # nothing else tells that this one is in before the next
    return newcomer


def _told(chat: Chat, who: Client, line: str, core: str, start: int) -> bool:
    """Whether a message comes, in whatever words its core may stand."""
    come = lambda: who.has(line) or who.inbox.contains_since(core, start)  # noqa: E731
    told = who.inbox.wait(come, who.deadline())
    if not told:
        chat.hurry()
    return told


def _talk(chat: Chat, alice: Client, bob: Client) -> bool:
    """Whether anything that two say, both at once, reaches the other one, in whatever words."""
    for _round in range(ROUNDS):
        starts = alice.inbox.size, bob.inbox.size
        words = [chat.draw("hello") for _both in range(2)]
        line = bob.say(words[0])
        alice.say(words[1])
        came = _told(chat, alice, line, words[0][-CORE:], starts[0])
        if came or bob.inbox.contains_since(words[1][-CORE:], starts[1]):
            return True
    return False


def _frame_by_messages(chat: Chat, receiver: Client) -> None:
    """A server that asks for the name with a newline may still send messages without one."""
    dialect = chat.dialect
    if not chat.variant.connected or dialect.server_framing is Framing.RAW or not dialect.relays:
        return
    chat.settle(REST)
    receiver.drain()
    if receiver.inbox.tail():
        dialect.server_framing = Framing.RAW


def _is_for_two(chat: Chat, *two: Client) -> bool:
    """Whether others are turned away while two go on talking."""
    for _one in range(REFUSALS):
        try:
            third = chat.newcomer("carol")
            third.join()
        except Failure:
            pass
        else:
            if _is_in(chat, third, two[0]):
                return False
        chat.gone(third)
    server = chat.processes[0]
    return server.alive and _talk(chat, *two)


def _is_in(chat: Chat, newcomer: Client, speaker: Client) -> bool:
    """Whether a newcomer was let in: where nobody is welcomed, by what another one says."""
    if chat.dialect.welcomes:
        return newcomer.has(protocol.WELCOME[0]) and not newcomer.inbox.ended
    start, word = newcomer.inbox.size, chat.draw("hello")
    return _told(chat, newcomer, speaker.say(word), word[-CORE:], start)


def _settle_what_is_open(dialect: Dialect, framing: Framing) -> None:
    """What could not be told counts as no."""
    dialect.asks = bool(dialect.asks)
    dialect.welcomes = bool(dialect.welcomes)
    dialect.announces = bool(dialect.announces)
    dialect.relays = bool(dialect.relays)
    dialect.server_framing = dialect.server_framing or framing
    dialect.server_reads = dialect.server_reads or dialect.server_framing
