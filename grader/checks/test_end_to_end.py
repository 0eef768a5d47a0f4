"""The submission's own clients and server, together."""

from grader.assignment import protocol
from grader.assignment.protocol import WELCOME
from grader.chat.failure import Failure, Unmet
from grader.chat.participants.base import STARTING
from grader.chat.participants.terminal import LEAVE
from grader.chat.world import Chat
from grader.language import _
from grader.result.check import Point
from grader.result.verdict import Evidence


def test_end_to_end(chat: Chat) -> None:
    """Three of your own clients talk through your own server."""
    if chat.profile.client_absent:
        raise Unmet(_("the client does not come to the server: see client-name"))
    chat.start_server()
    three = []
    for who in ("alice", "bob", "carol"):
        # One after the other: a server may serve one newcomer at a time.
        newcomer = chat.terminal(who)
        three.append(newcomer)
        newcomer.join()
        if chat.profile.welcomes is not False:
            newcomer.expect(
                WELCOME[0],
                why=_("the client does not show the server's welcome"),
                within=chat.deadline(**STARTING),
            )
        chat.settle(0.02)
    for speaker in three:
        line = speaker.say(chat.draw("hello"))
        for other in three:
            if other is not speaker:
                other.expect(line, why=_("a message does not get from client to client"))
                other.never_got(protocol.joined(line), why=_("a message is taken for a name"))
    alice, bob, carol = three
    carol.leave()
    for other in (alice, bob):
        other.expect(carol.goodbye, why=_("the leaving of a client is not shown to the others"))
    carol.await_end(LEAVE)
    line = bob.say(chat.draw("still"))
    alice.expect(line, why=_("after a client has left, a message does not get through"))
    chat.settle(0.02)  # a second one is printed a moment later
    if alice.count(line) > 1:
        raise Failure(
            _("a message is shown more than once"),
            expected=_("{text} once").format(text=repr(line)),
            got=_("{count} times").format(count=alice.count(line)),
            evidence=[Evidence.SEEN],
            point=Point("doubled", alice.name, line),
        )
