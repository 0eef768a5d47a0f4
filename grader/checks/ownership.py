"""Which check a finding belongs to: exactly one, and none where it cannot be blamed on any."""

from __future__ import annotations

from collections.abc import Mapping

from grader.chat.journal import Act
from grader.chat.model.finding import Finding, Kind
from grader.chat.model.findings import Occasion
from grader.chat.model.owed import Matter, Situation
from grader.result.check import SERVER

# The check of a message, by when it was said; also of a program or connection that ended then.
TALK: Mapping[Situation, str] = {
    Situation.TWO: "two-users",
    Situation.MANY: "many-users",
    Situation.AFTER_LEAVE: "survives-leave",
    Situation.AFTER_VANISH: "survives-vanish",
}
# What the server has to say by itself, until somebody goes: what comes of it only then is no fault
# of the greeting.
MATTERS: Mapping[Matter, str] = {
    Matter.REQUEST: "handshake",
    Matter.WELCOME: "handshake",
    Matter.JOIN: "join-notice",
}
# Wherever these occur.
KINDS: Mapping[Kind, str] = {
    Kind.ECHOED: "sender-excluded",
    Kind.OWN_JOIN: "join-not-to-self",
    Kind.EARLY: "handshake",
    Kind.REVERSED: "handshake",
    Kind.UNTERMINATED: "handshake",
    Kind.NEWLINES: "handshake",
    Kind.AFTERWARDS: "survives-leave",
}
# The stories in which each check looks, in the order in which a failure is told.
FEEDS: Mapping[str, tuple[str, ...]] = {
    "handshake": ("two", "texts", "many", "leave-two", "vanish-two"),  # the framing of all there is
    "join-notice": ("two", "many"),
    "join-not-to-self": ("two", "texts", "many"),
    "two-users": ("two", "texts"),
    "many-users": ("many",),
    "sender-excluded": ("two", "texts", "many", "leave-two", "leave"),
    "leave-notice": ("leave-two", "leave"),
    "survives-leave": ("leave-two", "leave"),
    "survives-vanish": ("vanish-two", "vanish"),
}
CLIENT_FEEDS: Mapping[str, tuple[str, ...]] = {
    "client-name": ("client-talks",),
    "client-shows": ("client-talks", "client-texts"),
    "client-sends": ("client-talks", "client-texts"),
    "client-leaves": ("client-leaves", "client-talks"),
}
# The check that each story is for: it answers for what shows there alone, see paying.
HOSTS: Mapping[str, str] = {
    "two": "two-users",
    "texts": "two-users",
    "many": "many-users",
    "leave-two": "survives-leave",
    "leave": "survives-leave",
    "vanish-two": "survives-vanish",
    "vanish": "survives-vanish",
}
CLIENT_HOSTS: Mapping[str, str] = {
    "client-talks": "client-sends",
    "client-texts": "client-sends",
    "client-leaves": "client-leaves",
}
# The check of what a client sends unasked, and of its end, by what was done last before that.
CLIENT_DOING: Mapping[Act | None, str] = {
    None: "client-name",
    Act.NAMES: "client-name",
    Act.TELLS: "client-sends",
    Act.SAYS: "client-sends",
    Act.LEAVES: "client-leaves",
}
CLIENT_MATTERS: Mapping[Matter, str] = {
    Matter.NAME: "client-name",
    Matter.TEXT: "client-sends",
    Matter.LEAVE: "client-leaves",
}
# No core check is about these: the star plays stories of its own.
STARS = {"vanish-once"}
SEATS = 2  # in a chat for two
# After one of these nothing more is to be had.
ENDINGS = (Kind.CRASHED, Kind.CUT_OFF, Kind.REFUSED, Kind.FLOODED)
DOING: Mapping[Act, str] = {Act.LEAVES: "leave-notice", Act.VANISHES: "vanish-once"}


def check_of(finding: Finding, *, for_two: bool = False) -> str:
    """The name of the check; ``for_two`` says whether the server lets no third user in."""
    joining = finding.act in (None, Act.ENTERS, Act.OFFERS, Act.NAMES)
    after = finding.situation in (Situation.AFTER_LEAVE, Situation.AFTER_VANISH)
    # Whether a seat becomes free again when somebody goes is up to a chat for two.
    if for_two and joining and (finding.present >= SEATS or (after and finding.present)):
        return "many-users"
    if finding.kind in KINDS:
        return KINDS[finding.kind]
    if finding.matter is Matter.TEXT:
        return TALK[finding.situation]
    if finding.matter is Matter.LEAVE:
        return "leave-notice" if finding.said else "vanish-once"
    if finding.matter is not None:
        again = finding.kind is Kind.DOUBLED and finding.act is Act.SAYS
        return TALK[finding.situation] if after or again else MATTERS[finding.matter]
    return _of_the_moment(finding, joining)


def _of_the_moment(finding: Finding, joining: bool) -> str:
    """The check of what is no message that anybody was to get: an end, or something unasked."""
    if finding.act is None:
        return "starts"
    after = finding.situation in (Situation.AFTER_LEAVE, Situation.AFTER_VANISH)
    if finding.kind in ENDINGS:
        if joining and not after and not finding.present:
            return "starts" if finding.kind is Kind.REFUSED else "handshake"
        if joining and not after:
            return "join-notice"
        return TALK[finding.situation]
    if joining:
        return "handshake" if finding.who == finding.about else "join-notice"
    return DOING.get(finding.act, TALK[finding.situation])


def occasions(check: str, due: frozenset[Occasion]) -> frozenset[Occasion]:
    """Those occasions at which the behaviour of a check shows."""
    wanted = {
        "handshake": lambda o: o.matter in (Matter.REQUEST, Matter.WELCOME),
        "join-notice": lambda o: o.matter is Matter.JOIN,
        "join-not-to-self": lambda o: o.matter is Matter.JOIN,
        "sender-excluded": lambda o: o.matter is Matter.TEXT,
        "leave-notice": lambda o: o.matter is Matter.LEAVE and o.said,
    }.get(check, lambda o: o.matter is Matter.TEXT and TALK[o.situation] == check)
    return frozenset(filter(wanted, due))


def client_check_of(finding: Finding) -> str:
    """The name of the check that a finding about a client belongs to."""
    if finding.matter is not None:
        return CLIENT_MATTERS[finding.matter]
    if finding.act is Act.TELLS and finding.who != SERVER:
        return "client-shows"
    if finding.kind in (Kind.UNTERMINATED, Kind.NEWLINES):
        return "client-name" if finding.act is Act.NAMES else "client-sends"
    return CLIENT_DOING[finding.act]


def client_occasions(check: str, due: frozenset[Occasion]) -> frozenset[Occasion]:
    """Those occasions at which the behaviour of a check of the client shows."""
    return frozenset(o for o in due if CLIENT_MATTERS.get(o.matter, "client-shows") == check)
