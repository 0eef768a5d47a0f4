"""Whatever goes wrong, in whatever story, costs one check that looks there, and only one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from support.findings import CLIENT_FINDINGS, FINDINGS
from support.stories import played

from grader.chat.model.finding import Finding, Kind
from grader.chat.model.findings import Shown
from grader.chat.model.owed import Matter, Situation
from grader.chat.played import Played
from grader.checks.judging import APART
from grader.checks.ownership import (
    CLIENT_FEEDS,
    CLIENT_HOSTS,
    FEEDS,
    HOSTS,
    check_of,
    client_check_of,
)
from grader.checks.paying import Payers

EMPTY = {name: played(name, "") for name in (*HOSTS, *CLIENT_HOSTS)}
LOST = Finding(Kind.MISSING, "bob", 9, Situation.TWO, Matter.TEXT, "alice", "alice: hi")


def found(story: str, *findings: Finding) -> Played:
    """A story in which this went wrong."""
    return replace(EMPTY[story], shown=Shown(findings, frozenset(), frozenset()))


def payers(*stories: Played, client: bool = False, shown: bool = True) -> Payers:
    """Who pays, where these stories are the only ones in which anything went wrong."""
    known = EMPTY | {story.name: story for story in stories}

    def shows(_played: Played, _check: str) -> bool:
        return shown

    if client:
        feeds, hosts, owner = CLIENT_FEEDS, CLIENT_HOSTS, client_check_of
    else:
        feeds, hosts, owner = FEEDS, HOSTS, check_of
    return Payers(owner, feeds.__getitem__, hosts, known.__getitem__, shows, APART)


def paid(stories: Iterable[Played]) -> list[set[str]]:
    """What pays in each of these stories."""
    all_of_them = tuple(stories)
    who = payers(*all_of_them)
    return [{who.of(story, f) for f in story.shown.findings} for story in all_of_them]


@pytest.mark.parametrize("story", HOSTS)
def test_somebody_who_looks_at_the_story_of_a_server_pays(story: str) -> None:
    """For each kind of finding, in each situation: nothing is free."""
    for finding in FINDINGS:
        one = found(story, finding)
        payer = payers(one).of(one, finding)
        assert payer in APART or story in FEEDS[payer], finding


@pytest.mark.parametrize("story", CLIENT_HOSTS)
def test_somebody_who_looks_at_the_story_of_a_client_pays(story: str) -> None:
    """The same for what a client does."""
    for finding in CLIENT_FINDINGS:
        one = found(story, finding)
        payer = payers(one, client=True).of(one, finding)
        assert story in CLIENT_FEEDS[payer], finding


@pytest.mark.parametrize("story", FEEDS["two-users"])
def test_the_check_that_it_belongs_to_pays_where_it_looks(story: str) -> None:
    """And nobody pays for the same in other stories."""
    assert (
        paid([found(story, LOST), found("many", LOST), found("leave", LOST)]) == [{"two-users"}] * 3
    )


@pytest.mark.parametrize(
    ("stories", "payer"),
    [
        (("many",), "many-users"),
        (("leave-two", "leave"), "survives-leave"),
        (("vanish",), "survives-vanish"),
        (("many", "leave", "vanish"), "many-users"),
        (("leave", "vanish-two"), "survives-leave"),
    ],
)
def test_whoever_the_first_other_story_is_for_pays(stories: tuple[str, ...], payer: str) -> None:
    """Once, in whichever stories it shows: a message lost among two, but never before a third."""
    assert paid(found(story, LOST) for story in stories) == [{payer}] * len(stories)


def test_two_faults_are_paid_for_each_by_its_own() -> None:
    """What one check pays for does not excuse another fault."""
    echo = Finding(Kind.ECHOED, "bob", 9, Situation.AFTER_VANISH, Matter.TEXT, "bob", "bob: hi")
    stories = [found("two", LOST), found("vanish", LOST, echo)]
    assert paid(stories) == [{"two-users"}, {"two-users", "survives-vanish"}]


@pytest.mark.parametrize("kind", [Kind.ALTERED, Kind.DOUBLED, Kind.MISSING])
def test_what_went_wrong_among_two_costs_nothing_more_among_many(kind: Kind) -> None:
    """It is the same fault, whichever check would be about it where many are there."""
    among_two, among_many = (
        replace(LOST, kind=kind, situation=situation)
        for situation in (Situation.TWO, Situation.MANY)
    )
    stories = [found("two", among_two), found("leave", among_many)]
    who = payers(*stories)
    assert who.of(stories[1], among_many) == "many-users"  # which does not look there


def test_nothing_is_charged_for_a_check_that_has_seen_nothing() -> None:
    """Whatever stood in its way has its own price."""
    one = found("leave", replace(LOST, situation=Situation.MANY))
    assert payers(one).of(one, one.shown.findings[0]) == "survives-leave"
    assert payers(one, shown=False).of(one, one.shown.findings[0]) == "many-users"


def test_each_story_is_for_a_check_that_looks_at_it() -> None:
    """Or what it shows alone would be free."""
    assert all(story in FEEDS[check] for story, check in HOSTS.items())
    assert all(story in CLIENT_FEEDS[check] for story, check in CLIENT_HOSTS.items())
