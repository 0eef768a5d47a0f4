"""A fault counts once: what follows from it is no finding, and nothing else is left out."""

from __future__ import annotations

import pytest
from support.journals import journal, told

from grader.chat.model.findings import findings

TWO = "+ alice\n+ bob\n"
THREE = TWO + "+ carol\n"
FOUR = THREE + "+ dave\n"
COMING = """
    carol enters
    carol gets name
    carol names
    carol gets You are connected!
    carol gets To terminate the connection to the server, enter leave
"""
AFTER_ENDS = {
    "what comes after a crash is not missing": (
        TWO + "alice says hello\ncrashes\nquiet\nbob: hello >", ["crashed"]
    ),
    "what was missing before a crash is told": (
        TWO + "alice: hello >\ncrashes", ["missing bob alice: hello", "crashed"]
    ),
    "a crash cuts everybody off": (
        TWO + "alice says hello\nalice ends reset\nbob ends reset\ncrashes\nquiet", ["crashed"]
    ),
    "who was cut off long before a crash was cut off": (
        TWO + "alice ends closed\nquiet\nquiet\ncrashes", ["cut-off alice closed", "crashed"]
    ),
    "what is doubled before a crash stays": (
        TWO + "alice: hello > bob bob\ncrashes", ["doubled bob alice: hello", "crashed"]
    ),
    "who was cut off gets nothing more": (
        THREE + "alice ends closed\nbob: hello > carol", ["cut-off alice closed"]
    ),
    "who was cut off says nothing more": (
        THREE + "alice ends closed\nalice: hello >", ["cut-off alice closed"]
    ),
    "others are not cut off with somebody": (
        THREE + "alice ends closed\nbob: hello >",
        ["cut-off alice closed", "missing carol bob: hello"],
    ),
    "who was refused is not asked": (
        TWO + "carol enters\ncarol refused\nquiet", ["refused carol"]
    ),
    "what comes after a flood is not known to be missing": (
        TWO + "alice says hello\nbob floods\nquiet\nbob: hello >", ["flooded bob"]
    ),
    "what was missing before a flood is told": (
        TWO + "alice: hello >\nbob floods", ["missing bob alice: hello", "flooded bob"]
    ),
    "the end after a goodbye is no fault": (
        TWO + "alice leaves\nbob gets *alice left*\nalice ends closed\nquiet", []
    ),
}  # fmt: skip
AFTER_EASIER = {
    "lost among two, then among many": (
        TWO + "alice: hello >\n+ carol\nbob: hello > alice", ["missing bob alice: hello"]
    ),
    "lost among many only": (
        TWO + "alice: hello > bob\n+ carol\nbob: hello > alice", ["missing carol bob: hello"]
    ),
    "lost among two, then after a leave": (
        TWO + "alice: hello >\n- alice > bob\n+ carol\nbob: hello >", ["missing bob alice: hello"]
    ),
    "late among two, then lost among many": (
        TWO + "alice: hello >\nbob gets alice: hello\n+ carol\nbob: hello > alice",
        ["late bob alice: hello"],
    ),
    "doubled among two, then among many": (
        TWO + "alice: hello > bob bob\n+ carol\nbob: hello > alice carol carol",
        ["doubled bob alice: hello"],
    ),
    "lost among two, then doubled among many": (
        TWO + "alice: hello >\n+ carol\nbob: hello > alice carol carol",
        ["missing bob alice: hello", "doubled carol bob: hello"],
    ),
    "altered among two, then among many and after a leave": (
        THREE.replace("+ carol", "alice says Hello\nbob gets >alice: Hello\nquiet\n+ carol")
        + "alice says Bye\nbob gets >alice: Bye\ncarol gets >alice: Bye\nquiet\n"
        "- alice > bob carol\nbob says Why\ncarol gets >bob: Why\nquiet",
        ["altered bob alice: Hello"],
    ),
    "unasked among two, then among many": (
        TWO + "alice: hello > bob\nalice gets OK\nquiet\n+ carol\nbob: hello > alice carol\n"
        "bob gets OK\nquiet",
        ["unasked alice OK"],
    ),
    "lost after a leave only": (
        THREE + "alice: hello > bob carol\n- alice > bob carol\nbob: hello >",
        ["missing carol bob: hello"],
    ),
    "who gets no message gets no notice": (
        THREE + "alice: hello > bob\n- alice > bob", ["missing carol alice: hello"]
    ),
    "who gets messages is to get notices": (
        THREE + "alice: hello > bob carol\n- alice > bob", ["missing carol *alice left*"]
    ),
    "echoed to whoever says anything": (
        TWO + "alice: hello > bob alice\nbob: hello > alice bob",
        ["echoed alice alice: hello", "echoed bob bob: hello"],
    ),
    "not told of joins at all": (
        TWO + COMING + "bob gets carol joined!\nquiet\ncarol settles\n- bob > alice carol\n"
        "dave enters\ndave gets name\ndave names\ndave gets You are connected!\n"
        "dave gets To terminate the connection to the server, enter leave\n"
        "carol gets dave joined!\nquiet\ndave settles",
        ["missing alice carol joined!"],
    ),
    "not told of joins after a leave": (
        THREE + "- bob > alice carol\ndave enters\ndave gets name\ndave names\n"
        "dave gets You are connected!\n"
        "dave gets To terminate the connection to the server, enter leave\n"
        "carol gets dave joined!\nquiet\ndave settles",
        ["missing alice dave joined!"],
    ),
    "nobody is let in after a vanishing": (
        THREE + "! bob fin > alice carol\ndave enters\nquiet", ["missing dave name"]
    ),
}  # fmt: skip


@pytest.mark.parametrize(("steps", "expected"), AFTER_ENDS.values(), ids=AFTER_ENDS)
def test_an_end_explains_what_is_missing_after_it(steps: str, expected: list[str]) -> None:
    """Of a server, a connection, or of what is known; what went before has its own reasons."""
    assert told(findings(journal(steps))) == expected


@pytest.mark.parametrize(("steps", "expected"), AFTER_EASIER.values(), ids=AFTER_EASIER)
def test_what_went_wrong_when_it_was_easier_is_told_once(steps: str, expected: list[str]) -> None:
    """Among two, or before anybody had gone."""
    assert told(findings(journal(steps))) == expected
