"""The stories that are played with a chat of its own protocol; they judge nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from grader.chat.failure import Failure
from grader.chat.journal import Act, Journal
from grader.chat.own import threads, wire
from grader.chat.own.dialect import OwnDialect
from grader.chat.own.house import OPERATOR, NotStarted
from grader.chat.own.room import Over, Room
from grader.chat.own.seat import Seat
from grader.fact import Fact
from grader.result.check import Event


@dataclass
class Told:
    """What one story has left behind."""

    name: str
    journal: Journal
    transcript: tuple[Event, ...]
    cuts: list[int]
    dialect: OwnDialect
    started: bool = True
    ended: Fact | None = None  # how the server ended, if it did
    gone: dict[str, Fact] = field(default_factory=dict)  # how clients ended by themselves
    complaints: dict[str, str] = field(default_factory=dict)
    threads: dict[str, Failure | bool | None] = field(default_factory=dict)  # False: cannot be told
    came_back: dict[str, bool | None] = field(default_factory=dict)  # what the wire says, by word
    starved: bool = False
    redraws: bool = False


def two(room: Room, told: Told) -> None:
    """Two talk, in turns."""
    alice = room.come("alice")
    if room.dialect.operator:
        operator = _operator(room)
        room.present = [alice, operator]
    else:
        room.come("bob")
    room.await_sleepers()
    _warm(room)
    for _time in range(2):
        for speaker in list(room.present):
            room.say(speaker)
    if room.dialect.operator:
        told.threads["server"] = threads.of_server(room)
        told.threads["client"] = threads.of_client(room, alice)
        room.leave(alice)


def _operator(room: Room) -> Seat:
    assert room.server is not None
    room.act(Act.ENTERS, OPERATOR)
    room.recorder.add(Act.SETTLES, OPERATOR)
    return room.server


def three(room: Room, told: Told) -> None:
    """Three talk, the first one leaves, the others go on."""
    everyone = _come(room)
    told.threads["server"] = threads.of_server(room)
    told.threads["client"] = threads.of_client(room, everyone[0])
    for _time in range(_rounds(room)):
        for speaker in list(room.present):
            room.say(speaker)
    if everyone[0] in room.present:  # the client may have ended by itself
        room.leave(everyone[0])
        _go_on(room)


def vanishing(room: Room, told: Told) -> None:
    """Of three the first one vanishes, the others go on."""
    del told
    everyone = _come(room)
    for speaker in list(room.present):
        room.say(speaker)
    if everyone[0] in room.present:
        room.vanish(everyone[0])
        _go_on(room)


def _come(room: Room) -> list[Seat]:
    everyone = [room.come(who) for who in ("alice", "bob", "carol")]
    room.await_sleepers()
    _warm(room)
    return everyone


def _warm(room: Room) -> None:
    """Let everybody say something that need not arrive, where that was seen to be needed."""
    if room.dialect.warms:
        for seat in room.present:
            word = room.draw("warm")
            room.recorder.add(Act.TELLS, seat.who, word)
            seat.type(word)
            room.rest()


def _rounds(room: Room) -> int:
    """How often everybody speaks: often enough to show what the first time does not."""
    return 1 if room.dialect.slow else 2


def _go_on(room: Room) -> None:
    """Those who stay talk, until a word does not come."""
    before = room.gaps
    for _time in range(_rounds(room)):
        for speaker in list(room.present):
            room.say(speaker)
            if room.gaps > before:
                return


STORIES: dict[str, Callable[[Room, Told], None]] = {
    "two": two,
    "three": three,
    "vanishing": vanishing,
}


def play(name: str, room: Room) -> Told:
    """Play one story; what it has left behind, wherever it ended."""
    told = Told(name, room.journal(), (), room.cuts, room.dialect)
    room.recorder = type(room.recorder)()
    try:
        room.open()
        STORIES[name](room, told)
    except NotStarted:
        told.started = False
    except Over:
        pass
    told.journal = room.journal()
    if room.server is not None and not room.server.alive:
        told.ended = room.server.program.how_it_ended()
    for seat in room.seats:
        told.complaints[seat.who] = seat.program.complaints()
        told.redraws = told.redraws or seat.redraws
        if not seat.alive:
            told.gone[seat.who] = seat.program.how_it_ended()
    if room.sniffer is not None:
        packets, port = list(room.sniffer.packets), room.dialect.port
        words = [entry.text for entry in told.journal.entries if entry.act is Act.SAYS]
        told.came_back = {word: wire.came_back(packets, port, word) for word in words}
    told.starved = room.dialect.patience.starved
    told.transcript = room.transcript.events()
    return told
