"""What all participants of a chat have in common, whoever they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from support import worlds
from support.somebody import Somebody

from grader.assignment.protocol import WELCOME
from grader.chat.failure import Failure
from grader.chat.participants.base import THEN_ENDED, Participant
from grader.chat.participants.tcp import TcpClient
from grader.chat.participants.terminal import Terminal
from grader.chat.world import Chat
from grader.fact import Fact, fact, quoted
from grader.result.check import Event, Point
from grader.result.verdict import Difference, EventKind, Evidence
from grader.sandbox.clock import Deadline

EVERYBODY = ("tcp", "udp", "tcp-terminal", "udp-terminal")


@pytest.fixture(params=worlds.NETWORKS)
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=EVERYBODY)
def world(request: pytest.FixtureRequest, tmp_path: Path, kind: str) -> Iterator[Chat]:
    """A chat in which carol is there already; ``who`` is to join."""
    variant, _, _ = request.param.partition("-")
    with worlds.world(tmp_path, variant, kind) as made:
        made.join("carol")
        yield made


@pytest.fixture
def carol(world: Chat) -> Participant:
    return world.participants[0]


@pytest.fixture
def alice(world: Chat, request: pytest.FixtureRequest) -> Participant:
    """The participant in question: a scripted client, or a student's client."""
    terminal = "terminal" in request.node.callspec.params["world"]
    return world.terminal("alice") if terminal else world.newcomer("alice")


@pytest.fixture
def joined(alice: Participant) -> Participant:
    """The participant in question, who has come in."""
    alice.join()
    alice.expect(WELCOME[1])
    return alice


def test_join_gives_the_name(alice: Participant, carol: Participant) -> None:
    """Who joins is known to the others by name."""
    alice.join()
    carol.expect(f"{alice.name} joined!")
    assert Evidence.SEEN in carol.evidence


def test_say_reaches_the_others(joined: Participant, carol: Participant) -> None:
    """What is said reaches the others with the name before it."""
    line = joined.say("good morning")
    carol.expect(line)
    assert line == f"{joined.name}: good morning"


def test_messages_arrive(joined: Participant, carol: Participant) -> None:
    """What others say arrives, and counts once."""
    line = carol.say("good morning")
    joined.expect(line)
    assert joined.has(line)
    assert joined.count(line) == 1


def test_steps_are_noted(joined: Participant) -> None:
    """What is said is a step of the transcript, unless it only serves as a fence."""
    before = len(steps(joined))
    joined.say("good morning")
    joined.say("the fence", fence=True)
    (step,) = steps(joined)[before:]
    code = "types" if isinstance(joined, Terminal) else "says"
    assert step.fact == fact(code, name=joined.name, text="good morning")


def steps(participant: Participant) -> list[Event]:
    return [e for e in participant.transcript.events() if e.kind is EventKind.STEP]


def test_leave_is_announced(joined: Participant, carol: Participant) -> None:
    """Who leaves says so, once."""
    joined.leave()
    carol.expect(joined.goodbye)
    assert carol.count(joined.goodbye) == 1


def test_vanish_says_nothing(
    joined: Participant, carol: Participant, request: pytest.FixtureRequest
) -> None:
    """Who vanishes sends nothing; over TCP the server notices it."""
    joined.vanish("fin")
    if request.node.callspec.params["world"].startswith("tcp"):
        carol.expect(joined.goodbye)
    events = joined.transcript.events()
    assert not [e for e in events if e.kind is EventKind.SENDS and "left*" in e.text]


def test_message_that_never_came(world: Chat, joined: Participant, carol: Participant) -> None:
    """What has not come by the fence has never come."""
    world.fence(carol)
    joined.never_got("mallory: hello")
    assert joined.watches
    assert Evidence.FENCED in joined.evidence


