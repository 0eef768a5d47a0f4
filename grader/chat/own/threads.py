"""Threads of a chat of its own protocol: who waits for whom, and who has made them."""

from __future__ import annotations

from grader.assignment.variants import Role
from grader.chat import serving
from grader.chat.failure import Failure
from grader.chat.own.room import Room
from grader.chat.own.seat import Seat
from grader.chat.program import Program
from grader.chat.serving import Fault, Maker
from grader.fact import Fact, fact
from grader.result.verdict import Evidence
from grader.sandbox import waiting
from grader.sandbox.socket_table import sockets
from grader.sandbox.waiting import Waiter
from grader.submission import source

LOOKING = {"quiet": 0.2, "budget": 0.5, "cap": 2.0, "wall": 2.0}
SERVER_FAULTS = {
    Fault.NOBODY: ("no-thread-each", "none-waits"),
    Fault.SEVERAL_FILES: ("thread-serves-several", "waits-for-several"),
    Fault.SEVERAL_THREADS: ("connection-shared", "several-wait"),
    Fault.PEEKS: ("thread-peeks", "one-peeks"),
}
CLIENT_FAULTS = {
    Fault.NOBODY: ("no-thread-to-receive", "none-receives"),
    Fault.SEVERAL_FILES: ("thread-serves-both", "one-for-both"),
    Fault.SEVERAL_THREADS: ("connection-shared", "several-receive"),
    Fault.PEEKS: ("thread-peeks", "receiver-peeks"),
}
NONE_MADE = {Role.SERVER: "server-makes-no-thread", Role.CLIENT: "client-makes-no-thread"}


def of_server(room: Room) -> Failure | bool | None:
    """What is wrong with the threads that serve the connections; False where it cannot be told."""
    assert room.server is not None
    server = room.server.program
    if not room.variant.connected:
        return None
    if not server.alive or not waiting.tells(server.await_pid()):
        return False
    whose = _connections(room, server)
    if not whose:
        return False
    looks = serving.look(server, room.deadline(LOOKING), whose)
    for file, name in whose.items():
        fault = looks.fault(file, whose)
        if fault is not None:
            message, got = SERVER_FAULTS[fault]
            count = looks.most(file, whose) if fault is Fault.SEVERAL_FILES else looks.rivals(file)
            seen = fact(got, name=name, count=count)
            return _accusation(server, Role.SERVER, fact(message), fact("thread-each"), seen)
        failure = _made(server, Role.SERVER, [looks.waiters(file)[0]], name)
        if failure is not None:
            return failure
    return None


def _connections(room: Room, server: Program) -> dict[str, str]:
    """The server's side of each connection, and whose it is."""
    held = {name for pid in server.processes() for name in waiting.files(pid).values()}
    table = [each for each in sockets(room.network, room.variant) if each.peer_port]
    owners: dict[int, str] = {}
    for seat in room.present:
        mine = {n for pid in seat.program.processes() for n in waiting.files(pid).values()}
        owners |= {each.port: seat.who for each in table if each.name in mine}
    return {e.name: owners[e.peer_port] for e in table if e.name in held and e.peer_port in owners}


def of_client(room: Room, seat: Seat) -> Failure | bool | None:
    """What is wrong with how a client receives and types; False where it cannot be told."""
    client = seat.program
    if not client.alive or not waiting.tells(client.await_pid()):
        return False
    opened = {name for pid in client.processes() for name in waiting.files(pid).values()}
    mine = {each.name for each in sockets(room.network, room.variant) if each.name in opened}
    keyboard = client.keyboard
    looks = serving.look(client, room.deadline(LOOKING), [keyboard], mine)
    receiving = [file for file in mine if looks.waiters(file)]
    served = receiving or sorted(mine)
    faults = [fault for file in served if (fault := looks.fault(file, [file, keyboard]))]
    if faults or not served:
        message, seen = CLIENT_FAULTS[faults[0] if faults else Fault.NOBODY]
        got = fact(seen, count=max(map(looks.rivals, served), default=0))
        return _accusation(client, Role.CLIENT, fact(message), fact("thread-to-receive"), got)
    typing = looks.waiters(keyboard)
    if not typing:
        expected, got = fact("thread-to-type"), fact("none")
        return _accusation(client, Role.CLIENT, fact("nobody-types"), expected, got)
    threads = [looks.waiters(file)[0] for file in receiving]
    return _made(client, Role.CLIENT, [*threads, typing[0]])


def _made(program: Program, role: Role, threads: list[Waiter], name: str = "") -> Failure | None:
    """None where one of these threads was made by the submission."""
    makers = [serving.maker(program, thread) for thread in threads]
    kinds = [maker for maker, _module in makers]
    if Maker.PROGRAM in kinds or (Maker.UNKNOWN in kinds and serving.reads_as_made(program)):
        return None
    modules = sorted({module for _maker, module in makers if module})
    if modules:
        return Failure(
            fact("thread-made-by-library"),
            expected=fact("thread-made"),
            got=fact("made-by-library", modules=tuple(modules)),
            evidence=[Evidence.RUNTIME],
        )
    got = fact("made-otherwise")
    if Maker.OTHER not in kinds:
        got = fact("first-thread", name=name) if name else fact("first-threads")
    return _accusation(program, role, fact(NONE_MADE[role]), fact("thread-made"), got)


def _accusation(program: Program, role: Role, message: Fact, expected: Fact, got: Fact) -> Failure:
    threads = source.threads(program.script)
    if threads.made:
        return Failure(message, expected=expected, got=got, evidence=[Evidence.SEEN])
    file, others = program.script.name, tuple(threads.others)
    none = (
        fact("none-made-but", file=file, others=others) if others else fact("none-made", file=file)
    )
    return Failure(
        fact(NONE_MADE[role]),
        expected=fact("thread-made"),
        got=none,
        evidence=[Evidence.SEEN, Evidence.STATIC],
    )
