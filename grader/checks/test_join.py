"""Coming in: join notices and names."""

from grader.assignment import protocol
from grader.assignment.protocol import NAME_REQUEST, WELCOME, Framing
from grader.assignment.variants import TCP, UDP
from grader.chat.failure import Failure
from grader.chat.participants.client import Client
from grader.chat.world import Chat
from grader.language import _
from grader.result.verdict import Evidence


def test_join_notice(chat: Chat) -> None:
    """Everyone already there is told who has joined."""
    alice, bob = chat.join("alice", "bob")
    (carol,) = chat.join("carol")
    alice.expect(protocol.joined(bob.name), why=_("the first user was not told of the second"))
    for present in (alice, bob):
        why = _("{name} was not told of the third").format(name=present.name)
        present.expect(protocol.joined(carol.name), why=why)


def test_join_not_to_self(chat: Chat) -> None:
    """Newcomers are not told of their own joining."""
    alice, bob = chat.join("alice", "bob")
    chat.fence(bob)
    for newcomer in (alice, bob):
        newcomer.never_got(
            protocol.joined(newcomer.name),
            why=_("a newcomer is told of their own joining"),
            hint=_("send the join notice to everyone except the newcomer"),
        )


def test_empty_name(chat: Chat) -> None:
    """An empty name is answered with the name request again."""
    (alice,) = chat.join("alice")
    bob = chat.newcomer("bob")
    bob.connect()
    bob.await_name_request()
    step = {
        TCP: _("{name} answers with an empty line"),
        UDP: _("{name} sends an empty datagram"),
    }
    chat.transcript.step(step[chat.variant].format(name=bob.name))
    bob.send_bytes(chat.variant.framing.encode(""))
    _asked_again(chat, bob)
    chat.transcript.step(_("{name} gives a name").format(name=bob.name))
    bob.send(bob.name)
    bob.expect(WELCOME[0], why=_("a good name after an empty one is not accepted"))
    chat.deliver(bob).expect_everywhere(_("who gave an empty name first cannot talk"))
    if alice.inbox.framing is not Framing.RAW:  # there it could not be told from any other notice
        alice.never_got(protocol.joined(""), why=_("somebody joined with an empty name"))


def test_taken_name(chat: Chat) -> None:
    """A name that is taken is answered with the name request again."""
    alice, bob = chat.join("alice", "bob")
    carol = chat.newcomer("carol")
    carol.connect()
    carol.await_name_request()
    step = {
        TCP: _("carol answers with {name}, who is there already"),
        UDP: _("carol sends {name} as a name, who is there already"),
    }
    chat.transcript.step(step[chat.variant].format(name=bob.name))
    carol.send(bob.name)
    _asked_again(chat, carol)
    chat.transcript.step(_("carol gives the name {name}").format(name=carol.name))
    carol.send(carol.name)
    carol.expect(WELCOME[0], why=_("a free name after a taken one is not accepted"))
    chat.deliver(carol).expect_everywhere(_("who gave a taken name first cannot talk"))
    if alice.count(protocol.joined(bob.name)) > 1:
        raise Failure(
            _("a taken name was accepted a second time"),
            expected=_("{text} once").format(text=repr(protocol.joined(bob.name))),
            got=_("it came twice"),
            evidence=[Evidence.SEEN],
        )


def test_silent_newcomer(chat: Chat) -> None:
    """A newcomer who never gives a name keeps nobody else waiting."""
    alice, _bob = chat.join("alice", "bob")
    carol = chat.newcomer("carol")
    chat.transcript.step(_("carol connects and never answers the name request"))
    carol.connect()
    carol.await_name_request()
    dave = chat.newcomer("dave")
    chat.gone(carol)
    try:
        dave.join()
    except Failure as failure:
        failure.message = _("nobody can join while a newcomer is silent")
        failure.hint = _("ask for the name in the connection's own thread, not in the accept loop")
        raise
    chat.settle(0.004)
    chat.deliver(alice).expect_everywhere(_("a silent newcomer keeps a message back"))


def test_stranger(chat: Chat) -> None:
    """A datagram from a stranger is taken as a name, never passed on as a message."""
    alice, bob = chat.join("alice", "bob")
    mallory = chat.newcomer("carol")
    chat.gone(mallory)
    mallory.connect()
    forged = protocol.message(alice.name, chat.draw("forged"))
    chat.transcript.step(_("a stranger sends {text}").format(text=repr(forged)))
    mallory.send(forged)
    why = _("the first datagram of a stranger is not taken as a name")
    bob.expect(protocol.joined(forged), why=why)
    chat.fence(alice)
    bob.never_got(
        forged,
        why=_("what a stranger sends is passed on as a message"),
        hint=_("look the sender's address up among the users first"),
    )


def _asked_again(chat: Chat, newcomer: Client) -> None:
    asked = 2 if chat.variant.connected else 1
    inbox = newcomer.inbox
    deadline = chat.deadline()
    if not inbox.wait(lambda: inbox.count(NAME_REQUEST) >= asked, deadline):
        raise Failure(
            _("the name request does not come again"),
            expected=repr(NAME_REQUEST),
            got=", ".join(repr(m) for m in inbox.messages()[asked - 1 :][:3]) or _("nothing"),
            hint=_("ask in a loop until the name is neither empty nor taken"),
            evidence=[Evidence.END_OF_STREAM if inbox.ended else Evidence.QUIET],
        )
