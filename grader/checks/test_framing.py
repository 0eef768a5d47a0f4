"""TCP is a stream of bytes: where a message begins and ends is the program's business."""

from collections.abc import Sequence

from grader.assignment import protocol
from grader.assignment.protocol import NAME_REQUEST, Framing
from grader.chat.chats import TcpChat
from grader.chat.delivery import came_times
from grader.chat.failure import Failure
from grader.chat.participants.base import CLOSING
from grader.chat.participants.tcp import TcpClient
from grader.chat.world import Chat
from grader.fact import fact, quoted
from grader.result.verdict import Evidence

A_BYTE = 0.05  # seconds: a server that never rests has had the byte by then


def test_byte_by_byte(chat: TcpChat) -> None:
    """A message that arrives byte by byte reaches the others whole."""
    alice, bob, carol = _join_three(chat)
    line = protocol.message(alice.name, chat.draw("slow"))
    chat.transcript.step(fact("sends-byte-by-byte", name=alice.name, text=line))
    for number, byte in enumerate(Framing.LINES.encode(line)):
        alice.send_bytes(bytes([byte]))
        chat.settle(0.002, cap=A_BYTE)
        if number == len(alice.name) + 4:
            # A server that passes on the pieces mixes them with what others say.
            chat.transcript.step(fact("says-meanwhile", name=bob.name))
            bob.say(chat.draw("between"), fence=True)
            chat.settle(0.004)
    why = fact("bytes-not-joined")
    carol.expect(line, why=why)


def test_two_in_one(chat: TcpChat) -> None:
    """Two messages that arrive together reach the others as two messages."""
    alice, bob, carol = _join_three(chat)
    lines = [protocol.message(alice.name, chat.draw(word)) for word in ("first", "second")]
    chat.transcript.step(fact("sends-two-in-one", name=alice.name))
    alice.send_bytes(Framing.LINES.encode(*lines))
    for line in lines:
        carol.expect(line, why=fact("one-of-two-lost"))
    came = [message for message in carol.inbox.messages() if message in lines]
    if came != lines:
        raise Failure(
            fact("two-in-one-reversed"),
            expected=quoted(*lines),
            got=quoted(*came),
            evidence=[Evidence.SEEN],
            wrong=True,
        )
    last = protocol.message(bob.name, chat.draw("last"))
    chat.transcript.step(fact("sends-goodbye-in-one", name=bob.name))
    bob.send_bytes(Framing.LINES.encode(last, bob.goodbye))
    chat.gone(bob)
    for line in (last, bob.goodbye):
        carol.expect(line, why=fact("goodbye-in-one-lost"))
    bob.send_no_more()
    bob.read_to_end(chat.deadline(**CLOSING))
    chat.fence(alice)
    if carol.count(bob.goodbye) != 1:
        raise Failure(
            fact("goodbye-not-understood"),
            expected=fact("exactly-once", text=bob.goodbye),
            got=came_times(carol.count(bob.goodbye)),
            evidence=[Evidence.FENCED],
            wrong=carol.has(bob.goodbye),
        )


def test_split_character(chat: TcpChat) -> None:
    """A character whose bytes arrive in two pieces reaches the others whole."""
    alice, bob, carol = _join_three(chat)
    for character in ("é", "€", "🙂"):
        line = protocol.message(alice.name, chat.draw("half") + character)
        data = Framing.LINES.encode(line)
        step = fact("sends-split", name=alice.name, text=line, character=character)
        chat.transcript.step(step)
        alice.send_bytes(data[:-2])
        chat.settle(0.004)
        bob.say(chat.draw("between"), fence=True)
        chat.settle(0.004)
        alice.send_bytes(data[-2:])
        carol.expect(
            line,
            why=fact("character-broken"),
        )


def test_long_message(chat: TcpChat) -> None:
    """A message longer than the buffer reaches the others whole."""
    alice, _bob, carol = _join_three(chat)
    text = chat.draw("long") + "x" * 40_000 + chat.draw("end")
    line = protocol.message(alice.name, text)
    chat.transcript.step(fact("sends-long", name=alice.name, count=len(line)))
    alice.send(line)
    if not carol.inbox.wait(lambda: carol.has(line), chat.deadline()):
        longest = max(map(len, carol.inbox.messages()), default=0)
        raise Failure(
            fact("long-message-cut"),
            expected=fact("one-long-message", count=len(line)),
            got=fact("longest-message", count=longest),
            evidence=[Evidence.QUIET],
        )
    carol.evidence.add(Evidence.SEEN)


def test_broken_text(chat: Chat) -> None:
    """Bytes that are not UTF-8 harm nobody."""
    alice, bob, carol = chat.join("alice", "bob", "carol")
    chat.transcript.step(fact("sends-broken", name=carol.name))
    line = protocol.message(carol.name, "\udcff\udcfe\udcc3 broken")
    carol.send_bytes(line.encode(errors="surrogateescape") + carol.inbox.framing.end)
    chat.settle(0.02)
    for sender in (alice, bob, carol):
        chat.deliver(sender).expect_everywhere(
            fact("lost-after-broken"),
        )


def _join_three(chat: TcpChat) -> Sequence[TcpClient]:
    """Three users of a server that frames its messages; one that does not fails here."""
    three = chat.join("alice", "bob", "carol")
    if chat.dialect.server_framing is Framing.RAW:
        raise Failure(
            fact("no-frames"),
            expected=fact("text", text=f"{NAME_REQUEST}\n"),
            got=fact("text", text=NAME_REQUEST),
            evidence=[Evidence.SEEN],
            wrong=True,
        )
    return three
