"""Threads are mandatory: shown by behaviour, by the running process and by the source."""

import contextlib
from collections.abc import Callable, Sequence

import psutil

from grader.assignment import protocol
from grader.assignment.variants import Role
from grader.chat.failure import Failure, Unmet
from grader.chat.participants.base import Participant
from grader.chat.participants.terminal import Terminal
from grader.chat.program import Program
from grader.chat.world import Chat
from grader.fact import Fact, fact
from grader.result.verdict import Evidence
from grader.sandbox import activity
from grader.submission import source

NOT_SERVED = {
    Role.SERVER: "server-makes-no-thread",
    Role.CLIENT: "client-makes-no-thread",
}
TIMES = 5  # messages in a row: a thread that only looks up now and then wakes less often


def test_server_threads(chat: Chat) -> None:
    """The server serves each connection in a thread of its own, made with `threading`."""
    _made_by_threading(chat, Role.SERVER)
    everyone = list(chat.join("alice"))
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
            fact("no-thread-each"),
            expected=fact("more-threads", count=newcomers),
            got=fact("threads-before-after", before=before, after=after, users=len(everyone)),
            evidence=[Evidence.SEEN],
        )
    if activity.supported():
        _each_wakes_its_own(chat, server, everyone)
    chat.evidence |= {Evidence.SEEN, Evidence.STATIC}


def test_client_threads(chat: Chat) -> None:
    """The client receives while it waits for typing, in a thread made with `threading`."""
    if chat.dialect.client_absent:
        raise Unmet(fact("client-absent"))
    _made_by_threading(chat, Role.CLIENT)
    host = chat.host()
    alice = chat.terminal("alice", host)
    alice.join()
    host.admit()
    host.welcome()

    def receive() -> None:
        text = protocol.message(chat.draw("bob"), chat.draw("hello"))
        host.send(text)
        why = fact("not-printed")
        alice.expect(text, why=why)

    receive()
    count = _thread_count(alice.process)
    if count < 2:
        raise Failure(
            fact("no-thread-to-receive"),
            expected=fact("two-threads"),
            got=fact("thread-count", count=count),
            evidence=[Evidence.SEEN],
        )
    if activity.supported():
        _receiving_wakes_its_own(chat, alice, receive)
    chat.evidence |= {Evidence.SEEN, Evidence.STATIC}


def _made_by_threading(chat: Chat, role: Role) -> None:
    threads = source.threads(chat.path(role))
    if not threads.made:
        raise Failure(
            fact(NOT_SERVED[role]),
            expected=fact("thread-made"),
            got=_none_made(chat.path(role).name, threads.others),
            evidence=[Evidence.STATIC],
        )


def _none_made(file: str, others: list[str]) -> Fact:
    if others:
        return fact("none-made-but", file=file, others=tuple(others))
    return fact("none-made", file=file)


def _thread_count(process: Program) -> int:
    try:
        return int(psutil.Process(process.await_pid()).num_threads())
    except psutil.Error:
        raise Failure(
            fact("program-gone", program=process.script.name),
            expected=fact("goes-on-running"),
            got=process.how_it_ended(),
            evidence=[Evidence.END_OF_STREAM],
        ) from None


def _each_wakes_its_own(chat: Chat, server: Program, everyone: Sequence[Participant]) -> None:
    """For each user there must be a thread that wakes for their messages alone."""
    # A thread that is yet to announce its user would wake while another one speaks, and again
    # and again while it waits for the interpreter's lock.
    chat.fence(everyone[-1])
    woken: list[set[int]] = []
    for speaker in everyone:
        chat.transcript.step(fact("says-alone", name=speaker.name, count=TIMES))
        others = [p for p in everyone if p is not speaker]

        def speak(speaker: Participant = speaker, others: list[Participant] = others) -> None:
            line = speaker.say(chat.draw("alone"), fence=True)
            others[0].inbox.wait(lambda: any(o.has(line) for o in others), chat.deadline())

        woken.append(_woken_by(chat, server, speak))
    for speaker, mine in zip(everyone, woken, strict=True):
        others_woken = set[int]().union(*(w for w in woken if w is not mine))
        if not mine - others_woken:
            raise Failure(
                fact("thread-serves-several"),
                expected=fact("thread-each"),
                got=fact("none-wakes", name=speaker.name),
                evidence=[Evidence.SEEN],
            )


def _receiving_wakes_its_own(chat: Chat, alice: Terminal, receive: Callable[[], None]) -> None:
    """There must be a thread that wakes when a message arrives and not when one is typed."""

    def type_something() -> None:
        # Another check looks whether it is sent.
        alice.say(chat.draw("typed"), fence=True)

    chat.transcript.step(fact("arrive-then-typed", count=TIMES))
    if not _woken_by(chat, alice.process, receive) - _woken_by(chat, alice.process, type_something):
        raise Failure(
            fact("thread-serves-both"),
            expected=fact("thread-to-receive"),
            got=fact("none"),
            evidence=[Evidence.SEEN],
        )


def _woken_by(chat: Chat, process: Program, action: Callable[[], None]) -> set[int]:
    """The threads that wake each time something is done TIMES times, well apart."""
    if not chat.settle(0.004) and not chat.settle(0.004):
        raise Failure(
            fact("no-rest-to-look", program=process.script.name),
            expected=fact("threads-in-recv"),
            got=fact("threads-look-again"),
            evidence=[Evidence.SEEN],
        )
    before = activity.switches_by_thread(process.await_pid())
    for _time in range(TIMES):
        action()
        chat.settle(0.004)
    after = activity.switches_by_thread(process.await_pid())
    return {thread for thread, count in after.items() if count - before.get(thread, 0) >= TIMES}
