"""Many users, and much at once."""

import threading
from collections.abc import Callable

from grader.chat import Chat
from grader.failure import Failure
from grader.participants.base import Participant
from grader.participants.tcp import TcpClient
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
    guests = [chat.newcomer("guest") for _ in range(8)]
    for guest in guests:
        chat.gone(guest)

    def talk(speaker: Participant) -> Callable[[], None]:
        words = [chat.draw("storm") for _ in range(20)]

        def run() -> None:
            for word in words:
                said[speaker.name].append(speaker.say(word, fence=True))

        return run

    def visit(guest: Participant, politely: bool) -> Callable[[], None]:
        def run() -> None:
            guest.join()
            guest.leave() if politely else guest.vanish()

        return run

    chat.transcript.step("four users send 20 messages each while eight others come and go")
    _at_once(
        *(talk(p) for p in stable),
        *(visit(guest, number % 2 == 0) for number, guest in enumerate(guests)),
    )
    for speaker in stable:
        chat.fence(speaker)
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
    try:
        for _ in range(10):
            # The others must be able to keep up: a server may drop a reader who cannot.
            lines = [f"{alice.name}: {chat.draw('much')}{'x' * 12_000}" for _ in range(50)]
            data = "".join(f"{line}\n" for line in lines).encode()
            # In a thread: sending waits for ever once the server reads no more.
            threading.Thread(target=alice.send_bytes, args=(data,), daemon=True).start()
            bob.expect(
                lines[-1],
                why="one user who never reads holds up everybody",
                hint="sendall waits until the receiver reads: send without waiting, or from "
                "a thread for each user, and never while holding the lock of the users",
            )
    except Failure as failure:
        failure.expected = "all of 500 long messages"
        failure.got = f"{len(bob.inbox.messages())} messages, then nothing more"
        raise
    finally:
        carol.close()
    (dave,) = chat.join("dave")
    chat.deliver(dave).expect_everywhere("after a user who never reads, a message is lost")


def _at_once(*actions: Callable[[], None]) -> None:
    """Run all actions in threads of their own, and wait for them."""
    failures: list[BaseException] = []

    def guarded(action: Callable[[], None]) -> None:
        try:
            action()
        except BaseException as error:  # noqa: BLE001 (raised again in the check's thread)
            failures.append(error)

    threads = [threading.Thread(target=guarded, args=(a,), daemon=True) for a in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
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
