"""Coming in: join notices and names."""

from grader.chat import Chat
from grader.failure import Failure
from grader.participants.tcp import TcpClient
from grader.protocol import WELCOME
from grader.verdict import Evidence


def test_join_notice(chat: Chat) -> None:
    """Everyone already there is told who has joined."""
    alice, bob = chat.join("alice", "bob")
    (carol,) = chat.join("carol")
    alice.expect(f"{bob.name} joined!", why="the first user was not told of the second")
    for present in (alice, bob):
        present.expect(f"{carol.name} joined!", why=f"{present.name} was not told of the third")


def test_join_not_to_self(chat: Chat) -> None:
    """Newcomers are not told of their own joining."""
    alice, bob = chat.join("alice", "bob")
    chat.fence(bob)
    for newcomer in (alice, bob):
        newcomer.never_got(
            f"{newcomer.name} joined!",
            why="a newcomer is told of their own joining",
            hint="send the join notice to everyone except the newcomer",
        )


def test_empty_name(chat: Chat) -> None:
    """An empty name is answered with the name request again."""
    (alice,) = chat.join("alice")
    bob = chat.newcomer("bob")
    if isinstance(bob, TcpClient):
        bob.connect()
        bob.await_name_request()
        chat.transcript.step(f"{bob.name} answers with an empty line")
        bob.send_bytes(b"\n")
    else:
        bob.open()
        chat.transcript.step(f"{bob.name} sends an empty datagram")
        bob.send("")
    _asked_again(chat, bob)
    chat.transcript.step(f"{bob.name} gives a name")
    bob.send(bob.name)
    bob.expect(WELCOME[0], why="a good name after an empty one is not accepted")
    chat.deliver(bob).expect_everywhere("who gave an empty name first cannot talk")
    if alice.inbox.framing != "raw":  # there it could not be told from any other notice
        alice.never_got(" joined!", why="somebody joined with an empty name")


def test_taken_name(chat: Chat) -> None:
    """A name that is taken is answered with the name request again."""
    alice, bob = chat.join("alice", "bob")
    carol = chat.newcomer("carol")
    if isinstance(carol, TcpClient):
        carol.connect()
        carol.await_name_request()
        chat.transcript.step(f"carol answers with {bob.name}, who is there already")
    else:
        carol.open()
        chat.transcript.step(f"carol sends {bob.name} as a name, who is there already")
    carol.send(bob.name)
    _asked_again(chat, carol)
    chat.transcript.step(f"carol gives the name {carol.name}")
    carol.send(carol.name)
    carol.expect(WELCOME[0], why="a free name after a taken one is not accepted")
    chat.deliver(carol).expect_everywhere("who gave a taken name first cannot talk")
    if alice.count(f"{bob.name} joined!") > 1:
        raise Failure(
            "a taken name was accepted a second time",
            expected=f"'{bob.name} joined!' once",
            got="it came twice",
            evidence=[Evidence.SEEN],
        )


def test_silent_newcomer(chat: Chat) -> None:
    """A newcomer who never gives a name keeps nobody else waiting."""
    alice, _bob = chat.join("alice", "bob")
    carol = chat.newcomer("carol")
    assert isinstance(carol, TcpClient)
    chat.transcript.step("carol connects and never answers the name request")
    carol.connect()
    carol.await_name_request()
    dave = chat.newcomer("dave")
    chat.gone(carol)
    try:
        dave.join()
    except Failure as failure:
        failure.message = "nobody can join while a newcomer is silent"
        failure.hint = "ask for the name in the connection's own thread, not in the accept loop"
        raise
    chat.settle(0.004)
    chat.deliver(alice).expect_everywhere("a silent newcomer keeps a message back")


def test_stranger(chat: Chat) -> None:
    """A datagram from a stranger is taken as a name, never passed on as a message."""
    alice, bob = chat.join("alice", "bob")
    mallory = chat.newcomer("carol")
    chat.gone(mallory)
    mallory.open()  # type: ignore[union-attr]
    forged = f"{alice.name}: {chat.draw('forged')}"
    chat.transcript.step(f"a stranger sends {forged!r}")
    mallory.send(forged)
    bob.expect(f"{forged} joined!", why="the first datagram of a stranger is not taken as a name")
    chat.fence(alice)
    bob.never_got(
        forged,
        why="what a stranger sends is passed on as a message",
        hint="look the sender's address up among the users first",
    )


def _asked_again(chat: Chat, newcomer: object) -> None:
    asked = 2 if isinstance(newcomer, TcpClient) else 1
    inbox = newcomer.inbox  # type: ignore[attr-defined]
    deadline = chat.deadline()
    if not inbox.wait(lambda: inbox.count("name") >= asked, deadline):
        raise Failure(
            "the name request does not come again",
            expected=repr("name"),
            got=", ".join(repr(m) for m in inbox.messages()[asked - 1 :][:3]) or "nothing",
            hint="ask in a loop until the name is neither empty nor taken",
            evidence=[Evidence.END_OF_STREAM if inbox.ended else Evidence.QUIET],
        )
