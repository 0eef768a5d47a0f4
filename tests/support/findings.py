"""Every kind of finding that the model can give, in every situation."""

from __future__ import annotations

import itertools

from grader.chat.journal import Act
from grader.chat.model.finding import Finding, Kind
from grader.chat.model.owed import Matter, Situation
from grader.result.check import SERVER

ABOUT_MESSAGES = (Kind.MISSING, Kind.LATE, Kind.DOUBLED, Kind.ALTERED)
UNWANTED = (Kind.ECHOED, Kind.OWN_JOIN, Kind.EARLY, Kind.AFTERWARDS)
OF_NO_MESSAGE = (
    *(Kind.UNASKED, Kind.UNTERMINATED, Kind.NEWLINES),
    *(Kind.CUT_OFF, Kind.CRASHED, Kind.REFUSED, Kind.FLOODED),
)
SERVERS_MATTERS = (Matter.REQUEST, Matter.WELCOME, Matter.JOIN, Matter.TEXT, Matter.LEAVE)
DOINGS = (Act.ENTERS, Act.OFFERS, Act.NAMES, Act.SAYS, Act.LEAVES, Act.VANISHES)
FINDINGS = [
    *(
        Finding(kind, "bob", 9, situation, matter, "alice", said=said, act=act, present=present)
        for kind, matter in itertools.product((*ABOUT_MESSAGES, *UNWANTED), SERVERS_MATTERS)
        for situation, act in itertools.product(Situation, DOINGS)
        for said, present in itertools.product((True, False), range(4))
    ),
    *(
        Finding(kind, who, 9, situation, about="alice", act=act, present=present)
        for kind, situation in itertools.product(OF_NO_MESSAGE, Situation)
        for act, who, present in itertools.product((None, *DOINGS), ("", "alice", "bob"), range(4))
    ),
    Finding(Kind.REVERSED, "bob", 9, Situation.TWO, Matter.WELCOME, "bob", act=Act.NAMES),
]
CLIENT_FINDINGS = [
    *(
        Finding(kind, SERVER, 9, Situation.TWO, matter, "alice", act=act)
        for kind in ABOUT_MESSAGES
        for matter, act in (
            (Matter.NAME, Act.NAMES), (Matter.TEXT, Act.SAYS), (Matter.LEAVE, Act.LEAVES)
        )
    ),
    *(Finding(kind, "alice", 9, Situation.TWO, act=Act.TELLS) for kind in ABOUT_MESSAGES),
    *(
        Finding(kind, SERVER, 9, Situation.TWO, act=act)
        for kind in (Kind.UNASKED, Kind.UNTERMINATED, Kind.NEWLINES)
        for act in (None, Act.NAMES, Act.TELLS, Act.SAYS, Act.LEAVES)
    ),
    *(
        Finding(Kind.EXITED, "alice", 9, Situation.TWO, act=act)
        for act in (None, Act.NAMES, Act.TELLS, Act.SAYS, Act.LEAVES)
    ),
    Finding(Kind.STAYS, "alice", 9, Situation.TWO, act=Act.LEAVES),
]  # fmt: skip
