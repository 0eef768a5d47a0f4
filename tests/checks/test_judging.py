"""From journals to a verdict: what passes, what fails and how, what stands in the way."""

from __future__ import annotations

import pytest
from support.stories import Told, played, told

from grader.chat.dialect import Dialect
from grader.chat.failure import Failure, Unmet
from grader.chat.unwritten import Unwritten
from grader.checks.judging import judge, judge_client, scenarios
from grader.checks.ownership import CLIENT_FEEDS, FEEDS, HOSTS
from grader.fact import Fact, fact
from grader.grading.outcome import Outcome, result_of
from grader.result.check import CheckResult
from grader.result.verdict import Evidence, Verdict

TWO = "+ alice\n+ bob\n"
BOTH = TWO + "alice: hi > bob\nbob: yo > alice\n"
THREE = BOTH + "+ carol\ncarol: hi all > alice bob\n"
LEAVE = BOTH + "- alice > bob\n+ carol\nbob: so > carol\ncarol: yes > bob\n"
VANISH = BOTH + "! alice fin > bob\n+ carol\nbob: so > carol\ncarol: yes > bob\n"
RIGHT = {
    "two": BOTH,
    "texts": BOTH,
    "many": THREE,
    "leave-two": LEAVE,
    "leave": THREE + "- alice > bob carol\nbob: so > carol\ncarol: yes > bob\n",
    "vanish-two": VANISH,
    "vanish": THREE + "! alice fin > bob carol\nbob: so > carol\ncarol: yes > bob\n",
}
CLIENT = (
    "alice names\nserver gets alice\nquiet\nalice tells bob hi 42\nalice shows bob: hi 42\nquiet\n"
    "alice: hi > server\nalice leaves\nserver gets *alice left*\nalice exits 0\nquiet"
)
NEVER = ("sender-excluded", "join-not-to-self")
TASK = Unwritten(6, "pass messages on", None)


def failed(journals: Told, check: str) -> Failure:
    with pytest.raises(Failure) as caught:
        judge(journals, check)
    return caught.value


def unmet(journals: Told, check: str) -> Fact:
    with pytest.raises(Unmet) as caught:
        judge(journals, check)
    return caught.value.fact


@pytest.mark.parametrize("check", FEEDS)
def test_a_right_server_passes(check: str) -> None:
    """Every check, over the stories that feed it and no others."""
    journals = told(RIGHT)
    judge(journals, check)
    assert tuple(journals.asked) == FEEDS[check]
    assert journals.evidence == {Evidence.SEEN, *([Evidence.QUIET] if check in NEVER else [])}


@pytest.mark.parametrize("check", CLIENT_FEEDS)
def test_a_right_client_passes(check: str) -> None:
    """Every check, over the stories that feed it."""
    journals = told(dict.fromkeys(("client-talks", "client-texts"), CLIENT))
    judge_client(journals, check)
    assert journals.evidence == {Evidence.SEEN}


@pytest.mark.parametrize("check", FEEDS)
def test_nothing_passes_that_was_not_shown(check: str) -> None:
    """Where nothing has happened, nothing is known: not even that nothing came back."""
    assert unmet(told({}), check) == fact("not-shown")


@pytest.mark.parametrize("check", CLIENT_FEEDS)
def test_nothing_of_a_client_passes_that_was_not_shown(check: str) -> None:
    """A client that came nowhere has shown nothing."""
    with pytest.raises(Unmet) as caught:
        judge_client(told({}), check)
    assert caught.value.fact == fact("not-shown")


def test_one_story_that_shows_it_is_enough() -> None:
    """The others may have ended before."""
    judge(told({"leave": RIGHT["leave"]}), "survives-leave")


def test_what_never_comes_needs_something_that_did() -> None:
    """That no message comes back means nothing where none arrives."""
    lost = TWO + "alice: hi >\nbob: yo >\n"
    assert unmet(told({"two": lost}), "sender-excluded") == fact("needs", check="two-users")


def test_the_shortest_story_is_told() -> None:
    """Of all findings of a check the one with the fewest steps before it."""
    echo = "bob: yo > alice bob\n"
    stories = RIGHT | {"two": BOTH * 1 + "alice: so > bob\n" + echo, "texts": TWO + echo}
    journals = told(stories)
    failed(journals, "sender-excluded")
    assert journals.deciding is not None
    assert journals.deciding.name == "texts"
    assert len(journals.transcript) == 3


def test_of_equally_short_stories_the_first_is_told() -> None:
    """In the order of the table."""
    journals = told(RIGHT | dict.fromkeys(("two", "texts"), TWO + "alice: hi >\n"))
    failed(journals, "two-users")
    assert journals.deciding is not None
    assert journals.deciding.name == "two"


def test_a_finding_of_another_check_does_not_matter() -> None:
    """An echo costs sender-excluded, and nothing else."""
    echoing = RIGHT | {"two": TWO + "alice: hi > bob alice\nbob: yo > alice\n"}
    failed(told(echoing), "sender-excluded")
    for check in {*FEEDS} - {"sender-excluded"}:
        judge(told(echoing), check)


