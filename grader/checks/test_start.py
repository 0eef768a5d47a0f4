"""Starting and stopping a server."""

import sys

from grader.assignment.protocol import NAME_REQUEST, WELCOME
from grader.chat.failure import Failure, Unmet
from grader.chat.participants.base import CLOSING
from grader.chat.unwritten import is_altered
from grader.chat.world import Chat
from grader.fact import fact
from grader.result.verdict import Evidence


def test_starts(chat: Chat) -> None:
    """The server binds its port and keeps running."""
    server = chat.start_server()
    chat.settle(0.05)
    if not server.alive:
        raise Failure(
            fact("server-ended"),
            expected=fact("runs-until-stopped"),
            got=server.how_it_ended(),
            evidence=[Evidence.END_OF_STREAM],
        )
    chat.evidence.add(Evidence.SEEN)


def test_handshake(chat: Chat) -> None:
    """The server asks a newcomer for a name and sends the welcome."""
    alice = chat.newcomer("alice")
    request = NAME_REQUEST
    if chat.variant.connected:
        chat.transcript.step(fact("connects", name=alice.name))
        alice.connect()
        request = alice.await_name_request()
    chat.transcript.step(fact("sends-name", name=alice.name))
    alice.give_name()
    welcomed = alice.await_welcome()
    if not alice.inbox.text():
        # Is it the welcome that is missing, or does this server never say anything?
        bob = chat.newcomer("bob")
        bob.join()
        chat.hear_out()  # one whose task is not written may yet say something
        came = alice.inbox.text() or bob.inbox.text()
        chat.dialect.silent = not came and not chat.unwritten()
    if request != NAME_REQUEST:
        raise Failure(
            fact("request-wrong"),
            expected=fact("text", text=NAME_REQUEST),
            got=fact("text", text=request) if request else fact("nothing"),
            evidence=[Evidence.SEEN if request else Evidence.QUIET],
            wrong=bool(request),
        )
    # As it stands in the protocol: on UDP no newline is forgiven here.
    missing = next((line for line in WELCOME if not alice.has_exactly(line)), "")
    if not welcomed or missing:
        missing = missing or WELCOME[0]
        raise Failure(
            fact("welcome-incomplete"),
            expected=fact("text", text=missing),
            got=alice.got(missing),
            evidence=[Evidence.QUIET],
            wrong=is_altered(missing, alice.inbox.messages()),
        )
    alice.evidence.add(Evidence.SEEN)


def test_restart(chat: Chat) -> None:
    """After a crash the server can be started again at once on the same port."""
    chat.join("alice", "bob")
    server = chat.processes[0]
    chat.transcript.step(fact("server-killed"))
    server.kill()
    server.stop()
    for participant in chat.everybody():
        # Closed with something unread, a connection is reset and leaves no TIME_WAIT behind.
        participant.read_to_end(chat.deadline(**CLOSING))
        participant.close()
    again = chat.start_server()
    chat.settle(0.02)
    if not again.alive:
        raise Failure(
            fact("server-not-restarted"),
            expected=fact("listens-again"),
            got=again.how_it_ended(),
            evidence=[Evidence.END_OF_STREAM],
        )
    chat.evidence.add(Evidence.SEEN)


def test_ctrl_c(chat: Chat) -> None:
    """Ctrl+C ends the server cleanly, with exit status 0."""
    if sys.platform == "win32":
        raise Unmet(fact("no-ctrl-c-on-windows"))
    server = chat.start_server()
    if not chat.dialect.silent:
        chat.join("alice", "bob")
    chat.transcript.step(fact("server-interrupted"))
    chat.settle(0.02)  # a busy interpreter may lose the signal
    server.interrupt()
    status = server.wait(chat.deadline())
    if status != 0:
        raise Failure(
            fact("interrupt-unclean"),
            expected=fact("ends-with-0"),
            got=fact("still-runs") if status is None else server.how_it_ended(),
            evidence=[Evidence.QUIET if status is None else Evidence.END_OF_STREAM],
        )
    chat.evidence.add(Evidence.END_OF_STREAM)
