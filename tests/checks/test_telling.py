"""What a failure says: each has a sentence, and both of its sides."""

from __future__ import annotations

import string
from collections.abc import Iterator

import pytest
from support.findings import CLIENT_FINDINGS, FINDINGS
from support.journals import DATAGRAMS, LINES
from support.stories import played

from grader.chat.failure import Failure
from grader.chat.journal import Manners
from grader.chat.model.finding import Finding, Kind
from grader.checks import telling
from grader.checks.ownership import STARS, check_of, client_check_of
from grader.checks.telling import GENERAL, INCOMPLETE, MESSAGES
from grader.fact import fact
from grader.reports.sentences import SENTENCES, say
from grader.result.verdict import Evidence

PAIRS = sorted(
    {(check_of(f), f.kind) for f in FINDINGS if check_of(f) not in {"starts", *STARS}}
    | {(client_check_of(f), f.kind) for f in CLIENT_FINDINGS}
)
TWO = "+ alice\n+ bob\n"
SAID = TWO + "alice says hi there\n"
NAMED = "alice names\nserver gets alice\nquiet\n"
ENDED = fact("program-ended", file="tcp_server.py", status=1)


def placeholders(code: str) -> set[str]:
    sentence = SENTENCES[code]
    assert isinstance(sentence, str)
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


@pytest.mark.parametrize(("check", "kind"), PAIRS)
def test_each_finding_of_a_check_has_a_sentence(check: str, kind: Kind) -> None:
    """Its own, or that of its kind."""
    assert MESSAGES.get((check, kind), MESSAGES.get(kind)) in SENTENCES


def test_no_message_is_for_a_finding_that_a_check_cannot_have() -> None:
    """A check and a kind that never come together need no words."""
    own = {key for key in MESSAGES if not isinstance(key, Kind)}
    assert own <= set(PAIRS)
    assert {key for key in MESSAGES if isinstance(key, Kind)} == set(Kind)


@pytest.mark.parametrize("code", sorted(set(MESSAGES.values()) | {telling.TOGETHER}))
def test_a_message_names_whom_its_sentence_names(code: str) -> None:
    """And nobody else."""
    assert placeholders(code) == (set() if code in GENERAL else {"name"})


def failures(steps: str, manners: Manners, *, client: bool) -> Iterator[tuple[Finding, Failure]]:
    story = played("client-talks" if client else "two", steps, manners, ENDED)
    for finding in story.shown.findings:
        check = client_check_of(finding) if client else check_of(finding)
        yield finding, telling.failure(check, finding, story)


SIDES = {
    Kind.MISSING: (SAID + "bob gets 1 2 3 4\nquiet", "'alice: hi there'", "'1 2 3 4'"),
    Kind.LATE: (
        SAID + "quiet\nbob gets alice: hi there",
        "'alice: hi there'",
        "'alice: hi there', long after it was due",
    ),
    Kind.DOUBLED: (
        TWO + "alice: hi there > bob bob", "'alice: hi there' exactly once", "bob got it 2 times"
    ),
    Kind.ALTERED: (
        SAID + "bob gets alice:hi there\nquiet", "'alice: hi there'", "'alice:hi there'"
    ),
    Kind.ECHOED: (
        TWO + "alice: hi there > bob alice",
        "nothing like 'alice: hi there' for alice",
        "'alice: hi there'",
    ),
    Kind.OWN_JOIN: (
        TWO + "bob gets bob joined!", "nothing like 'bob joined!' for bob", "'bob joined!'"
    ),
    Kind.EARLY: (
        TWO + "alice: hi there > bob\n+ carol\ncarol gets alice: hi there",
        "nothing like 'alice: hi there' for carol",
        "'alice: hi there'",
    ),
    Kind.AFTERWARDS: (
        TWO + "+ carol\n- alice > bob carol\nbob: hi there > carol alice",
        "nothing like 'bob: hi there' for alice",
        "'bob: hi there'",
    ),
    Kind.UNASKED: (
        TWO + "alice: hi there > bob\nbob gets 1 2 3\nquiet",
        "nothing for bob but what the protocol says",
        "'1 2 3'",
    ),
    Kind.UNTERMINATED: (
        SAID + "bob gets~ alice: hi there\nquiet",
        "a newline at the end of each message",
        "'alice: hi there' (without a newline)",
    ),
    Kind.NEWLINES: (
        SAID + "bob gets alice: hi there\nbob gets \nquiet",
        "one newline at the end of each message",
        "a newline too many, at 'alice: hi there'",
    ),
    Kind.REVERSED: (
        "bob enters\nbob gets name\nbob names\n"
        "bob gets To terminate the connection to the server, enter leave\n"
        "bob gets You are connected!\nquiet\nbob settles",
        "'You are connected!'",
        "'To terminate the connection to the server, enter leave'",
    ),
    Kind.CUT_OFF: (
        TWO + "bob ends closed\nquiet",
        "a connection that stays until bob leaves",
        "tcp_server.py ended with status 1",
    ),
    Kind.CRASHED: (
        TWO + "crashes",
        "a server that runs until it is stopped",
        "tcp_server.py ended with status 1",
    ),
    Kind.REFUSED: (
        "alice enters\nalice refused",
        "a server that accepts connections",
        "tcp_server.py ended with status 1",
    ),
    Kind.FLOODED: (
        TWO + "bob floods", "nothing for bob but what the protocol says", "messages without end"
    ),
}  # fmt: skip
CLIENTS_SIDES = {
    Kind.MISSING: (NAMED + "alice: hi >", "'alice: hi'", "nothing"),
    Kind.UNASKED: (NAMED + "server gets 1 2 3\nquiet", "only what the user has typed", "'1 2 3'"),
    Kind.EXITED: (
        NAMED + "alice says hi\nalice exits 1",
        "a client that runs until its user leaves or the server is gone",
        "tcp_server.py ended with status 1",
    ),
    Kind.STAYS: (
        NAMED + "alice leaves\nserver gets *alice left*\nquiet",
        "the process ends by itself, with status 0",
        "it still runs",
    ),
}


