"""What each inbox must hold, may hold and must not hold: the rules of windows."""

from __future__ import annotations

import pytest
from support.journals import DATAGRAMS, LINES, RAW, journal, told

from grader.assignment.protocol import Framing
from grader.chat.journal import Manners
from grader.chat.model.findings import findings

TWO = "+ alice\n+ bob\n"
THREE = TWO + "+ carol\n"
# Carol gives her name, and is welcomed; it is not known yet whether she is in.
COMING = """
    carol enters
    carol gets name
    carol names
    carol gets You are connected!
    carol gets To terminate the connection to the server, enter leave
    alice gets carol joined!
    bob gets carol joined!
"""
WINDOWS = {
    "nobody is there": ("quiet", []),
    "one is alone": ("+ alice\nalice: hello >", []),
    "both ways": (TWO + "alice: hello > bob\nbob: hello > alice", []),
    "who has settled must get it": (TWO + "alice: hello >", ["missing bob alice: hello"]),
    "who is coming may get it": (
        TWO + COMING + "alice: hello > bob carol\ncarol settles", []
    ),
    "who is coming need not get it": (TWO + COMING + "alice: hello > bob\ncarol settles", []),
    "who is coming gets it once at most": (
        TWO + COMING + "alice: hello > bob carol\ncarol gets alice: hello\ncarol settles",
        ["doubled carol alice: hello"],
    ),
    "what overlaps with a name may come": (
        TWO + "alice says hello\n" + COMING + "bob gets alice: hello\ncarol gets alice: hello\n"
        "quiet\ncarol settles",
        [],
    ),
    "nothing comes from before a name": (
        TWO + "alice: hello > bob\n" + COMING + "carol gets alice: hello\nquiet\ncarol settles",
        ["early carol alice: hello"],
    ),
    "nothing comes to who has no name": (
        TWO + "carol enters\ncarol gets name\nquiet\nalice: hello > bob carol",
        ["early carol alice: hello"],
    ),
    "who is leaving may get it": (
        THREE + "bob says hello\nalice gets bob: hello\ncarol gets bob: hello\n- alice > bob carol",
        [],
    ),
    "who is leaving need not get it": (
        THREE + "bob says hello\ncarol gets bob: hello\n- alice > bob carol", []
    ),
    "what was everywhere before a goodbye must come": (
        THREE + "bob: hello > carol\n- alice > bob carol", ["missing alice bob: hello"]
    ),
    "nothing comes to who has left": (
        THREE + "- alice > bob carol\nbob: hello > carol alice", ["afterwards alice bob: hello"]
    ),
    "what is said before a goodbye must come": (
        THREE + "alice says hello\n- alice > bob carol",
        ["missing bob alice: hello", "missing carol alice: hello"],
    ),
    "who has vanished may be sent everything": (
        THREE + "! alice fin > bob carol\nbob: hello > carol alice", []
    ),
    "what is said before a fin must come": (
        TWO + "alice says hello\n! alice fin > bob", ["missing bob alice: hello"]
    ),
    "what is said before a reset may come": (
        TWO + "alice says hello\nbob gets alice: hello\n! alice reset > bob", []
    ),
    "what is said before a reset may get lost": (TWO + "alice says hello\n! alice reset > bob", []),
    "what was quiet before a reset must come": (
        TWO + "alice: hello >\n! alice reset > bob", ["missing bob alice: hello"]
    ),
}  # fmt: skip
NOTICES = {
    "a join notice must come": (
        TWO.replace("+ bob", COMING.replace("alice gets carol joined!\n", "").replace(
            "bob gets carol joined!", "quiet\ncarol settles")),
        ["missing alice carol joined!"],
    ),
    "a join notice comes once": (
        TWO + "alice gets bob joined!\nquiet", ["doubled alice bob joined!"]
    ),
    "a newcomer is not told of themselves": (
        TWO + "bob gets bob joined!", ["own-join bob bob joined!"]
    ),
    "of the first one, whom nobody saw come, anybody may be told": (
        TWO + "bob gets alice joined!", []
    ),
    "newcomers are not told who came before": (
        TWO + "+ carol\ncarol gets bob joined!", ["early carol bob joined!"]
    ),
    "a taken name is asked for again": (
        TWO + "carol enters\ncarol gets name\ncarol offers bob\ncarol gets name\nquiet", []
    ),
    "a taken name is not answered": (
        TWO + "carol enters\ncarol gets name\ncarol offers bob\nquiet", ["missing carol name"]
    ),
    "others hear nothing of a taken name": (
        TWO + "carol enters\ncarol gets name\ncarol offers bob\ncarol gets name\n"
        "alice gets bob joined!\nquiet",
        ["doubled alice bob joined!"],
    ),
    "a leave notice must come to each other one": (
        THREE + "- alice > bob", ["missing carol *alice left*"]
    ),
    "a leave notice comes once": (
        THREE + "- alice > bob carol\nbob gets *alice left*", ["doubled bob *alice left*"]
    ),
    "a goodbye does not come back": (
        TWO + "alice leaves\nalice gets *alice left*\nbob gets *alice left*\nquiet",
        ["echoed alice *alice left*"],
    ),
    "a vanishing is told once": (TWO + "! alice fin >", ["missing bob *alice left*"]),
    "a vanishing is told no second time": (
        TWO + "! alice reset > bob bob", ["doubled bob *alice left*"]
    ),
    "who never gave a name leaves unnoticed": (
        TWO + "carol enters\ncarol gets name\ncarol vanishes fin\nquiet", []
    ),
    "a server may tell whom it cut off": (
        TWO + "alice ends closed\nbob gets *alice left*\nquiet", ["cut-off alice closed"]
    ),
    "a name that begins with another one is another one": (
        "+ alice1\n+ bob\n+ alice11\nalice11: hello > alice1 bob\n- alice1 > bob alice11\n"
        "alice11: hello > bob",
        [],
    ),
    "a name that begins with another one is told for itself": (
        "+ alice1\n+ bob\n+ carol\n+ alice11\nalice11 leaves\nalice1 gets *alice11 left*\n"
        "bob gets *alice11 left*\ncarol gets *alice1 left*\nquiet",
        ["altered carol *alice11 left*"],
    ),
}  # fmt: skip
EVERYWHERE = {**WINDOWS, **NOTICES}


