"""The submission's own clients and server, together."""

from grader.assignment import protocol
from grader.assignment.protocol import WELCOME
from grader.chat.failure import Failure, Unmet
from grader.chat.participants.base import STARTING
from grader.chat.world import Chat
from grader.fact import fact
from grader.result.check import Point
from grader.result.verdict import Difference, Evidence


def test_end_to_end(chat: Chat) -> None:
    """Three of your own clients talk through your own server."""
    if chat.dialect.client_absent:
        raise Unmet(fact("client-absent"))
    if not chat.dialect.relays:
        raise Unmet(fact("needs", check="two-users"))
    chat.start_server()
    three = []
    for who in ("alice", "bob", "carol"):
        # One after the other: a server may serve one newcomer at a time.
        newcomer = chat.terminal(who)
        three.append(newcomer)
        newcomer.join()
        if chat.dialect.welcomes is not False:
            newcomer.expect(
                WELCOME[0],
                why=fact("welcome-not-shown"),
                within=chat.deadline(**STARTING),
            )
        chat.settle(0.02)
    for speaker in three:
        line = speaker.say(chat.draw("hello"))
        for other in three:
            if other is not speaker:
                other.expect(line, why=fact("not-client-to-client"))
                other.never_got(protocol.joined(line), why=fact("message-taken-for-name"))
    alice, bob, carol = three
    carol.leave()
    for other in (alice, bob):
        other.expect(carol.goodbye, why=fact("leave-not-shown"))
    line = bob.say(chat.draw("still"))
    alice.expect(line, why=fact("lost-after-client-left"))
    chat.settle(0.02)  # a second one is printed a moment later
    if alice.count(line) > 1:
        raise Failure(
            fact("shown-twice"),
            expected=fact("once", text=line),
            got=fact("times", count=alice.count(line)),
            evidence=[Evidence.SEEN],
            point=Point(Difference.DOUBLED, alice.name, line),
        )
