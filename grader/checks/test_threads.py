"""Threads are mandatory: which there are, what each of them waits for, and who has made them.

The system tells what a thread waits for, the program's own record who has made it. The source is
read only to name what stands there instead, and where a process keeps no record.
"""

import contextlib
from collections.abc import Sequence

from grader.assignment import protocol
from grader.assignment.variants import Role
from grader.chat import serving
from grader.chat.failure import Failure, Unmet
from grader.chat.participants.client import Client
from grader.chat.participants.host import Host
from grader.chat.program import Program
from grader.chat.serving import Fault, Maker
from grader.chat.world import Chat
from grader.fact import Fact, fact
from grader.result.verdict import Evidence
from grader.sandbox import clock, waiting
from grader.sandbox.socket_table import sockets
from grader.sandbox.waiting import Waiter
from grader.submission import source

NONE_MADE = {
    Role.SERVER: "server-makes-no-thread",
    Role.CLIENT: "client-makes-no-thread",
}
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
HELD = {"quiet": 0.03, "budget": 0.2, "cap": 0.4, "wall": 0.4}  # seconds
LOOKING = {"quiet": 0.2, "budget": 0.5, "cap": 2.0, "wall": 2.0}  # seconds for all looks together


def test_server_threads(chat: Chat) -> None:
    """The server serves each connection in a thread of its own, made with `threading`."""
    everyone = list(chat.join("alice"))
    server = chat.processes[0]
    before, made = server.thread_count(), serving.made(server)
    everyone += chat.join("bob")
    # A chat for two turns the third away, and is served by threads all the same.
    with contextlib.suppress(Failure):
        for who in ("carol", "dave"):
            everyone += chat.join(who)
    if waiting.tells(server.await_pid()):
        chat.await_announced(everyone)
        _own_threads(chat, server, everyone)
        _serve_their_own(chat, server, everyone)
        chat.evidence.add(Evidence.SEEN)
        return
    newcomers = len(everyone) - 1
    after = server.thread_count()
    if after - before < newcomers:
        expected = fact("more-threads", count=newcomers)
        got = fact("threads-before-after", before=before, after=after, users=len(everyone))
        raise _accusation(chat, Role.SERVER, fact("no-thread-each"), expected, got)
    _count_record(chat, server, Role.SERVER, made + newcomers)


def test_client_threads(chat: Chat) -> None:
    """The client receives while it waits for typing, in a thread made with `threading`."""
    if chat.dialect.client_absent:
        raise Unmet(fact("client-absent"))
    host = chat.host()
    alice = chat.terminal("alice", host)
    alice.join()
    host.admit()
    host.welcome()
    for _time in range(2):
        text = protocol.message(chat.draw("bob"), chat.draw("hello"))
        host.send(text)
        alice.await_message(text, chat.deadline())  # whether it comes is another check's business
        if waiting.tells(alice.process.await_pid()):
            _receives_and_types(chat, alice.process, host)
    if waiting.tells(alice.process.await_pid()):
        chat.evidence.add(Evidence.SEEN)
        return
    count = alice.process.thread_count()
    if count < 2:
        expected, got = fact("two-threads"), fact("thread-count", count=count)
        raise _accusation(chat, Role.CLIENT, fact("no-thread-to-receive"), expected, got)
    _count_record(chat, alice.process, Role.CLIENT, 1)


# Where the system tells.


def _own_threads(chat: Chat, server: Program, everyone: Sequence[Client]) -> None:
    """Each user has a thread that waits for their connection alone while nobody talks."""
    whose = _connections(chat, everyone)
    # Whom the server has cut off it serves no more.
    gone = {client.name for client in everyone} - set(whose.values())
    whose |= {f"nothing of {name}": name for name in gone}
    looks = serving.look(server, chat.deadline(**LOOKING), whose)
    for file, name in whose.items():
        fault = looks.fault(file, whose)
        if fault is not None:
            message, got = SERVER_FAULTS[fault]
            count = looks.most(file, whose) if fault is Fault.SEVERAL_FILES else looks.rivals(file)
            raise _accusation(
                chat,
                Role.SERVER,
                fact(message),
                expected=fact("thread-each"),
                got=fact(got, name=name, count=count),
            )
        _made_by_program(chat, server, Role.SERVER, [looks.waiters(file)[0]], name)


def _serve_their_own(chat: Chat, server: Program, everyone: Sequence[Client]) -> None:
    """While the thread of a user is held still, nobody serves this user. Raises Failure."""
    whose = _connections(chat, everyone)
    for file, name in whose.items():
        speaker = next(p for p in everyone if p.name == name)
        others = [p for p in everyone if p is not speaker]
        with serving.held(server, file) as is_held:
            line = speaker.say(chat.draw("alone"))
            if is_held:
                clock.run_out(chat.deadline(**HELD))
            if is_held and any(p.has(line) for p in others):
                raise Failure(
                    fact("thread-serves-nobody"),
                    expected=fact("thread-each"),
                    got=fact("sleeps-on", name=name),
                    evidence=[Evidence.SEEN],
                )
        # Whether it comes is another check's business.
        _await_anywhere(chat, line, others)


