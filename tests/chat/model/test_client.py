"""The model of a client: what it sends, what it shows, and how it ends."""

from __future__ import annotations

import pytest
from support.journals import DATAGRAMS, LINES, RAW, journal, told

from grader.chat.journal import Act, Entry, Journal, Manners
from grader.chat.model.client import shown
from grader.chat.model.finding import Kind
from grader.chat.model.findings import Occasion
from grader.chat.model.owed import Matter, Situation

NAMED = "alice names\nserver gets alice\nquiet\nalice shows You are connected!\nquiet\n"
TALKED = NAMED + "alice: hi there > server\n"
TOLD = NAMED + "alice tells bob see you 42\nalice shows bob: see you 42\nquiet\n"
LEFT = "alice leaves\nserver gets *alice left*\nalice exits 0\nquiet\n"
TELLS = NAMED + "alice tells bob see you 42\n"
RIGHT = {
    "nothing but a name": NAMED,
    "all of it": TALKED + TOLD.replace(NAMED, "") + LEFT,
    "its name before it is asked": "server gets alice\nalice names\nquiet\n" + LEFT,
    "two texts in one": NAMED + "alice says hi\nalice says yo\nserver gets alice: hi\n"
    "server gets alice: yo\nquiet",
    "an equal text twice": TALKED + "alice: hi there > server\n",
    "prompts and echoes around it": TELLS
    + "alice shows~ me> bob: see you 42 <\nalice shows~ me> \nquiet",
    "in colours": TELLS + "alice shows \x1b[1;32mbob\x1b[0m: see you \x1b[4m42\x1b[0m\nquiet",
    "in the place of a prompt": TELLS + "alice shows \r\x1b[Kbob: see you 42\x07\nquiet",
    "with a title for the window": TELLS + "alice shows \x1b]0;chat\x07bob: see you 42\nquiet",
    "in pieces": TELLS + "alice shows~ bob: see\nalice shows~  you 42\nquiet",
    "without blanks at its end": NAMED + "alice tells bob hi 42  \nalice shows bob: hi 42\nquiet",
    "the terminal's echo of what is typed": NAMED
    + "alice shows hi there\nalice: hi there > server\nalice shows alice: hi there\n",
}
WRONG = {
    "name missing": ("alice names\nquiet", ["missing server alice"]),
    "name late": ("alice names\nquiet\nserver gets alice", ["late server alice"]),
    "name altered": ("alice names\nserver gets Alice\nquiet", ["altered server alice"]),
    "name quoted": ("alice names\nserver gets 'alice'\nquiet", ["altered server alice"]),
    "name twice": (NAMED + "server gets alice\nquiet", ["doubled server alice"]),
    "greeting before the name": (
        "alice names\nserver gets hello!\nserver gets alice\nquiet", ["unasked server hello!"]
    ),
    "greeting after the name": (
        "alice names\nserver gets alice\nserver gets hello!\nquiet", ["unasked server hello!"]
    ),
    "text lost": (NAMED + "alice: hi there >", ["missing server alice: hi there"]),
    "text late": (
        NAMED + "alice: hi there >\nserver gets alice: hi there", ["late server alice: hi there"]
    ),
    "text doubled": (NAMED + "alice: hi there > server server", ["doubled server alice: hi there"]),
    "text altered": (
        NAMED + "alice says hi there\nserver gets alice:hi there\nquiet",
        ["altered server alice: hi there"],
    ),
    "text without the name": (
        NAMED + "alice says hi there all\nserver gets hi there all\nquiet",
        ["altered server alice: hi there all"],
    ),
    "bare text too": (
        NAMED + "alice says hi there all of you\nserver gets hi there all of you\n"
        "server gets alice: hi there all of you\nquiet",
        ["doubled server alice: hi there all of you"],
    ),
    "a short bare text too": (
        NAMED + "alice says hi\nserver gets hi\nserver gets alice: hi\nquiet", ["unasked server hi"]
    ),
    "an answer to what it is told": (TOLD + "server gets ok\nquiet", ["unasked server ok"]),
    "goodbye missing": (
        NAMED + "alice leaves\nalice exits 0\nquiet", ["missing server *alice left*"]
    ),
    "goodbye altered": (
        NAMED + LEFT.replace("*alice left*", "alice left"), ["altered server *alice left*"]
    ),
    "goodbye twice": (
        NAMED + "alice leaves\nserver gets *alice left*\nserver gets *alice left*\nalice exits 0\n"
        "quiet",
        ["doubled server *alice left*"],
    ),
    "leave as a text": (
        NAMED + "alice leaves\nserver gets alice: leave\nserver gets *alice left*\nalice exits 0\n"
        "quiet",
        ["unasked server alice: leave"],
    ),
    "leave alone": (
        NAMED + "alice leaves\nserver gets leave\nalice exits 0\nquiet",
        ["unasked server leave", "missing server *alice left*"],
    ),
    "printed as bytes": (
        TELLS + "alice shows b'bob: see you 42'\nquiet", ["altered alice bob: see you 42"]
    ),
    "printed as bytes with an escape": (
        TELLS + "alice shows b'bob: see you 42\\n'\nquiet", ["altered alice bob: see you 42"]
    ),
    "printed altered": (
        TELLS + "alice shows bob > see you 42\nquiet", ["altered alice bob: see you 42"]
    ),
    "printed twice": (
        TELLS + "alice shows bob: see you 42\nalice shows bob: see you 42\nquiet",
        ["doubled alice bob: see you 42"],
    ),
    "printed late": (TELLS + "quiet\nalice shows bob: see you 42", ["late alice bob: see you 42"]),
    "on no screen": (TELLS + "quiet", ["missing alice bob: see you 42"]),
    "printed before it came": (
        NAMED + "alice shows bob: see you 42\nalice tells bob see you 42\nquiet",
        ["missing alice bob: see you 42"],
    ),
    "exits on the name": ("alice names\nalice exits 1", ["exited alice 1"]),
    "exits on the welcome": (
        "alice names\nserver gets alice\nquiet\nalice exits 0", ["exited alice 0"]
    ),
    "exits on what it is told": (TELLS + "alice exits 1", ["exited alice 1"]),
    "exits on what is typed": (NAMED + "alice says hi\nalice exits 1", ["exited alice 1"]),
    "exits badly after leave": (NAMED + LEFT.replace("exits 0", "exits 1"), ["exited alice 1"]),
    "exits badly instead of a goodbye": (
        NAMED + "alice leaves\nalice exits 1\nquiet", ["exited alice 1"]
    ),
    "stays": (NAMED + "alice leaves\nserver gets *alice left*\nquiet", ["stays alice"]),
    "what went wrong before it ended": (
        TELLS + "quiet\nalice exits 1", ["missing alice bob: see you 42", "exited alice 1"]
    ),
    "more than is kept": (NAMED + "server floods\nalice: hi there >\n" + LEFT, ["flooded server"]),
}  # fmt: skip


