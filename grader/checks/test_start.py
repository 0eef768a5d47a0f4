"""Starting and stopping a server."""

import sys

from grader.chat.failure import Failure, Unmet
from grader.chat.participants.base import CLOSING
from grader.chat.world import Chat
from grader.checks.judging import judge
from grader.fact import fact
from grader.grading.pytest_plugin.playing import Journals
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


def test_handshake(journals: Journals) -> None:
    """The server asks a newcomer for a name and sends the welcome."""
    judge(journals, "handshake")


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