def test_message_that_came_all_the_same(joined: Participant, carol: Participant) -> None:
    """What should not have come is a failure that shows it."""
    line = carol.say("good morning")
    joined.expect(line)
    with pytest.raises(Failure) as caught:
        joined.never_got(line)
    failure, name = caught.value, joined.name
    assert failure.message == fact("message-unwanted", name=name)
    assert failure.expected == fact("nothing-like", text=line, name=name)
    assert failure.got == fact("text", text=line)
    assert failure.point == Point(Difference.UNWANTED, name, line)
    assert failure.evidence == (Evidence.SEEN,)


def test_close_twice(joined: Participant) -> None:
    """Whoever was closed can be closed again, and will not speak any more."""
    joined.close()
    joined.close()
    assert not isinstance(joined, Terminal) or not joined.process.alive


def test_goodbye() -> None:
    """The leave notice has the name between asterisks."""
    assert Somebody().goodbye == "*alice left*"


def test_expected_message_does_not_come() -> None:
    """A message that does not come is a failure with all that a student needs."""
    with pytest.raises(Failure) as caught:
        Somebody().expect("bob: hi", why=fact("not-delivered"))
    failure = caught.value
    assert failure.message == fact("not-delivered")
    assert (failure.expected, failure.got) == (fact("text", text="bob: hi"), fact("nothing"))
    assert failure.point == Point(Difference.MISSING, "alice", "bob: hi")


def test_failure_names_who_waited() -> None:
    """Without a reason of the check's own, it is said who did not get a message."""
    with pytest.raises(Failure) as caught:
        Somebody().expect("bob: hi")
    assert caught.value.message == fact("message-missing", name="alice")


@pytest.mark.parametrize(
    ("deadline", "evidence"),
    [
        (worlds.expired, Evidence.END_OF_STREAM),
        (lambda **_: worlds.Countdown(1), Evidence.QUIET),
    ],
)
def test_evidence_of_a_missing_message(
    deadline: Callable[..., Deadline], evidence: Evidence
) -> None:
    """It is told apart whether the submission ended or was silent."""
    with pytest.raises(Failure) as caught:
        Somebody(deadline=deadline).expect("bob: hi")
    assert caught.value.evidence == (evidence,)


@pytest.mark.parametrize(
    ("data", "got"),
    [
        (b"", fact("nothing")),
        (b"name\n", quoted("name")),
        (b"1\n2\n3\n4\n5\n", quoted("3", "4", "5")),
        (b"x\nbob: hi there\ny\nz\n1\n", quoted("bob: hi there")),
        (b"name\nbob", fact("texts-without-newline", texts=("name",), text="bob")),
        (b"name\nbob: hi", fact("without-newline", text="bob: hi")),
    ],
)
def test_what_came_instead(data: bytes, got: Fact) -> None:
    """The nearest message is shown, else the last three, and what has no newline."""
    somebody = Somebody()
    somebody.inbox.feed(data)
    assert somebody.got("bob: hi") == got


@pytest.mark.parametrize("how", THEN_ENDED)
def test_end_is_shown(how: str) -> None:
    """That the connection has ended is part of what came."""
    somebody = Somebody()
    somebody.inbox.end(how)
    assert somebody.got("bob: hi") == fact(f"then-{how}", came=fact("nothing"))


def test_last_look_finds_what_came_late() -> None:
    """What never was to come and came after the check is found."""
    somebody = Somebody()
    somebody.never_got("bob: hi")
    somebody.inbox.feed(b"bob: hi\n")
    with pytest.raises(Failure) as caught:
        somebody.look_again()
    assert caught.value.message == fact("message-late", name="alice")


def test_nobody_watches_without_a_reason() -> None:
    """Who was never told of anything that must not come has nothing to look at again."""
    somebody = Somebody()
    somebody.look_again()
    assert not somebody.watches


def test_scripted_clients_are_participants() -> None:
    """Checks need not know whom they deal with."""
    assert issubclass(TcpClient, Participant) and issubclass(Terminal, Participant)
