"""Many users, and many things at once."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from grader.assignment import protocol
from grader.assignment.protocol import Framing
from grader.chat.chats import TcpChat
from grader.chat.failure import Failure
from grader.chat.participants.base import Participant
from grader.chat.participants.client import Client
from grader.chat.participants.tcp import TcpClient
from grader.chat.world import Chat
from grader.fact import fact
from grader.result.verdict import Evidence

SLOW = 5.0  # seconds for one message to a hundred
HUNDRED, AT_A_TIME = 100, 10
CROWDED = 20.0  # seconds after which nobody else comes


def test_hundred(chat: Chat) -> None:
    """A hundred users talk to each other."""
    everyone = _a_hundred(chat)
    for sender in (everyone[0], everyone[len(everyone) // 2], everyone[-1]):
        started = time.monotonic()
        chat.deliver(sender).expect_everywhere(fact("hundred-not-reached"), exactly=True)
        if time.monotonic() - started > SLOW:
            return  # a server that takes its time has shown it


def _a_hundred(chat: Chat) -> Sequence[Client]:
    """A hundred users; fewer where each of them has to wait long for all who are there already."""
    everyone: list[Client] = []
    started = time.monotonic()
    while len(everyone) < HUNDRED and time.monotonic() - started < CROWDED:
        everyone += chat.join(*("user",) * AT_A_TIME)
    return everyone


def test_storm(chat: Chat) -> None:
    """Users join, leave and talk all at once: those who stay get every message exactly once."""
    chat.restless = True
    stable = chat.join("alice", "bob", "carol", "dave")
    sent: dict[str, list[str]] = {p.name: [] for p in stable}
    words = {p.name: [chat.draw("storm") for _word in range(800)] for p in stable}
    guests = [[chat.newcomer("guest") for _visit in range(5)] for _guest in range(6)]
    for guest in (g for visits in guests for g in visits):
        chat.gone(guest)
    over = threading.Event()
    # The server is to go through its users when one of them comes or goes. That many lines fit
    # into the smallest buffer that anybody has.
    burst = 15 if chat.dialect.server_framing is Framing.LINES else 1

    def talk(speaker: Client, listener: Client) -> None:
        mine = words[speaker.name]
        for start in range(0, len(mine), burst):
            if over.is_set() and start >= 2 * burst:
                return
            before = sent[speaker.name][-1:]
            sent[speaker.name] += _say_all(speaker, mine[start : start + burst])
            # In step with the server, but for one burst that keeps it going meanwhile: nobody is
            # flooded, and all talk until the visits end.
            for line in before:
                listener.expect(line, why=fact("storm-lost"))

    def visit(visits: list[Client], polite: bool) -> None:
        for guest in visits:
            guest.join()
            if polite and guest is visits[-1]:
                guest.leave()
            else:
                guest.vanish("reset")  # a thread that never rests after the end is for no-spin

    chat.transcript.step(fact("storm"))
    talks = [partial(talk, p, stable[n - 1]) for n, p in enumerate(stable)]
    every = 6 if chat.variant.connected else 2  # a UDP server cannot notice who vanishes
    visitors = [partial(visit, visits, n % every == 0) for n, visits in enumerate(guests)]
    _at_once(talks, visitors, over)
    for speaker in stable:
        chat.deliver(speaker).expect_everywhere(fact("storm-left-deaf"))
    for receiver in stable:
        for speaker in stable:
            if receiver is not speaker:
                _all_once(receiver, sent[speaker.name])
    chat.evidence.add(Evidence.FENCED)


def test_stalled_reader(chat: TcpChat) -> None:
    """A user who stops reading keeps nobody else waiting, and can still read it all later."""
    alice, bob, carol = chat.join("alice", "bob", "carol")
    ahead = bob.inbox.size - carol.inbox.size
    carol.stop_reading()
    chat.gone(carol)
    chat.transcript.step(fact("stops-reading", reader=carol.name, sender=alice.name))
    deadline = chat.deadline(cap=20.0)
    for _burst in range(10):
        # The others must be able to keep up: a server may drop a reader who cannot.
        texts = ["x" * 12_000 + chat.draw("line") for _line in range(50)]
        lines = [protocol.message(alice.name, text) for text in texts]
        data = Framing.LINES.encode(*lines)
        # In a thread: sending waits forever once the server stops reading.
        threading.Thread(target=alice.send_bytes, args=(data,), daemon=True).start()
        if not bob.inbox.wait(partial(bob.inbox.contains, lines[-1][-20:]), deadline):
            raise Failure(
                fact("held-up"),
                expected=fact("six-million-bytes"),
                got=fact("bytes-then-nothing", count=len(bob.inbox.text())),
                evidence=[bob.absence(deadline)],
            )
    _read_late(chat, carol, bob, ahead)
    carol.close()
    (dave,) = chat.join("dave")
    chat.deliver(dave).expect_everywhere(fact("lost-after-stalled"))


def _say_all(speaker: Client, words: list[str]) -> list[str]:
    """Say all these words; several in one segment."""
    if len(words) == 1:
        return [speaker.say(words[0], fence=True)]
    lines = [protocol.message(speaker.name, word) for word in words]
    speaker.send_bytes(Framing.LINES.encode(*lines), fence=True)
    return lines


def _read_late(chat: Chat, late: TcpClient, prompt: TcpClient, ahead: int) -> None:
    """Read at last: what the other one got comes, all of it once, or the connection ends.

    Before, the other one was so many bytes ahead.
    """
    chat.transcript.step(fact("reads-again", name=late.name))
    late.read_again()
    deadline = chat.deadline(cap=20.0)
    late.inbox.wait(lambda: late.inbox.size + ahead >= prompt.inbox.size, deadline)
    expected, came = _long_lines(prompt), _long_lines(late)
    lost = 0 if late.inbox.ended else (expected - came).total()
    doubled = (came - expected).total() - (1 if late.inbox.ended else 0)  # half a line may be left
    if lost > 0 or doubled > 0:
        raise Failure(
            fact("late-reader-loses"),
            expected=fact("each-once-or-end", count=expected.total()),
            got=fact("lost-and-doubled", lost=lost, doubled=doubled),
            evidence=[late.absence(deadline) if lost else Evidence.SEEN],
            wrong=doubled > 0,
        )


def _long_lines(reader: TcpClient) -> Counter[str]:
    """The long lines that somebody has got, cut at the newlines however the server frames."""
    return Counter(line for line in reader.inbox.text().split("\n") if "x" * 1000 in line)


def _at_once(
    talks: Sequence[Callable[[], None]],
    visits: Sequence[Callable[[], None]],
    over: threading.Event,
) -> None:
    """Run all in threads of their own; once the visits are over, tell the talks."""
    failures: list[BaseException] = []

    def guarded(action: Callable[[], None]) -> None:
        try:
            action()
        except BaseException as error:  # noqa: BLE001 (raised again in the check's thread)
            failures.append(error)

    talking, visiting = (
        [threading.Thread(target=guarded, args=(a,), daemon=True) for a in actions]
        for actions in (talks, visits)
    )
    for thread in (*talking, *visiting):
        thread.start()
    for thread in visiting:
        thread.join()
    over.set()
    for thread in talking:
        thread.join()
    if failures:
        raise failures[0]


def _all_once(receiver: Participant, lines: list[str]) -> None:
    counts = [receiver.count(line) for line in lines]
    if counts != [1] * len(lines):
        raise Failure(
            fact("not-each-once", name=receiver.name),
            expected=fact("each-once", count=len(lines)),
            got=fact("lost-and-doubled", lost=counts.count(0), doubled=sum(c > 1 for c in counts)),
            evidence=[Evidence.FENCED],
            wrong=max(counts) > 1,
        )
