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
from grader.language import N_, _, ngettext
from grader.result.verdict import Evidence
from grader.sandbox import activity
from grader.submission import source

NOT_SERVED = {
    Role.SERVER: N_(
        "each connection is not served by a thread that the server makes by `threading`"
    ),
    Role.CLIENT: N_("receiving is not served by a thread that the client makes by `threading`"),
}
TIMES = 5  # messages in a row: a thread that only looks up now and then wakes less often


def test_server_threads(chat: Chat) -> None:
    """Each connection is served by a thread of its own, made by `threading`."""
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
            _("the connections are not served by threads of their own"),
            expected=_("{count} threads more with {count} connections more").format(
                count=newcomers
            ),
            got=_("{before} threads with one user, {after} with {users}").format(
                before=before, after=after, users=len(everyone)
            ),
            hint=_("start a threading.Thread for each connection that accept returns"),
            evidence=[Evidence.SEEN],
        )
    if activity.supported():
        _each_wakes_its_own(chat, server, everyone)
    chat.evidence |= {Evidence.SEEN, Evidence.STATIC}


def test_client_threads(chat: Chat) -> None:
    """Receiving does not wait for typing, by a thread made by `threading`."""
    if chat.profile.client_absent:
        raise Unmet(_("the client does not come to the server: see client-name"))
    _made_by_threading(chat, Role.CLIENT)
    host = chat.host()
    alice = chat.terminal("alice", host)
    alice.join()
    host.admit()
    host.welcome()

    def receive() -> None:
        text = protocol.message(chat.draw("bob"), chat.draw("hello"))
        host.send(text)
        why = _("what arrives is not printed while the client waits for typing")
        alice.expect(text, why=why)

    receive()
    count = _thread_count(alice.process)
    if count < 2:
        raise Failure(
            _("the client has no thread for receiving"),
            expected=_("at least 2 threads while it is connected"),
            got=ngettext("{count} thread", "{count} threads", count).format(count=count),
            hint=_("one thread waits in recv, the other in input"),
            evidence=[Evidence.SEEN],
        )
    if activity.supported():
        _receiving_wakes_its_own(chat, alice, receive)
    chat.evidence |= {Evidence.SEEN, Evidence.STATIC}


def _made_by_threading(chat: Chat, role: Role) -> None:
    found = source.threads(chat.path(role))
    if not found.made:
        none = _("none in {file}, but {others}") if found.others else _("none in {file}")
        raise Failure(
            _(NOT_SERVED[role]),
            expected=_("a threading.Thread, or a subclass of it, is made"),
            got=none.format(file=chat.path(role).name, others=", ".join(found.others)),
            hint="threading.Thread(target=..., args=(...)).start()",
            evidence=[Evidence.STATIC],
        )


def _thread_count(process: Program) -> int:
    try:
        return int(psutil.Process(process.await_pid()).num_threads())
    except psutil.Error:
        raise Failure(
            _("{program} has ended").format(program=process.script.name),
            expected=_("a program that goes on running"),
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
        step = _("{name} alone says something, {count} times")
        chat.transcript.step(step.format(name=speaker.name, count=TIMES))
        others = [p for p in everyone if p is not speaker]

        def speak(speaker: Participant = speaker, others: list[Participant] = others) -> None:
            line = speaker.say(chat.draw("alone"), fence=True)
            others[0].inbox.wait(lambda: any(o.has(line) for o in others), chat.deadline())

        woken.append(_woken_by(chat, server, speak))
    for speaker, mine in zip(everyone, woken, strict=True):
        others_woken = set[int]().union(*(w for w in woken if w is not mine))
        if not mine - others_woken:
            raise Failure(
                _("one thread serves several connections"),
                expected=_("a thread for each user that wakes only when this user says something"),
                got=_("none that wakes for {name} alone").format(name=speaker.name),
                hint=_("receive in the thread of the connection itself"),
                evidence=[Evidence.SEEN],
            )


def _receiving_wakes_its_own(chat: Chat, alice: Terminal, receive: Callable[[], None]) -> None:
    """There must be a thread that wakes when a message arrives and not when one is typed."""

    def type_something() -> None:
        # Whether it goes out is another check's business.
        alice.say(chat.draw("typed"), fence=True)

    step = _("{count} messages arrive, then {count} are typed")
    chat.transcript.step(step.format(count=TIMES))
    if not _woken_by(chat, alice.process, receive) - _woken_by(chat, alice.process, type_something):
        raise Failure(
            _("one thread both receives and waits for typing"),
            expected=_("a thread that wakes when a message arrives and not when one is typed"),
            got=_("none"),
            hint=_("one thread waits in recv, the other in input"),
            evidence=[Evidence.SEEN],
        )


def _woken_by(chat: Chat, process: Program, action: Callable[[], None]) -> set[int]:
    """The threads that wake each time something is done TIMES times, well apart."""
    if not chat.settle(0.004) and not chat.settle(0.004):
        raise Failure(
            _("{program} is never at rest, so that nobody can see which thread serves whom").format(
                program=process.script.name
            ),
            expected=_("threads that wait in recv"),
            got=_("threads that look again and again, hundreds of times a second"),
            hint=_("let recv wait instead of a sleep or a short timeout"),
            evidence=[Evidence.SEEN],
        )
    before = activity.switches_by_thread(process.await_pid())
    for _time in range(TIMES):
        action()
        chat.settle(0.004)
    after = activity.switches_by_thread(process.await_pid())
    return {thread for thread, count in after.items() if count - before.get(thread, 0) >= TIMES}
