"""Each finding belongs to exactly one check, which looks where it can be found."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from support.findings import CLIENT_FINDINGS, FINDINGS, SERVERS_MATTERS
from support.journals import journal

from grader.assignment import rubric
from grader.chat.journal import Act
from grader.chat.model import client
from grader.chat.model.finding import Finding, Kind
from grader.chat.model.findings import Occasion, shown
from grader.chat.model.owed import Matter, Situation
from grader.checks import ownership
from grader.checks.client_stories import CLIENT_STORIES
from grader.checks.ownership import CLIENT_FEEDS, FEEDS, STARS, check_of, client_check_of
from grader.checks.stories import OF_TWO, STORIES


def test_every_kind_is_among_them() -> None:
    """No kind of finding is forgotten here."""
    assert {f.kind for f in (*FINDINGS, *CLIENT_FINDINGS)} == set(Kind)


@pytest.mark.parametrize("for_two", [False, True])
def test_each_finding_of_a_server_has_an_owner(for_two: bool) -> None:
    """It is a check that plays stories, the one that starts the server, or a star."""
    owners = {check_of(finding, for_two=for_two) for finding in FINDINGS}
    assert owners <= {"starts", *FEEDS, *STARS}
    assert owners <= {row.name for row in rubric.RUBRIC}


def test_each_check_of_a_server_owns_something() -> None:
    """A check that nothing can fail would be no check."""
    assert {check_of(finding) for finding in FINDINGS} >= {*FEEDS, *STARS}


def test_each_finding_of_a_client_has_an_owner() -> None:
    """It is a check that plays stories; and each of these owns something."""
    assert {client_check_of(finding) for finding in CLIENT_FINDINGS} == {*CLIENT_FEEDS}


def test_checks_and_stories_are_there() -> None:
    """What the tables name is in the rubric, and among the stories; each story feeds a check."""
    rows = {row.name: row for row in rubric.RUBRIC}
    assert all(not rows[check].star for check in (*FEEDS, *CLIENT_FEEDS))
    assert {name for fed in FEEDS.values() for name in fed} == {*STORIES}
    assert {name for fed in CLIENT_FEEDS.values() for name in fed} == {*CLIENT_STORIES}
    assert {*STORIES} >= OF_TWO
    assert all(set(fed) & OF_TWO for check, fed in FEEDS.items() if check != "many-users")


# What each story has first: faults of it are in no story before.
NEW = {
    "two": (
        "handshake", "join-notice", "join-not-to-self", "two-users", "sender-excluded"
    ),
    "texts": ("two-users",),
    "many": ("many-users", "join-notice", "join-not-to-self", "handshake"),
    "leave-two": ("leave-notice", "survives-leave", "handshake", "sender-excluded"),
    "leave": ("leave-notice", "survives-leave", "sender-excluded"),
    "vanish-two": ("survives-vanish", "handshake"),
    "vanish": ("survives-vanish",),
}  # fmt: skip


@pytest.mark.parametrize("story", STORIES)
def test_the_owner_looks_where_a_fault_can_first_be_seen(story: str) -> None:
    """A fault that only one story can show is not lost between two checks."""
    assert all(story in FEEDS[check] for check in NEW[story])


TWO = "+ alice\n+ bob\n"
THREE = TWO + "+ carol\n"
CAROL = "carol enters\ncarol gets name\ncarol names\n"
GREETED = (
    "carol gets You are connected!\n"
    "carol gets To terminate the connection to the server, enter leave\n"
)
IN = "alice gets carol joined!\nbob gets carol joined!\n"
OWNERS = {
    "a request is missing": ("alice enters\nquiet", "handshake"),
    "a welcome is missing": (TWO + CAROL + IN + "quiet\ncarol settles", "handshake"),
    "a line to a newcomer": (TWO + CAROL + GREETED + IN + "carol gets 3 here\nquiet", "handshake"),
    "history": (TWO + "alice: hi > bob\n+ carol\ncarol gets alice: hi", "handshake"),
    "a newline is missing": (TWO + "alice says hi\nbob gets~ alice: hi\nquiet", "handshake"),
    "a newline too many": (TWO + "alice: hi > bob\nbob gets \nquiet", "handshake"),
    "a newline of a leave notice is missing": (
        TWO + "alice leaves\nbob gets~ *alice left*\nquiet", "handshake"
    ),
    "a join notice is missing": (
        TWO + CAROL + GREETED + IN.replace("bob gets carol joined!\n", "") + "quiet\ncarol settles",
        "join-notice",
    ),
    "a line to others when somebody joins": (
        TWO + CAROL + GREETED + IN + "bob gets 3 here\nquiet\ncarol settles", "join-notice"
    ),
    "an own join notice": (TWO + "bob gets bob joined!", "join-not-to-self"),
    "lost among two": (TWO + "alice: hi >", "two-users"),
    "doubled among two": (TWO + "alice: hi > bob bob", "two-users"),
    "altered among two": (TWO + "alice says hi there\nbob gets alice:hi there\nquiet", "two-users"),
    "a line among two": (TWO + "alice: hi > bob\nalice gets OK\nquiet", "two-users"),
    "lost among three": (THREE + "alice: hi > bob", "many-users"),
    "a line among three": (THREE + "alice: hi > bob carol\nalice gets OK\nquiet", "many-users"),
    "an echo": (TWO + "alice: hi > bob alice", "sender-excluded"),
    "an echo among three, after a leave": (
        THREE + "- carol > alice bob\nalice: hi > bob alice", "sender-excluded"
    ),
    "an own goodbye": (
        TWO + "alice leaves\nbob gets *alice left*\nalice gets *alice left*\nquiet",
        "sender-excluded",
    ),
    "a leave notice is missing": (TWO + "- alice >", "leave-notice"),
    "a leave notice comes twice": (TWO + "- alice > bob bob", "leave-notice"),
    "a line when somebody leaves": (TWO + "- alice > bob\nbob gets 1 here\nquiet", "leave-notice"),
    "lost after a leave": (THREE + "- alice > bob carol\nbob: hi >", "survives-leave"),
    "sent to who has left": (
        THREE + "- alice > bob carol\nbob: hi > carol alice", "survives-leave"
    ),
    "cut off after a leave": (THREE + "- alice > bob carol\nbob ends closed", "survives-leave"),
    "nobody is asked after a leave": (TWO + "- alice > bob\ncarol enters\nquiet", "survives-leave"),
    "nobody can connect after a leave": (
        TWO + "- alice > bob\ncarol enters\ncarol refused", "survives-leave"
    ),
    "a crash when somebody leaves": (TWO + "alice leaves\ncrashes", "survives-leave"),
    "a flood when somebody leaves": (TWO + "- alice > bob\nbob floods\nquiet", "survives-leave"),
    "lost after a vanishing": (THREE + "! alice fin > bob carol\nbob: hi >", "survives-vanish"),
    "a crash when somebody vanishes": (TWO + "alice vanishes reset\ncrashes", "survives-vanish"),
    "nobody is asked after a vanishing": (
        TWO + "! alice fin > bob\ncarol enters\nquiet", "survives-vanish"
    ),
    "a greeting comes again after a vanishing": (
        THREE + "! alice fin > bob carol\nbob: hi > carol\nbob gets You are connected!\nquiet",
        "survives-vanish",
    ),
    "a greeting comes again when somebody talks": (
        TWO + "alice: hi > bob\nalice gets You are connected!\nquiet", "two-users"
    ),
    "a greeting comes twice": (
        TWO + CAROL + GREETED + IN + "carol gets You are connected!\nquiet\ncarol settles",
        "handshake",
    ),
    "a vanishing is not told": (TWO + "! alice fin >", "vanish-once"),
    "a vanishing is told twice": (TWO + "! alice fin > bob bob", "vanish-once"),
    "a crash before anybody comes": ("crashes", "starts"),
    "the first one cannot connect": ("alice enters\nalice refused", "starts"),
    "a crash when the first one comes": ("alice enters\nalice gets name\ncrashes", "handshake"),
    "a crash when the third one comes": (TWO + CAROL + "crashes", "join-notice"),
    "a crash when somebody talks": (TWO + "alice says hi\ncrashes", "two-users"),
}  # fmt: skip


def owners_of(steps: str, *, for_two: bool = False) -> set[str]:
    return {check_of(finding, for_two=for_two) for finding in shown(journal(steps)).findings}


@pytest.mark.parametrize(("steps", "owner"), OWNERS.values(), ids=OWNERS)
def test_the_owner_of_a_fault(steps: str, owner: str) -> None:
    """One fault costs one check: this one."""
    assert owners_of(steps) == {owner}


FOR_TWO = {
    "no third one is asked": (TWO + "carol enters\nquiet", {"many-users"}),
    "a third one is cut off": (TWO + CAROL + "carol ends closed\nquiet", {"many-users"}),
    "a third one cannot connect": (TWO + "carol enters\ncarol refused", {"many-users"}),
    "no second one is asked": ("+ alice\nbob enters\nquiet", {"handshake"}),
    "a seat stays taken after a leave": (
        TWO + "- alice > bob\ncarol enters\nquiet", {"many-users"}
    ),
    "a message is lost among two": (TWO + "alice: hi >", {"two-users"}),
    "who stays is cut off after a leave": (
        TWO + "- alice > bob\nbob ends closed", {"survives-leave"}
    ),
}  # fmt: skip


@pytest.mark.parametrize(("steps", "owners"), FOR_TWO.values(), ids=FOR_TWO)
def test_in_a_chat_for_two_a_third_one_is_many(steps: str, owners: set[str]) -> None:
    """What goes wrong with a third one is no other check's; all else is judged as ever."""
    assert owners_of(steps, for_two=True) == owners


