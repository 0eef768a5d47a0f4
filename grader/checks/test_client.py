"""The student's client, in front of a scripted server."""

import contextlib
from typing import TypeVar

from grader.assignment import protocol
from grader.assignment.protocol import Framing
from grader.chat.chats import TcpChat
from grader.chat.failure import Failure, Unmet
from grader.chat.participants.client import Client
from grader.chat.participants.host import Host
from grader.chat.participants.terminal import (
    END_FOR_NAME,
    END_OF_FILE,
    EndFailures,
    Terminal,
)
from grader.chat.world import Chat, World
from grader.checks.judging import judge_client
from grader.fact import Fact, fact
from grader.grading.pytest_plugin.playing import Journals
from grader.result.verdict import Evidence

HostT = TypeVar("HostT", bound=Host)


def test_client_name(journals: Journals) -> None:
    """The client sends the typed name and nothing else."""
    judge_client(journals, "client-name")


def test_client_shows(journals: Journals) -> None:
    """The client prints what arrives while it waits for the user to type."""
    judge_client(journals, "client-shows")


def test_client_sends(journals: Journals) -> None:
    """The client sends what the user types as `name: text`."""
    judge_client(journals, "client-sends")


def test_client_leaves(journals: Journals) -> None:
    """Typing `leave` sends the leave notice and ends the client with status 0."""
    judge_client(journals, "client-leaves")


def test_client_eof(chat: Chat) -> None:
    """End-of-file ends the client with status 0, in the chat (with a leave notice) and before."""
    host, alice = _started(chat)[:2]
    host.welcome()
    host.expect(alice.say(chat.draw("hello")), why=fact("not-sent"))
    alice.end_input()
    _goes(host, alice, fact("end-of-file-not-announced"), END_OF_FILE)
    # Nobody has a name yet, so there is nobody to announce.
    host.close()
    host = chat.host()
    bob = chat.terminal("bob", host)
    bob.end_input()
    with contextlib.suppress(Failure):  # a client may ask for the name before it connects
        host.admit()
    bob.await_end(END_FOR_NAME)


def test_client_framing(chat: TcpChat) -> None:
    """Messages that arrive in pieces, or two together, are printed whole."""
    host, alice = _started(chat)[:2]
    host.welcome()
    line = protocol.message(chat.draw("bob"), chat.draw("pieces") + "€")
    chat.transcript.step(fact("host-sends-byte-by-byte", text=line))
    for byte in Framing.LINES.encode(line):
        host.send_bytes(bytes([byte]))
        chat.settle(0.002)
    alice.expect(line, why=fact("pieces-not-printed"))
    lines = [protocol.message(chat.draw("bob"), chat.draw(word)) for word in ("first", "second")]
    chat.transcript.step(fact("host-sends-two-in-one"))
    host.send_bytes(Framing.LINES.encode(*lines))
    for text in lines:
        why = fact("one-of-two-not-printed")
        alice.expect(text, why=why)


def test_client_notices(chat: TcpChat) -> None:
    """When the server goes away, the client ends without waiting for a key press."""
    host, alice = _started(chat)[:2]
    host.welcome()
    _still_runs(chat, alice, fact("client-ends-on-welcome"))
    host.hang_up()
    # Python itself waits a second at its exit for a thread that is blocked in input.
    status = alice.process.wait(chat.deadline(quiet=1.5, budget=2.5))
    if status is None:
        raise Failure(
            fact("server-gone-unnoticed"),
            expected=fact("ends-without-a-key"),
            got=fact("still-runs"),
            evidence=[Evidence.QUIET],
        )
    chat.evidence.add(Evidence.END_OF_STREAM)


def _started(chat: World[Client, HostT]) -> tuple[HostT, Terminal, str]:
    """A scripted server and a client that has connected to it; the name as it was sent."""
    if chat.dialect.client_absent:
        raise Unmet(fact("client-absent"))
    host = chat.host()
    alice = chat.terminal("alice", host)
    alice.join()
    try:
        return host, alice, host.admit()
    except Failure as failure:
        if not alice.process.alive:
            failure.got = alice.process.how_it_ended()
        raise


def _still_runs(chat: Chat, alice: Terminal, why: Fact) -> None:
    chat.settle(0.02)
    if not alice.process.alive:
        raise Failure(
            why,
            expected=fact("client-runs-on"),
            got=alice.process.how_it_ended(),
            evidence=[Evidence.END_OF_STREAM],
        )


def _goes(host: Host, alice: Terminal, why: Fact, failures: EndFailures) -> None:
    host.expect(
        alice.goodbye,
        why=why,
    )
    host.hang_up()
    alice.await_end(failures)