@pytest.mark.parametrize("kind", SIDES, ids=lambda kind: kind.value)
def test_both_sides_of_a_failure_of_a_server(kind: Kind) -> None:
    """What was to come, and what came instead, each in its own words."""
    steps, expected, got = SIDES[kind]
    told = {f.kind: failure for f, failure in failures(steps, LINES, client=False)}
    assert (say(told[kind].expected), say(told[kind].got)) == (expected, got)
    assert told[kind].wrong == (kind not in INCOMPLETE)


@pytest.mark.parametrize("kind", CLIENTS_SIDES, ids=lambda kind: kind.value)
def test_both_sides_of_a_failure_of_a_client(kind: Kind) -> None:
    """What was to be sent or done, and what was instead."""
    steps, expected, got = CLIENTS_SIDES[kind]
    told = {f.kind: failure for f, failure in failures(steps, LINES, client=True)}
    assert (say(told[kind].expected), say(told[kind].got)) == (expected, got)


def test_every_kind_has_its_sides() -> None:
    """None is forgotten above."""
    assert {*SIDES, *CLIENTS_SIDES} == set(Kind)


def test_a_screen_without_a_message_is_quoted() -> None:
    """Its last lines are what came instead."""
    steps = NAMED + "alice shows one\nalice shows two\nalice shows three\nalice shows four\nquiet\n"
    ((_, told),) = failures(steps + "alice tells bob hi 42\nquiet", LINES, client=True)
    assert say(told.message) == "the client does not print what arrives while it waits for typing"
    assert (say(told.expected), say(told.got)) == ("'bob: hi 42'", "'two', 'three', 'four'")


def test_several_messages_in_a_datagram_lack_no_newline() -> None:
    """Each of them is to have a datagram of its own."""
    steps = "+ alice\n+ bob\nalice says hi\nalice says yo\nbob gets alice: hialice: yo\nquiet"
    ((_, told),) = failures(steps, DATAGRAMS, client=False)
    assert say(told.message) == "bob gets several messages in one datagram"
    assert say(told.expected) == "each message in a datagram of its own"
    assert say(told.got) == "'alice: hialice: yo'"


@pytest.mark.parametrize(
    ("kind", "ended", "evidence"),
    [
        (Kind.MISSING, False, Evidence.QUIET),
        (Kind.MISSING, True, Evidence.END_OF_STREAM),
        (Kind.CRASHED, True, Evidence.END_OF_STREAM),
        (Kind.UNASKED, True, Evidence.SEEN),
    ],
)
def test_how_it_is_known(kind: Kind, ended: bool, evidence: Evidence) -> None:
    """By what came, by the end of the program, or by quiet."""
    steps, _, _ = SIDES[kind]
    story = played("two", steps, end=ENDED if ended else None)
    finding = next(f for f in story.shown.findings if f.kind is kind)
    assert telling.failure(check_of(finding), finding, story).evidence == (evidence,)


def test_the_steps_are_told_up_to_what_is_wrong() -> None:
    """And those behind it are not."""
    story = played("two", TWO + "alice: hi > bob alice\nbob: yo > alice\nbob: so > alice")
    (finding,) = story.shown.findings
    assert len(telling.up_to(story, finding)) == 3
    assert len(story.transcript) == 5


def test_all_steps_are_told_of_what_is_known_at_the_end() -> None:
    """Nothing is behind it."""
    story = played("two", TWO + "alice: hi > bob\nbob: yo >")
    (finding,) = story.shown.findings
    assert telling.up_to(story, finding) == story.transcript