def _await_anywhere(chat: Chat, line: str, others: Sequence[Client]) -> None:
    others[0].inbox.wait(lambda: any(p.has(line) for p in others), chat.deadline())


def _connections(chat: Chat, everyone: Sequence[Client]) -> dict[str, str]:
    """The server's side of each connection, as its descriptors name it, and whose it is."""
    names = {client.port: client.name for client in everyone}
    table = sockets(chat.network, chat.variant)
    return {each.name: names[each.peer_port] for each in table if each.peer_port in names}


def _receives_and_types(chat: Chat, client: Program, host: Host) -> None:
    """A thread waits for what arrives and another one for typing, while nothing happens."""
    table = sockets(chat.network, chat.variant)
    opened = {name for pid in client.processes() for name in waiting.files(pid).values()}
    mine = {each.name for each in table if each.name in opened}
    if chat.variant.connected:
        mine = {each.name for each in table if each.name in mine and each.peer_port in host.ports}
    keyboard = client.keyboard
    looks = serving.look(client, chat.deadline(**LOOKING), [keyboard], mine)
    # A client may have opened sockets that it does not use.
    receiving = [file for file in mine if looks.waiters(file)]
    served = receiving or sorted(mine)
    faults = [fault for file in served if (fault := looks.fault(file, [file, keyboard]))]
    if faults or not served:
        message, seen = CLIENT_FAULTS[faults[0] if faults else Fault.NOBODY]
        raise _accusation(
            chat,
            Role.CLIENT,
            fact(message),
            expected=fact("thread-to-receive"),
            got=fact(seen, count=max(map(looks.rivals, served), default=0)),
        )
    typing = looks.waiters(keyboard)
    if not typing:
        raise _accusation(
            chat, Role.CLIENT, fact("nobody-types"), fact("thread-to-type"), fact("none")
        )
    threads = [looks.waiters(file)[0] for file in receiving]
    _made_by_program(chat, client, Role.CLIENT, [*threads, typing[0]])


def _made_by_program(
    chat: Chat, program: Program, role: Role, threads: Sequence[Waiter], name: str = ""
) -> None:
    """At least one of these threads was made by the submission. Raises Failure."""
    makers = [serving.maker(program, thread) for thread in threads]
    kinds = [maker for maker, _ in makers]
    if Maker.PROGRAM in kinds:
        chat.evidence.add(Evidence.RUNTIME)
        return
    if Maker.UNKNOWN in kinds and serving.reads_as_made(program):
        chat.evidence.add(Evidence.STATIC)
        return
    modules = sorted({module for _, module in makers if module})
    if modules:
        raise _by_library(modules)
    if Maker.OTHER in kinds:
        got = fact("made-otherwise")
    else:
        got = fact("first-thread", name=name) if name else fact("first-threads")
    raise _accusation(chat, role, fact(NONE_MADE[role]), fact("thread-made"), got)


# Where only the program tells, and what the source says.


def _count_record(chat: Chat, program: Program, role: Role, wanted: int) -> None:
    """The submission has made so many threads, by its own account. Raises Failure."""
    count = serving.made(program, wanted)
    if count >= wanted:
        chat.evidence.add(Evidence.RUNTIME)
        return
    if modules := serving.libraries(program):
        raise _by_library(modules)
    message, got = fact(NONE_MADE[role]), fact("recorded", count=count)
    raise _accusation(chat, role, message, fact("thread-made"), got)


def _by_library(modules: Sequence[str]) -> Failure:
    return Failure(
        fact("thread-made-by-library"),
        expected=fact("thread-made"),
        got=fact("made-by-library", modules=tuple(modules)),
        evidence=[Evidence.RUNTIME],
    )


def _accusation(chat: Chat, role: Role, message: Fact, expected: Fact, got: Fact) -> Failure:
    """What was seen to be wrong; or, where the source makes no thread at all, that."""
    threads = source.threads(chat.path(role))
    if threads.made:
        return Failure(message, expected=expected, got=got, evidence=[Evidence.SEEN])
    file, others = chat.path(role).name, tuple(threads.others)
    none = fact("none-made", file=file)
    if others:
        none = fact("none-made-but", file=file, others=others)
    return Failure(
        fact(NONE_MADE[role]),
        expected=fact("thread-made"),
        got=none,
        evidence=[Evidence.SEEN, Evidence.STATIC],
    )
