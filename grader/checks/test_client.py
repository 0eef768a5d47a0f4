"""The student's client, in front of a scripted server."""

import contextlib
from typing import TypeVar

from grader.assignment import protocol
from grader.assignment.protocol import Framing
from grader.chat.chats import TcpChat
from grader.chat.failure import Failure, Unmet
from grader.chat.participants.client import Client
from grader.chat.participants.host import Host
from grader.chat.participants.terminal import END_FOR_NAME, END_OF_FILE, LEAVE, Ending, Terminal
from grader.chat.world import Chat, World
from grader.language import _
from grader.result.verdict import Evidence

HostT = TypeVar("HostT", bound=Host)


def test_client_name(chat: Chat) -> None:
    """The client sends the name that was typed, and only that."""
    _host, alice, name = _started(chat)
    if name != alice.name:
        raise Failure(
            _("the client does not send the typed name alone"),
            expected=repr(alice.name),
            got=repr(name) if name else _("nothing"),
            hint=_("send what input returns, with one newline on TCP and without any on UDP"),
            evidence=[Evidence.SEEN if name else Evidence.QUIET],
        )
    chat.evidence.add(Evidence.SEEN)


def test_client_shows(chat: Chat) -> None:
    """What arrives is printed while the client waits for typing."""
    host, alice = _started(chat)[:2]
    host.welcome()
    for word in ("morning", "evening"):
        text = protocol.message(chat.draw("bob"), chat.draw(word))
        step = _("the server sends {text}; nobody types anything").format(text=repr(text))
        chat.transcript.step(step)
        host.send(text)
        try:
            alice.expect(
                text,
                why=_("what arrives is not printed while the client waits for typing"),
                hint=_("receive and print in a thread of its own"),
            )
        except Failure:
            for _again in range(4):  # does it come once something is typed, behind the welcome?
                alice.say(chat.draw("now"), fence=True)
            alice.await_message(text, chat.deadline())
            raise
    _still_runs(chat, alice, _("the client ends when messages have arrived"))


def test_client_sends(chat: Chat) -> None:
    """What is typed goes out as `name: text`."""
    host, alice = _started(chat)[:2]
    host.welcome()
    for word in ("hello", "again"):
        host.expect(
            alice.say(chat.draw(word)),
            why=_("what is typed does not go out as `name: text`"),
            hint=_("send the name, a colon, a blank and the text (on UDP no newline)"),
        )
    chat.evidence.add(Evidence.SEEN)


def test_client_leaves(chat: Chat) -> None:
    """Typing `leave` announces the leaving and ends the client with status 0."""
    host, alice = _started(chat)[:2]
    host.welcome()
    alice.leave()
    _goes(host, alice, _("`leave` is not announced"), LEAVE)


def test_client_eof(chat: Chat) -> None:
    """End-of-file ends the client with status 0, in the chat (with a leave notice) and before."""
    host, alice = _started(chat)[:2]
    host.welcome()
    host.expect(alice.say(chat.draw("hello")), why=_("what is typed does not go out"))
    alice.end_input()
    _goes(host, alice, _("end-of-file is not announced"), END_OF_FILE)
    # Nobody has a name yet, so there is nobody to announce.
    host.close()
    host = chat.host()
    bob = chat.terminal("bob", host)
    bob.end_input()
    with contextlib.suppress(Failure):  # a client may ask for the name before it comes
        host.admit()
    bob.await_end(END_FOR_NAME)


def test_client_framing(chat: TcpChat) -> None:
    """Messages that arrive in pieces, or two together, are printed whole."""
    host, alice = _started(chat)[:2]
    host.welcome()
    line = protocol.message(chat.draw("bob"), chat.draw("pieces") + "€")
    chat.transcript.step(_("the server sends {text} byte by byte").format(text=repr(line)))
    for byte in Framing.LINES.encode(line):
        host.send_bytes(bytes([byte]))
        chat.settle(0.002)
    hint = _("collect what recv returns and cut it at the newlines, then decode and print")
    alice.expect(line, why=_("a message in pieces is not printed whole"), hint=hint)
    lines = [protocol.message(chat.draw("bob"), chat.draw(word)) for word in ("first", "second")]
    chat.transcript.step(_("the server sends two messages in one segment"))
    host.send_bytes(Framing.LINES.encode(*lines))
    for text in lines:
        why = _("one of two messages in one segment is not printed")
        alice.expect(text, why=why, hint=hint)


def test_client_notices(chat: TcpChat) -> None:
    """When the server goes away the client ends without waiting for a key."""
    host, alice = _started(chat)[:2]
    host.welcome()
    _still_runs(chat, alice, _("the client ends when the welcome has arrived"))
    host.hang_up()
    # Python itself waits a second at its exit for a thread that is blocked in input.
    status = alice.process.wait(chat.deadline(quiet=1.5, budget=2.5))
    if status is None:
        raise Failure(
            _("the client does not notice that the server is gone"),
            expected=_("the process ends by itself, without a key"),
            got=_("it still runs"),
            hint=_(
                "recv returns nothing when the server has closed; the main thread "
                "may be blocked in input and cannot be woken: end the whole process"
            ),
            evidence=[Evidence.QUIET],
        )
    chat.evidence.add(Evidence.END_OF_STREAM)


def _started(chat: World[Client, HostT]) -> tuple[HostT, Terminal, str]:
    """A scripted server and a client that has come to it; the name as it was sent."""
    if chat.profile.client_absent:
        raise Unmet(_("the client does not come to the server: see client-name"))
    host = chat.host()
    alice = chat.terminal("alice", host)
    alice.join()
    try:
        return host, alice, host.admit()
    except Failure as failure:
        chat.profile.client_absent = True
        if not alice.process.alive:
            failure.got = alice.process.how_it_ended()
        raise


def _still_runs(chat: Chat, alice: Terminal, why: str) -> None:
    chat.settle(0.02)
    if not alice.process.alive:
        raise Failure(
            why,
            expected=_("a client that runs until its user leaves or the server is gone"),
            got=alice.process.how_it_ended(),
            evidence=[Evidence.END_OF_STREAM],
        )


def _goes(host: Host, alice: Terminal, why: str, ending: Ending) -> None:
    host.expect(
        alice.goodbye,
        why=why,
        hint=_("send `*name left*` before you close"),
    )
    host.hang_up()
    alice.await_end(ending)
