"""Leaving, politely or not: announced exactly once, and the others go on."""

import time

import psutil

from grader.assignment import protocol
from grader.assignment.protocol import WELCOME, Framing
from grader.chat.chats import TcpChat
from grader.chat.failure import Failure
from grader.chat.participants.base import Participant
from grader.chat.participants.client import Client
from grader.chat.world import Chat
from grader.checks.judging import judge
from grader.fact import fact
from grader.grading.pytest_plugin.playing import Journals
from grader.result.check import Point
from grader.result.verdict import Difference, Evidence
from grader.sandbox.clock import run_out

UNANNOUNCED = {
    "fin": "fin-not-told",
    "half-close": "half-close-not-told",
    "reset": "reset-not-told",
    "mid-line": "mid-line-not-told",
}
SPIN = 0.5  # share of the time


def test_leave_notice(journals: Journals) -> None:
    """When a user leaves, the server tells everyone else exactly once."""
    judge(journals, "leave-notice")


def test_survives_leave(journals: Journals) -> None:
    """When a user has left, the others go on."""
    judge(journals, "survives-leave")


def test_survives_vanish(journals: Journals) -> None:
    """When a user vanishes without a word, the others go on."""
    judge(journals, "survives-vanish")


def test_left_alone(chat: TcpChat) -> None:
    """A user who has left and still reads is sent nothing more."""
    alice, bob, carol = chat.join("alice", "bob", "carol")
    chat.gone(carol)
    carol.leave()
    chat.settle(0.01)
    for sender in (alice, bob):
        carol.never_got(chat.deliver(sender).line, why=fact("sent-to-who-left"))


def test_vanish_once(chat: TcpChat) -> None:
    """When a user vanishes in any way, the server tells everyone else exactly once."""
    alice, bob = chat.join("alice", "bob")
    for how, why in UNANNOUNCED.items():
        (carol,) = chat.join("carol")
        chat.gone(carol)
        half = protocol.message(carol.name, chat.draw("half"))
        if how == "half-close":
            carol.half_close()
        elif how == "mid-line":
            chat.transcript.step(fact("sends-half-a-line", name=carol.name))
            carol.send_bytes(half.encode())
            chat.settle(0.004)
            carol.vanish()
        else:
            carol.vanish(how)
        for present in (alice, bob):
            present.expect(
                carol.goodbye,
                why=fact(why),
            )
        if how == "mid-line" and alice.inbox.framing is Framing.LINES:
            alice.never_got(half, why=fact("half-line-passed-on"))
        chat.settle(0.01)
        chat.fence(alice)
        chat.fence(bob)
        _exactly_once(carol.goodbye, alice, bob)


def test_rejoin(chat: Chat) -> None:
    """A user who left can join again: under the same name, on UDP from the same address."""
    alice, bob = chat.join("alice", "bob")
    bob.leave()
    alice.expect(bob.goodbye, why=fact("leave-not-told"))
    bob = _back(chat, bob)
    for sender in (alice, bob):
        chat.deliver(sender).expect_everywhere(fact("rejoined-is-out"))


def _back(chat: Chat, bob: Client) -> Client:
    """Let a user who left join again."""
    if not bob.rejoin():
        chat.gone(bob)
        again = chat.newcomer(name=bob.name)
        chat.let_in(again)
        return again
    if not bob.inbox.wait(lambda: bob.count(WELCOME[0]) == 2, chat.deadline()):
        raise Failure(
            fact("cannot-rejoin"),
            expected=fact("a-second-time", text=WELCOME[0]),
            got=bob.got(WELCOME[0]),
            evidence=[Evidence.QUIET],
        )
    return bob


def test_no_spin(chat: Chat) -> None:
    """The server uses no processor time after a user has left."""
    alice, bob, carol, dave = chat.join("alice", "bob", "carol", "dave")
    # Closing with something unread resets the connection, which is another end (RFC 2525, 2.17).
    chat.fence(dave)
    for going in (carol, dave):
        chat.gone(going)
    dave.vanish()
    carol.leave()
    chat.settle(0.02)
    chat.transcript.step(fact("silence"))
    share = _busy_share(chat)
    if share >= SPIN:
        raise Failure(
            fact("never-rests"),
            expected=fact("sleeps-until-something"),
            got=fact("busy-share", share=min(share, 1.0)),
            evidence=[Evidence.SEEN],
        )
    for sender in (alice, bob):
        why = fact("lost-after-leaving")
        chat.deliver(sender).expect_everywhere(why)
    chat.evidence.add(Evidence.QUIET)


def _busy_share(chat: Chat) -> float:
    """Share of the time in which the server runs while nothing happens.

    Where the system tells, it counts as well how long the server waits for a processor: on a
    busy machine one that never rests gets little of it.
    """
    started, before = time.monotonic(), _busy_so_far(chat)
    run_out(chat.deadline(quiet=0.2, budget=1.0, wall=1.0))
    return (_busy_so_far(chat) - before) / (time.monotonic() - started)


def _busy_so_far(chat: Chat) -> float:
    server = chat.processes[0]
    sample = server.sample()
    if sample is not None:
        return sample.cpu_time + sample.run_delay
    try:
        return float(sum(psutil.Process(server.await_pid()).cpu_times()[:2]))
    except psutil.Error:
        return 0.0  # it has ended: the messages that follow will show it


def _exactly_once(notice: str, *present: Participant) -> None:
    for participant in present:
        count = participant.count(notice)
        if count != 1:
            raise Failure(
                fact("leave-not-once"),
                expected=fact("exactly-once", text=notice),
                got=fact("got-times", name=participant.name, count=count),
                evidence=[Evidence.SEEN if count else Evidence.FENCED],
                point=Point(
                    Difference.DOUBLED if count else Difference.MISSING, participant.name, notice
                ),
            )
