"""Joining: join notices and names."""

from grader.assignment import protocol
from grader.assignment.protocol import NAME_REQUEST, WELCOME, Framing
from grader.assignment.variants import TCP, UDP
from grader.chat.failure import Failure
from grader.chat.participants.base import THEN_ENDED
from grader.chat.participants.client import Client
from grader.chat.world import Chat
from grader.checks.judging import judge
from grader.fact import fact, quoted
from grader.grading.pytest_plugin.playing import Journals
from grader.result.verdict import Evidence


def test_join_notice(journals: Journals) -> None:
    """The server tells everyone already in the chat who joined."""
    judge(journals, "join-notice")


def test_join_not_to_self(journals: Journals) -> None:
    """Newcomers do not get their own join notice."""
    judge(journals, "join-not-to-self")


def test_empty_name(chat: Chat) -> None:
    """The server answers an empty name with the name request again."""
    (alice,) = chat.join("alice")
    bob = _comes(chat, "bob")
    step = {
        TCP: fact("answers-with-empty-line", name=bob.name),
        UDP: fact("sends-empty-datagram", name=bob.name),
    }
    chat.transcript.step(step[chat.variant])
    bob.send_bytes(chat.variant.framing.encode(""))
    _asked_again(chat, bob)
    chat.transcript.step(fact("gives-name", name=bob.name))
    bob.send(bob.name)
    bob.expect(WELCOME[0], why=fact("refused-after-empty-name"))
    chat.deliver(bob).expect_everywhere(fact("mute-after-empty-name"))
    if alice.inbox.framing is not Framing.RAW:  # there it would look like any other notice
        alice.never_got(protocol.joined(""), why=fact("joined-with-empty-name"))


def test_taken_name(chat: Chat) -> None:
    """The server answers a taken name with the name request again."""
    alice, bob = chat.join("alice", "bob")
    carol = _comes(chat, "carol")
    step = {
        TCP: fact("answers-with-taken-name", who=carol.name, name=bob.name),
        UDP: fact("sends-taken-name", who=carol.name, name=bob.name),
    }
    chat.transcript.step(step[chat.variant])
    carol.send(bob.name)
    _asked_again(chat, carol)
    chat.transcript.step(fact("gives-name", name=carol.name))
    carol.send(carol.name)
    carol.expect(WELCOME[0], why=fact("refused-after-taken-name"))
    chat.deliver(carol).expect_everywhere(fact("mute-after-taken-name"))
    dave = chat.newcomer(name=bob.name[:-1])
    try:
        chat.let_in(dave)
    except Failure as failure:
        failure.message = fact("name-too-near")
        raise
    if alice.count(protocol.joined(bob.name)) > 1:
        raise Failure(
            fact("taken-name-accepted"),
            expected=fact("once", text=protocol.joined(bob.name)),
            got=fact("came-twice"),
            evidence=[Evidence.SEEN],
            wrong=True,
        )


def test_silent_newcomer(chat: Chat) -> None:
    """A newcomer who never gives a name keeps nobody else waiting."""
    alice, _bob = chat.join("alice", "bob")
    carol = chat.newcomer("carol")
    chat.transcript.step(fact("connects-and-is-silent", who=carol.name))
    carol.connect()
    carol.await_name_request()
    dave = chat.newcomer("dave")
    chat.gone(carol)
    try:
        dave.join()
    except Failure as failure:
        failure.message = fact("silence-keeps-out")
        raise
    chat.settle(0.004)
    chat.deliver(alice).expect_everywhere(fact("silence-keeps-back"))


def test_stranger(chat: Chat) -> None:
    """The server takes a stranger's datagram as a name and never passes it on as a message."""
    alice, bob = chat.join("alice", "bob")
    mallory = chat.newcomer("carol")
    chat.gone(mallory)
    mallory.connect()
    forged = protocol.message(alice.name, chat.draw("forged"))
    chat.transcript.step(fact("stranger-sends", text=forged))
    mallory.send(forged)
    why = fact("stranger-not-a-name")
    bob.expect(protocol.joined(forged), why=why)
    chat.fence(alice)
    bob.never_got(
        forged,
        why=fact("stranger-passed-on"),
    )


def _comes(chat: Chat, who: str) -> Client:
    newcomer = chat.newcomer(who)
    if chat.variant.connected:
        chat.transcript.step(fact("connects", name=newcomer.name))
    newcomer.connect()
    newcomer.await_name_request()
    return newcomer


def _asked_again(chat: Chat, newcomer: Client) -> None:
    asked = 2 if chat.variant.connected else 1
    inbox = newcomer.inbox
    deadline = chat.deadline()
    if not inbox.wait(lambda: inbox.count(NAME_REQUEST) >= asked, deadline):
        came = quoted(*inbox.messages()[asked - 1 :][:3])
        raise Failure(
            fact("not-asked-again"),
            expected=fact("text", text=NAME_REQUEST),
            got=fact(THEN_ENDED[inbox.ended], came=came) if inbox.ended else came,
            evidence=[Evidence.END_OF_STREAM if inbox.ended else Evidence.QUIET],
        )