OCCASIONS = [
    *(Occasion(m, s) for m, s in itertools.product(SERVERS_MATTERS, Situation)),
    Occasion(Matter.LEAVE, Situation.TWO, said=False),
]


def of(check: str) -> Iterator[tuple[Matter, Situation, bool]]:
    for occasion in ownership.occasions(check, frozenset(OCCASIONS)):
        yield occasion.matter, occasion.situation, occasion.said


@pytest.mark.parametrize("check", FEEDS)
def test_each_check_has_its_occasions(check: str) -> None:
    """What a check looks for in an occasion is what it owns when that goes wrong."""
    found = set(of(check))
    assert found
    for matter, situation, said in found:
        lost = Finding(
            Kind.MISSING, "bob", 9, situation, matter, "alice", said=said, act=Act.SAYS, present=2
        )
        after = situation in (Situation.AFTER_LEAVE, Situation.AFTER_VANISH)
        if check not in ("join-not-to-self", "sender-excluded") and not after:
            assert check_of(lost) == check


def test_a_leave_that_nobody_said_is_no_occasion_for_its_notice() -> None:
    """It is one for the star."""
    assert all(said for _matter, _situation, said in of("leave-notice"))


@pytest.mark.parametrize(
    ("check", "matter"),
    [
        ("client-name", Matter.NAME),
        ("client-shows", Matter.JOIN),
        ("client-sends", Matter.TEXT),
        ("client-leaves", Matter.LEAVE),
    ],
)
def test_each_check_of_the_client_has_its_occasion(check: str, matter: Matter) -> None:
    """A client that did all of it gives one to each check, and one that came nowhere to none."""
    steps = (
        "alice names\nserver gets alice\nquiet\nalice tells bob hi 42\nalice shows bob: hi 42\n"
        "quiet\nalice: hi > server\nalice leaves\nserver gets *alice left*\nalice exits 0\nquiet"
    )
    due = client.shown(journal(steps)).due
    assert [o.matter for o in ownership.client_occasions(check, due)] == [matter]
    assert not ownership.client_occasions(check, client.shown(journal("quiet")).due)