def test_a_fault_that_its_own_check_does_not_see_costs_another() -> None:
    """It is told as what it is; nobody waits for a check that has passed."""
    late = RIGHT | {"many": BOTH + "alice: yes >\n+ carol\n"}
    failure = failed(told(late), "many-users")
    assert failure.message == fact("not-delivered")
    for check in {*FEEDS} - {"many-users"}:
        judge(told(late), check)


def test_a_fault_costs_nothing_where_its_own_check_sees_it_elsewhere() -> None:
    """Lost among two and, in another story, among two once more."""
    lost = TWO + "alice: hi > bob\nbob: yo >\n"
    stories = RIGHT | {"two": lost, "many": lost + "+ carol\ncarol: hi all > alice bob\n"}
    failed(told(stories), "two-users")
    judge(told(stories), "survives-leave")
    judge(told(stories), "many-users")


def test_stories_are_asked_for_once_they_matter() -> None:
    """Those that tell who pays for a fault, as soon as it is known, and no others."""
    dialect = told({}).learnt
    usual = scenarios(dialect, "many-users", {})
    assert set(usual) == {"two", "many"}
    right = {name: played(name, RIGHT[name]) for name in usual}
    assert scenarios(dialect, "many-users", right) == usual
    lost = right | {"many": played("many", BOTH + "alice: yes >\n+ carol\n")}
    assert set(scenarios(dialect, "many-users", lost)) >= {*HOSTS}


def test_what_stands_in_the_way_is_named() -> None:
    """The first check that something else belongs to."""
    crashing = dict.fromkeys(RIGHT, TWO + "alice says hi\ncrashes")
    assert unmet(told(crashing), "many-users") == fact("needs", check="two-users")
    assert unmet(told(crashing), "survives-leave") == fact("needs", check="two-users")


def test_a_star_stands_in_nobodys_way() -> None:
    """Nothing waits for it."""
    stories = {"vanish": BOTH + "! alice fin >"}
    assert unmet(told(stories), "survives-vanish") == fact("not-shown")


def test_a_silent_server_is_told_of_by_handshake() -> None:
    """All else would say the same."""
    silent = Dialect(asks=False, welcomes=False, announces=False, relays=False, server_framing=None)
    assert unmet(told({}, silent), "two-users") == fact("server-silent")
    journals = told({"two": "alice enters\nquiet"}, silent)
    failed(journals, "handshake")
    assert set(journals.asked) == {"two"}


def test_where_nothing_arrives_among_two_the_other_stories_are_not_played() -> None:
    """They could only tell the same."""
    deaf = Dialect(asks=True, welcomes=True, announces=True, relays=False)
    journals = told({"two": TWO + "alice: hi >"}, deaf)
    failed(journals, "two-users")
    assert unmet(journals, "many-users") == fact("needs", check="two-users")
    assert set(journals.asked) == {"two"}


FOR_TWO = {
    **{name: RIGHT[name] for name in ("two", "texts")},
    "many": BOTH + "carol enters\ncarol ends closed\nquiet",
    "leave-two": BOTH + "- alice > bob\ncarol enters\ncarol ends closed\nquiet",
    "vanish-two": BOTH + "! alice fin > bob\ncarol enters\ncarol ends closed\nquiet",
}


@pytest.mark.parametrize("check", sorted({*FEEDS} - {"many-users"}))
def test_a_chat_for_two_passes_all_but_one_check(check: str) -> None:
    """Only stories of two are played."""
    journals = told(FOR_TWO, Dialect(for_two=True, relays=True))
    judge(journals, check)
    assert not {"many", "leave", "vanish"} & set(journals.asked)


def test_a_chat_for_two_is_not_for_many() -> None:
    """Who is refused cannot be told anything."""
    failed(told(FOR_TWO, Dialect(for_two=True, relays=True)), "many-users")


def test_a_client_that_never_came_is_told_of_by_client_name() -> None:
    """All else would say the same."""
    with pytest.raises(Unmet) as caught:
        judge_client(told({}, Dialect(client_absent=True)), "client-shows")
    assert caught.value.fact == fact("client-absent")


def graded(journals: Told, check: str) -> CheckResult:
    """The result of a check while a task is not written yet."""
    error: Exception | None = None
    try:
        judge(journals, check)
    except (Failure, Unmet) as raised:
        error = raised
    return result_of(f"tcp.{check}", "", error, Outcome(unwritten=[TASK]))


@pytest.mark.parametrize(
    ("steps", "verdict"),
    [
        ("alice: hi >", Verdict.TODO),
        ("alice says hi\nquiet\nbob gets alice: hi", Verdict.TODO),
        ("alice says hi\ncrashes", Verdict.TODO),
        ("alice says hi\nbob ends closed\nquiet", Verdict.TODO),
        ("alice: hi > bob bob", Verdict.FAIL),
        ("alice says hi there\nbob gets alice:hi there\nquiet", Verdict.FAIL),
        ("alice: hi > bob\nbob gets 1 2 3\nquiet", Verdict.FAIL),
        ("", Verdict.TODO),
    ],
)
def test_what_is_not_written_yet_explains_what_is_missing(steps: str, verdict: Verdict) -> None:
    """And nothing that came, which is wrong whatever is still missing."""
    assert graded(told({"two": TWO + steps}), "two-users").verdict is verdict
