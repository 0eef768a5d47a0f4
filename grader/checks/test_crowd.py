"""Many users, and much at once."""

import threading
from collections.abc import Callable, Sequence
from functools import partial

from grader.chat import Chat
from grader.failure import Failure
from grader.participants.base import Participant
from grader.participants.tcp import TcpClient
from grader.participants.udp import UdpClient
from grader.verdict import Evidence


def test_hundred(chat: Chat) -> None:
    """A hundred users talk to each other."""
    everyone = chat.join(*("user" for _ in range(100)))
    for sender in (everyone[0], everyone[50], everyone[-1]):
        chat.deliver(sender).expect_everywhere(
            "with a hundred users a message does not reach everyone", exactly=True
        )


def test_storm(chat: Chat) -> None:
    """Joins, leaves and messages all at once: nothing is lost or doubled for who stays."""
    stable = chat.join("alice", "bob", "carol", "dave")
    said: dict[str, list[str]] = {p.name: [] for p in stable}
    words = {p.name: [chat.draw("storm") for _ in range(400)] for p in stable}
    guests = [[chat.newcomer("guest") for _ in range(4)] for _ in range(4)]
    for guest in (g for visits in guests for g in visits):
        chat.gone(guest)
    over = threading.Event()

    def talk(speaker: Participant, listener: Participant) -> None:
        for word in words[speaker.name]:
            if over.is_set() and len(said[speaker.name]) >= 20:
                return
            line = speaker.say(word, fence=True)
            said[speaker.name].append(line)
            # In step with the server: nobody is flooded, and all talk until the visits end.
            listener.expect(line, why="in the storm a message is lost")

    def visit(visits: list[TcpClient | UdpClient]) -> None:
        for number, guest in enumerate(visits):
            guest.join()
            guest.leave() if number % 2 == 0 else guest.vanish()

    chat.transcript.step("four users talk all the time while others come and go")
    talks = [partial(talk, p, stable[n - 1]) for n, p in enumerate(stable)]
    _at_once(talks, [partial(visit, visits) for visits in guests], over)
    for speaker in stable:
        chat.deliver(speaker).expect_everywhere("after the storm a message does not arrive")
    for receiver in stable:
        for speaker in stable:
            if receiver is not speaker:
                _all_once(receiver, said[speaker.name])
    chat.evidence.add(Evidence.FENCED)


def test_stalled_reader(chat: Chat) -> None:
    """A user who never reads keeps nobody else waiting."""
    alice, bob, carol = chat.join("alice", "bob", "carol")
    assert isinstance(alice, TcpClient) and isinstance(carol, TcpClient)
    carol.stop_reading()
    chat.gone(carol)
    chat.transcript.step(f"{carol.name} stops reading; {alice.name} sends 6 million bytes")
    deadline = chat.deadline(cap=20.0)
    try:
        for _ in range(10):
            # The others must be able to keep up: a server may drop a reader who cannot.
            last = chat.draw("last")
            lines = [f"{alice.name}: {'x' * 12_000}{last if n == 49 else ''}" for n in range(50)]
            data = "".join(f"{line}\n" for line in lines).encode()
            # In a thread: sending waits for ever once the server reads no more.
            threading.Thread(target=alice.send_bytes, args=(data,), daemon=True).start()
            if not bob.inbox.wait(partial(bob.inbox.contains, last), deadline):
                raise Failure(
                    "one user who never reads holds up everybody",
                    expected="6 million bytes",
                    got=f"{len(bob.inbox.text())} bytes, then nothing more",
                    hint="sendall waits until the receiver reads: send without waiting, or "
                    "from a thread for each user, and never while holding the users' lock",
                    evidence=[bob.ending(deadline)],
                )
    finally:
        carol.close()
    (dave,) = chat.join("dave")
    chat.deliver(dave).expect_everywhere("after a user who never reads, a message is lost")


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
            f"{receiver.name} did not get every message exactly once",
            expected=f"{len(lines)} messages, each once",
            got=f"{counts.count(0)} lost, {sum(c > 1 for c in counts)} doubled",
            hint="guard the users by a lock, and do not change them while you go through them",
            evidence=[Evidence.FENCED],
        )