@pytest.mark.parametrize(("steps", "expected"), EVERYWHERE.values(), ids=EVERYWHERE)
def test_lines(steps: str, expected: list[str]) -> None:
    """Over TCP with newlines: exactly these findings."""
    assert told(findings(journal(steps, LINES))) == expected


@pytest.mark.parametrize(("steps", "expected"), EVERYWHERE.values(), ids=EVERYWHERE)
def test_raw(steps: str, expected: list[str]) -> None:
    """Over TCP without newlines the rules are the same."""
    assert told(findings(journal(steps, RAW))) == expected


UDP = {
    "no notice is due of who vanishes": (TWO + "! alice dead >", []),
    "one notice may come of who vanishes": (TWO + "! alice dead > bob", []),
    "a second notice of who vanishes is one too many": (
        TWO + "! alice dead > bob bob", ["doubled bob *alice left*"]
    ),
    "what is said before going dead must come": (
        TWO + "alice says hello\n! alice dead >", ["missing bob alice: hello"]
    ),
    "nobody is asked on connecting": ("alice enters\nquiet", []),
    "a taken name is asked for again": (
        TWO + "carol enters\ncarol offers bob\nquiet", ["missing carol name"]
    ),
    "a leave notice must come": (TWO + "- alice >", ["missing bob *alice left*"]),
}  # fmt: skip


@pytest.mark.parametrize(("steps", "expected"), UDP.values(), ids=UDP)
def test_datagrams(steps: str, expected: list[str]) -> None:
    """Over UDP nobody connects, and an end without a word cannot be seen."""
    assert told(findings(journal(steps, DATAGRAMS))) == expected


@pytest.mark.parametrize("said", [1, 2, 3])
@pytest.mark.parametrize("come", [0, 1, 2, 3, 4])
def test_equal_texts_come_as_often_as_they_were_said(said: int, come: int) -> None:
    """Too few are missing, too many are doubled, whichever of them it was."""
    steps = ["alice: hello > bob"] * min(said, come) + ["alice: hello >"] * (said - come)
    extra = ["bob gets alice: hello"] * (come - said)
    found = told(findings(journal("\n".join([TWO, *steps, *extra]))))
    assert found == ["missing bob alice: hello"] * (said - come) + ["doubled bob alice: hello"] * (
        come - said
    )


@pytest.mark.parametrize("lost", [0, 1, 2])
def test_of_equal_texts_any_may_be_lost(lost: int) -> None:
    """The others are not late for it."""
    steps = ["alice: hello >" if n == lost else "alice: hello > bob" for n in range(3)]
    assert told(findings(journal("\n".join([TWO, *steps])))) == ["missing bob alice: hello"]


@pytest.mark.parametrize(
    "manners",
    [Manners(f, asks=a, welcomes=w) for f in Framing for a in (True, False) for w in (True, False)],
    ids=lambda m: f"{m.framing.value}-{m.asks}-{m.welcomes}",
)
def test_what_a_server_never_says_is_not_owed(manners: Manners) -> None:
    """Whoever sends no request, or no welcome, is judged by all the rest."""
    assert findings(journal(THREE + "alice: hello > bob carol\n- bob > alice carol", manners)) == ()
