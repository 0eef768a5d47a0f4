"""Learns once how a chat of its own protocol works: two people come, talk, and one leaves."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import dataclass

from grader.chat.own.asking import Asks
from grader.chat.own.dialect import Identity, OwnDialect, Way
from grader.chat.own.house import NotStarted
from grader.chat.own.model import bare
from grader.chat.own.room import ENDS, Room
from grader.chat.own.seat import Seat
from grader.sandbox import clock
from grader.sandbox.socket_table import sockets
from grader.sandbox.waiting import files
from grader.submission.own import arguments, quitting
from grader.submission.own.arguments import Argument, Takes
from grader.submission.own.reading import Module

SLOW = 0.4  # seconds: a message that takes longer comes by the clock
REST = 0.05


@dataclass(frozen=True)
class Sources:
    """What the source tells before anything runs."""

    server: Sequence[Module]
    client: Sequence[Module]
    one_file: bool

    def words(self) -> tuple[str, ...]:
        """The words that may make one leave."""
        return quitting.words(self.client, self.server)

    def arguments(self, modules: Sequence[Module]) -> tuple[str, ...]:
        """What stands on a command line, with names in braces for what is filled in."""
        return () if self.one_file else tuple(map(_blank, arguments.of(modules)))


def _blank(argument: Argument) -> str:
    if isinstance(argument, Takes):
        return "{" + argument.value + "}"
    return argument.replace("{", "{{").replace("}", "}}")


def learn(room: Room, sources: Sources) -> OwnDialect:
    """Find out all that the stories need. Raises NotStarted; Over where all ended early."""
    dialect = room.dialect
    dialect.words = sources.words()
    _start_server(room, sources)
    alice = _first(room, sources)
    bob = room.come("bob")
    _who_is_who(room, alice, bob)
    if not (alice.alive and bob.alive) and not _operator(room, alice):
        return dialect
    heard = bob.alive and _talk(room, alice, bob)
    if not heard and _operator(room, alice):
        dialect.operator = True
        bob = alice
    _leaving(room, alice, bob)
    return dialect


def _start_server(room: Room, sources: Sources) -> None:
    spec = sources.arguments(sources.server)
    try:
        server = room.open()
    except NotStarted:
        if not spec or room.server is None or room.server.alive:
            raise
        room.server.program.stop()
        room.dialect.server_arguments = spec
        server = room.open()
    room.dialect.restless = not clock.wait_still(server.program.sample, REST, cap=0.6)


def _first(room: Room, sources: Sources) -> Seat:
    spec = sources.arguments(sources.client)
    alice = room.come("alice")
    if not alice.alive and spec:
        room.dialect.client_arguments = spec
        alice = room.come("alice")
    return alice


def _who_is_who(room: Room, alice: Seat, bob: Seat) -> None:
    """Where a name comes from; what is typed first may be one, though nobody has asked."""
    dialect = room.dialect
    if dialect.is_identity_given:
        return
    if any(kind is Asks.NAME for kind, _line in dialect.questions):
        dialect.identity = Identity.ASKED
        return
    if "{name}" in dialect.client_arguments:
        dialect.identity = Identity.ARGUMENT
        return
    place = len(bob.text)
    alice.type(alice.who)
    room.await_all(lambda: alice.who in bob.text[place:])
    room.rest()
    first, place = bob.text[place:], len(bob.text)
    bob.type(bob.who)
    room.rest()
    word = room.say(alice)
    second = _line(bob.text[place:], word)
    alike = bare(_line(first, alice.who).replace(alice.who, "{}"))
    alike_too = bare(second.replace(word, "{}"))
    if alice.who in second or (alice.who in first and second and alike != alike_too):
        dialect.identity = Identity.SILENT
    elif re.search(r"\w", second.replace(word, "")):
        dialect.identity = Identity.GIVEN


def _line(text: str, word: str) -> str:
    """The line in which a word stands."""
    return next((line for line in text.splitlines() if word in line), "")


def _talk(room: Room, alice: Seat, bob: Seat) -> bool:
    """Let both speak; whether anything came to the other one."""
    heard = []
    for time_ in range(2):
        for speaker, other in ((alice, bob), (bob, alice)):
            place, own, began = len(other.text), len(speaker.text), time.monotonic()
            word = room.say(speaker)
            came = other.has(word, place)
            heard.append(came)
            if came:
                _note(room, speaker, other.text[place:], word, time.monotonic() - began)
                room.dialect.echoes = room.dialect.echoes or speaker.has(word, own)
        if all(heard):
            break
        room.dialect.warms = time_ > 0 and all(heard[2:])
    return any(heard)


def _note(room: Room, speaker: Seat, text: str, word: str, seconds: float) -> None:
    line = _line(text, word)
    shape = line.replace("{", "{{").replace("}", "}}")
    shape = shape.replace(word, "{text}").replace(speaker.who, "{name}").strip()
    room.dialect.shape = room.dialect.shape or shape
    if seconds > SLOW and clock.has_sleepers(room.sample()):
        room.dialect.slow = max(room.dialect.slow, seconds)


def _operator(room: Room, alice: Seat) -> bool:
    """Whether the server serves one alone, and the one at its keyboard talks with them."""
    server = room.server
    if server is None or not server.reads() or (room.variant.connected and _accepted(room) > 1):
        return False
    place = len(alice.text)
    word = room.draw("hello")
    server.type(word)
    return room.await_all(lambda: alice.has(word, place))


def _accepted(room: Room) -> int:
    """How many connections the server itself holds."""
    assert room.server is not None
    held = {name for pid in room.server.program.processes() for name in files(pid).values()}
    table = sockets(room.network, room.variant)
    return sum(each.name in held and each.peer_port > 0 for each in table)


def _leaving(room: Room, other: Seat, seat: Seat) -> None:
    """Try the words of the source until one ends the client, or takes it out of the chat."""
    dialect = room.dialect
    if dialect.way is not None:
        return  # a person has said it
    dialect.way = Way.END_OF_FILE
    for word in dialect.words:
        if not seat.alive:
            return
        seat.type(word)
        if room.await_all(lambda: not seat.alive, ENDS) or not _is_in(room, other, seat):
            dialect.way, dialect.word = Way.WORD, word
            return


def _is_in(room: Room, other: Seat, seat: Seat) -> bool:
    """Whether what somebody types still comes to somebody else."""
    if seat is other:  # who talks with the one at the server
        assert room.server is not None
        other = room.server
    place, word = len(other.text), room.draw("hello")
    seat.type(word)
    return room.await_all(lambda: other.has(word, place))
