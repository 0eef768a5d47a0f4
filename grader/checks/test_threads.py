"""Threads are mandatory: shown by behaviour, by the running process and by the source."""

from collections.abc import Sequence

import psutil

from grader import activity, source
from grader.chat import Chat
from grader.failure import Failure
from grader.participants.base import Participant
from grader.process import Process
from grader.verdict import Evidence

NEWCOMERS = ("bob", "carol", "dave")


def test_server_threads(chat: Chat) -> None:
    """Each connection is served by a thread of its own, made by `threading`."""
    _made_by_threading(chat, "server", "each connection")
    (alice,) = chat.join("alice")
    server = chat.processes[0]
    before = _thread_count(server)
    everyone = [alice, *chat.join(*NEWCOMERS)]
    after = _thread_count(server)
    if after - before < len(NEWCOMERS):
        raise Failure(
            "the connections are not served by threads of their own",
            expected=f"{len(NEWCOMERS)} threads more with {len(NEWCOMERS)} connections more",
            got=f"{before} threads with one user, {after} with {len(everyone)}",
            hint="start a threading.Thread for each connection that accept returns",
            evidence=[Evidence.SEEN],
        )
    if activity.supported():
        _each_wakes_its_own(chat, server, everyone)
    chat.evidence |= {Evidence.SEEN, Evidence.STATIC}


def test_client_threads(chat: Chat) -> None:
    """Receiving does not wait for typing, by a thread made by `threading`."""
    _made_by_threading(chat, "client", "receiving")
    host = chat.host()
    alice = chat.terminal("alice", host)
    alice.join()
    host.admit()
    host.welcome()
    text = f"{chat.draw('bob')}: {chat.draw('hello')}"
    host.send(text)
    alice.expect(text, why="what arrives is not printed while the client waits for typing")
    count = _thread_count(alice.process)
    if count < 2:
        raise Failure(
            "the client has no thread for receiving",
            expected="at least 2 threads while it is connected",
            got=f"{count} thread",
            hint="one thread waits in recv, the other in input",
            evidence=[Evidence.SEEN],
        )
    chat.evidence |= {Evidence.SEEN, Evidence.STATIC}


def _made_by_threading(chat: Chat, role: str, what: str) -> None:
    found = source.threads(chat.path(role))
    if not found.made:
        instead = f", but {', '.join(found.others)}" if found.others else ""
        raise Failure(
            f"{what} is not served by a thread that the {role} makes by `threading`",
            expected="a threading.Thread, or a subclass of it, is made",
            got=f"none in {chat.path(role).name}{instead}",
            hint="threading.Thread(target=..., args=(...)).start()",
            evidence=[Evidence.STATIC],
        )


def _thread_count(process: Process) -> int:
    return int(psutil.Process(process.pid).num_threads())


def _each_wakes_its_own(chat: Chat, server: Process, everyone: Sequence[Participant]) -> None:
    """For each user there must be a thread that wakes for their messages alone."""
    woken: list[set[int]] = []
    for speaker in everyone:
        chat.settle(0.01)
        before = activity.thread_stirs(server.pid)
        chat.transcript.step(f"{speaker.name} alone says something")
        line = speaker.say(chat.draw("alone"), fence=True)
        for other in everyone:
            if other is not speaker:
                other.expect(line, why="a message does not arrive")
        chat.settle(0.004)
        after = activity.thread_stirs(server.pid)
        woken.append({t for t, stirs in after.items() if stirs != before.get(t)})
    for speaker, mine in zip(everyone, woken, strict=True):
        others = set[int]().union(*(w for w in woken if w is not mine))
        if not mine - others:
            raise Failure(
                "one thread serves several connections",
                expected="a thread for each user that wakes only when this user says something",
                got=f"none that wakes for {speaker.name} alone",
                hint="receive in the thread of the connection itself",
                evidence=[Evidence.SEEN],
            )
