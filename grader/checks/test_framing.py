"""TCP is a stream of bytes: where a message begins and ends is the program's business."""

from collections.abc import Sequence

from grader.assignment import protocol
from grader.assignment.protocol import NAME_REQUEST, Framing
from grader.chat.chats import TcpChat
from grader.chat.delivery import came_times
from grader.chat.failure import Failure
from grader.chat.participants.base import ENDING
from grader.chat.participants.tcp import TcpClient
from grader.chat.world import Chat
from grader.language import N_, _
from grader.result.verdict import Evidence

HINT = N_("collect what recv returns and cut it at the newlines: one recv is not one message")


def test_byte_by_byte(chat: TcpChat) -> None:
    """A message that arrives byte by byte comes out whole."""
    alice, bob, carol = _join_three(chat)
    line = protocol.message(alice.name, chat.draw("slow"))
    step = _("{name} sends {text} byte by byte")
    chat.transcript.step(step.format(name=alice.name, text=repr(line)))
    for number, byte in enumerate(Framing.LINES.encode(line)):
        alice.send_bytes(bytes([byte]))
        chat.settle(0.002)
        if number == len(alice.name) + 4:
            # A server that passes on the pieces mixes them with what others say.
            step = _("in the middle of it {name} says something")
            chat.transcript.step(step.format(name=bob.name))
            bob.say(chat.draw("between"), fence=True)
            chat.settle(0.004)
    why = _("a message sent byte by byte does not come out whole")
    carol.expect(line, why=why, hint=_(HINT))


def test_two_in_one(chat: TcpChat) -> None:
    """Two messages that arrive together come out as two."""
    alice, bob, carol = _join_three(chat)
    lines = [protocol.message(alice.name, chat.draw(word)) for word in ("first", "second")]
    step = _("{name} sends two messages in one segment")
    chat.transcript.step(step.format(name=alice.name))
    alice.send_bytes(Framing.LINES.encode(*lines))
    for line in lines:
        carol.expect(line, why=_("one of two messages in one segment is lost"), hint=_(HINT))
    last = protocol.message(bob.name, chat.draw("last"))
    step = _("{name} sends a message and the leave notice in one segment")
    chat.transcript.step(step.format(name=bob.name))
    bob.send_bytes(Framing.LINES.encode(last, bob.goodbye))
    chat.gone(bob)
    for line in (last, bob.goodbye):
        carol.expect(line, why=_("a message and a leave notice in one segment"), hint=_(HINT))
    bob.send_no_more()
    bob.read_to_end(chat.deadline(**ENDING))
    chat.fence(alice)
    if carol.count(bob.goodbye) != 1:
        raise Failure(
            _("a leave notice behind a message is not understood"),
            expected=_("{text} exactly once").format(text=repr(bob.goodbye)),
            got=came_times(carol.count(bob.goodbye)),
            hint=_(HINT),
            evidence=[Evidence.FENCED],
        )


def test_split_character(chat: TcpChat) -> None:
    """A character whose bytes arrive in two pieces comes out whole."""
    alice, bob, carol = _join_three(chat)
    for character in ("é", "€", "🙂"):
        line = protocol.message(alice.name, chat.draw("half") + character)
        data = Framing.LINES.encode(line)
        step = _("{name} sends {text}, cut in the middle of {character}").format(
            name=alice.name, text=repr(line), character=repr(character)
        )
        chat.transcript.step(step)
        alice.send_bytes(data[:-2])
        chat.settle(0.004)
        bob.say(chat.draw("between"), fence=True)
        chat.settle(0.004)
        alice.send_bytes(data[-2:])
        carol.expect(
            line,
            why=_("a character cut in two does not come out whole"),
            hint=_("decode whole lines, not the pieces that recv returns"),
        )


def test_long_message(chat: TcpChat) -> None:
    """A message longer than the buffer comes out whole."""
    alice, _bob, carol = _join_three(chat)
    text = chat.draw("long") + "x" * 40_000 + chat.draw("end")
    line = protocol.message(alice.name, text)
    step = _("{name} sends a message of {count} characters")
    chat.transcript.step(step.format(name=alice.name, count=len(line)))
    alice.send(line)
    if not carol.inbox.wait(lambda: carol.has(line), chat.deadline()):
        longest = max(map(len, carol.inbox.messages()), default=0)
        raise Failure(
            _("a message longer than the buffer does not come out whole"),
            expected=_("one message of {count} characters").format(count=len(line)),
            got=_("the longest message has {count} characters").format(count=longest),
            hint=_(HINT),
            evidence=[Evidence.QUIET],
        )
    carol.evidence.add(Evidence.SEEN)


def test_broken_text(chat: Chat) -> None:
    """Bytes that are not UTF-8 harm nobody."""
    alice, bob, carol = chat.join("alice", "bob", "carol")
    step = _("{name} sends bytes that are not UTF-8")
    chat.transcript.step(step.format(name=carol.name))
    line = protocol.message(carol.name, "\udcff\udcfe\udcc3 broken")
    carol.send_bytes(line.encode(errors="surrogateescape") + carol.inbox.framing.end)
    chat.settle(0.02)
    for sender in (alice, bob, carol):
        chat.deliver(sender).expect_everywhere(
            _("after bytes that are not UTF-8 a message does not arrive"),
            hint=_('decode with errors="replace", and do not let an exception end the server'),
        )


def _join_three(chat: TcpChat) -> Sequence[TcpClient]:
    """Three users of a server that frames its messages; one that does not fails here."""
    three = chat.join("alice", "bob", "carol")
    if chat.profile.server_framing is Framing.RAW:
        raise Failure(
            _("the server's messages have no end"),
            expected=repr(f"{NAME_REQUEST}\n"),
            got=repr(NAME_REQUEST),
            hint=_("every message is one line, ended by a newline"),
            evidence=[Evidence.SEEN],
        )
    return three
