"""Threads are mandatory: shown by behaviour, by the running process and by the source."""

import contextlib
from collections.abc import Callable, Sequence

import psutil

from grader import activity, source
from grader.chat import Chat
from grader.failure import Failure, Unmet
from grader.participants.base import Participant
from grader.participants.terminal import Terminal
from grader.process import Process
from grader.verdict import Evidence

TIMES = 5  # messages in a row: a thread that only looks up now and then wakes less often


def test_server_threads(chat: Chat) -> None:
    """Each connection is served by a thread of its own, made by `threading`."""
    _made_by_threading(chat, "server", "each connection")
    everyone = chat.join("alice")
    server = chat.processes[0]
    before = _thread_count(server)
    everyone += chat.join("bob")
    # A chat for two turns the third away, and is served by threads all the same.
    with contextlib.suppress(Failure):
        for who in ("carol", "dave"):
            everyone += chat.join(who)
    newcomers = len(everyone) - 1
    after = _thread_count(server)
    if after - before < newcomers:
        raise Failure(
            "the connections are not served by threads of their own",
            expected=f"{newcomers} threads more with {newcomers} connections more",
            got=f"{before} threads with one user, {after} with {len(everyone)}",
            hint="start a threading.Thread for each connection that accept returns",
            evidence=[Evidence.SEEN],
        )
    if activity.supported():
        _each_wakes_its_own(chat, server, everyone)
    chat.evidence |= {Evidence.SEEN, Evidence.STATIC}


def test_client_threads(chat: Chat) -> None:
    """Receiving does not wait for typing, by a thread made by `threading`."""
    if chat.profile.client_absent:
        raise Unmet("the client does not come to the server: see client-name")
    _made_by_threading(chat, "client", "receiving")
    host = chat.host()
    alice = chat.terminal("alice", host)
    alice.join()
    host.admit()
    host.welcome()

    def receive() -> None:
        text = f"{chat.draw('bob')}: {chat.draw('hello')}"
        host.send(text)
        alice.expect(text, why="what arrives is not printed while the client waits for typing")

    receive()
    count = _thread_count(alice.process)
    if count < 2:
        raise Failure(
            "the client has no thread for receiving",
            expected="at least 2 threads while it is connected",
            got=f"{count} thread",
            hint="one thread waits in recv, the other in input",
            evidence=[Evidence.SEEN],
        )
    if activity.supported():
        _receiving_wakes_its_own(chat, alice, receive)
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
    try:
        return int(psutil.Process(process.pid).num_threads())
    except psutil.Error:
        raise Failure(
            f"{process.who} has ended",
            expected="a program that goes on running",
            got=process.ending(),
            evidence=[Evidence.END_OF_STREAM],
        ) from None


def _each_wakes_its_own(chat: Chat, server: Process, everyone: Sequence[Participant]) -> None:
    """For each user there must be a thread that wakes for their messages alone."""
    # A thread that is yet to announce its user would wake while another one speaks, and again
    # and again while it waits for the interpreter's lock.
    chat.fence(everyone[-1])
    woken: list[set[int]] = []
    for speaker in everyone:
        chat.transcript.step(f"{speaker.name} alone says something, {TIMES} times")
        others = [p for p in everyone if p is not speaker]

        def speak(speaker: Participant = speaker, others: list[Participant] = others) -> None:
            line = speaker.say(chat.draw("alone"), fence=True)
            others[0].inbox.wait(lambda: any(o.has(line) for o in others), chat.deadline())

        woken.append(_woken_by(chat, server, speak))
    for speaker, mine in zip(everyone, woken, strict=True):
        others_woken = set[int]().union(*(w for w in woken if w is not mine))
        if not mine - others_woken:
            raise Failure(
                "one thread serves several connections",
                expected="a thread for each user that wakes only when this user says something",
                got=f"none that wakes for {speaker.name} alone",
                hint="receive in the thread of the connection itself",
                evidence=[Evidence.SEEN],
            )


def _receiving_wakes_its_own(
    chat: Chat, alice: Terminal, receive: Callable[[], None]
) -> None:
    """There must be a thread that wakes when a message arrives and not when one is typed."""

    def type_something() -> None:
        # Whether it goes out is another check's business.
        alice.say(chat.draw("typed"), fence=True)

    chat.transcript.step(f"{TIMES} messages arrive, then {TIMES} are typed")
    if not _woken_by(chat, alice.process, receive) - _woken_by(
        chat, alice.process, type_something
    ):
        raise Failure(
            "one thread both receives and waits for typing",
            expected="a thread that wakes when a message arrives and not when one is typed",
            got="none",
            hint="one thread waits in recv, the other in input",
            evidence=[Evidence.SEEN],
        )


def _woken_by(chat: Chat, process: Process, action: Callable[[], None]) -> set[int]:
    """The threads that wake each time something is done TIMES times, well apart."""
    if not chat.settle(0.004) and not chat.settle(0.004):
        raise Failure(
            f"{process.who} is never at rest, so that nobody can see which thread serves whom",
            expected="threads that wait in recv",
            got="threads that look again and again, hundreds of times a second",
            hint="let recv wait instead of a sleep or a short timeout",
            evidence=[Evidence.SEEN],
        )
    before = activity.thread_stirs(process.pid)
    for _ in range(TIMES):
        action()
        chat.settle(0.004)
    after = activity.thread_stirs(process.pid)
    return {thread for thread, stirs in after.items() if stirs - before.get(thread, 0) >= TIMES}