@pytest.mark.parametrize("steps", RIGHT.values(), ids=RIGHT)
def test_what_a_client_may_do(steps: str) -> None:
    """However it goes about it, none of this is wrong."""
    assert told(shown(journal(steps)).findings) == []


@pytest.mark.parametrize(("steps", "expected"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_one_finding(steps: str, expected: list[str]) -> None:
    """Each fault is told once."""
    assert told(shown(journal(steps)).findings) == expected


def heard(manners: Manners, *sent: str) -> list[Kind]:
    """What is wrong with what a client sent, as it stands, while one text was typed."""
    came = [Entry(Act.GETS, "server", text) for text in sent]
    steps = "alice names\nserver gets alice\nquiet\nalice says hi there"
    said = journal(steps, manners)
    entries = (*said.entries, *came, Entry(Act.QUIET, ""))
    return [found.kind for found in shown(Journal(manners, entries)).findings]


@pytest.mark.parametrize(
    ("manners", "sent", "kinds"),
    [
        (LINES, ["alice: hi there\n"], []),
        (LINES, ["alice: ", "hi there", "\n"], []),
        (LINES, ["alice: hi there"], [Kind.UNTERMINATED]),
        (LINES, ["alice: hi there\n\n"], [Kind.NEWLINES]),
        (LINES, ["alice: hi there\n\n\n"], [Kind.NEWLINES]),
        (DATAGRAMS, ["alice: hi there"], []),
        (DATAGRAMS, ["alice: hi there\n"], [Kind.NEWLINES]),
        (DATAGRAMS, ["alice: ", "hi there"], [Kind.ALTERED, Kind.UNASKED]),
        (RAW, ["alice: hi there"], []),
        (RAW, ["alice> hi there"], [Kind.ALTERED]),
        (RAW, ["alice", "alice: hi there"], [Kind.DOUBLED]),
        (RAW, ["alice: ", "hi there\n\n"], []),
    ],
)
def test_framing(manners: Manners, sent: list[str], kinds: list[Kind]) -> None:
    """A newline that is missing or too many is one finding, and none without newlines at all."""
    assert sorted(heard(manners, *sent)) == sorted(kinds)


def test_a_name_glued_to_a_text_came_in_time() -> None:
    """Its newline is missing, and nothing else is."""
    steps = "alice names\nserver gets~ alice\nquiet\nalice says hi\nserver gets alice: hi\nquiet"
    (found,) = shown(journal(steps)).findings
    assert found.kind is Kind.UNTERMINATED


@pytest.mark.parametrize(
    ("steps", "matters"),
    [
        ("alice names\nalice exits 1", {Matter.NAME}),
        (NAMED, {Matter.NAME}),
        (TALKED, {Matter.NAME, Matter.TEXT}),
        (TOLD, {Matter.NAME, Matter.JOIN}),
        (TALKED + LEFT, {Matter.NAME, Matter.TEXT, Matter.LEAVE}),
        (TELLS + "alice exits 1\nalice: hi >\n" + LEFT, {Matter.NAME, Matter.JOIN}),
    ],
)
def test_what_there_was_an_occasion_for(steps: str, matters: set[Matter]) -> None:
    """What was typed and told until the client ended; a message for the user stands as a join."""
    due = shown(journal(steps)).due
    assert due == {Occasion(matter, Situation.TWO) for matter in matters}
