"""Checks made by hand whose diagrams are drawn."""

from __future__ import annotations

from msgspec.structs import replace

from grader.fact import fact
from grader.result.check import CLIENT, SERVER, CheckResult, Event, Point
from grader.result.verdict import Difference, EventKind
from support.made_up import happened, step
from support.samples import HOSTILE, check, failed

ALICE, BOB, CAROL = "alice1c9f03", "bob77aa01", "carol5e2d40"
SAID = f"{ALICE}: hello4d5e6f"
WELCOME = "You are connected!\nTo terminate the connection to the server, enter leave\n"


def joins(name: str, *present: str) -> list[Event]:
    """Somebody comes in, and the others are told."""
    events = [
        step("connects-and-gives-name", name=name),
        happened(EventKind.CONNECTS, name, fact=fact("to-port", port=14901)),
        happened(EventKind.GETS, name, "name\n"),
        happened(EventKind.SENDS, name, f"{name}\n"),
        happened(EventKind.GETS, name, WELCOME),
    ]
    return [*events, *(happened(EventKind.GETS, other, f"{name} joined!\n") for other in present)]


def says(name: str, text: str, *others: str, fence: bool = False) -> list[Event]:
    """Somebody says something, and the others get it."""
    line = f"{name}: {text}\n"
    sent = happened(EventKind.SENDS, name, line, fence=fence)
    return [sent, *(happened(EventKind.GETS, other, line) for other in others)]


THREE = [*joins(ALICE), *joins(BOB, ALICE), *joins(CAROL, ALICE, BOB)]


def made(
    id_: str, events: list[Event], point: Point | None = None, **fields: object
) -> CheckResult:
    """A check with these events; it has failed if it has a point or a message."""
    result = check(id_, transcript=tuple(events))
    if point or fields:
        return failed(point=point, **fields)(result)
    return result


def everybody() -> CheckResult:
    """A message reaches everybody, and a fence shows that nothing else came."""
    events = [*THREE, *says(ALICE, "hello4d5e6f", BOB, CAROL)]
    events += [*says(ALICE, "fence1", BOB, fence=True), *says(BOB, "answer1", ALICE, fence=True)]
    return made("tcp.two-users", events)


def never_came() -> CheckResult:
    """A message does not reach carol."""
    events = [*THREE, *says(ALICE, "hello4d5e6f", BOB), *says(ALICE, "fence1", BOB, fence=True)]
    return made("tcp.many-users", events, Point(Difference.MISSING, CAROL, SAID))


def came_back() -> CheckResult:
    """A message comes back to its sender."""
    events = [*THREE, *says(ALICE, "hello4d5e6f", ALICE, BOB, CAROL)]
    return made("tcp.sender-excluded", events, Point(Difference.UNWANTED, ALICE, SAID))


def came_twice() -> CheckResult:
    """A leave notice comes twice."""
    goodbye = f"*{BOB} left*"
    events = [*joins(ALICE), *joins(BOB, ALICE)]
    events += [happened(EventKind.VANISHES, BOB, fact=fact("how", how="FIN"))]
    events += [happened(EventKind.GETS, ALICE, f"{goodbye}\n{goodbye}\n")]
    return made("tcp.vanish-once", events, Point(Difference.DOUBLED, ALICE, goodbye))


def not_let_in() -> CheckResult:
    """A failure that is about no message."""
    return made("tcp.two-users", joins(ALICE), message=fact("not-let-in", name="bob"))


def in_front_of_a_client() -> CheckResult:
    """A client that does not send what is typed."""
    events = [
        happened(EventKind.STARTS, ALICE),
        happened(EventKind.CONNECTS, CLIENT, fact=fact("to-port", port=14901)),
        happened(EventKind.SENDS, SERVER, "name\n"),
        happened(EventKind.PRINTS, ALICE, "What is your name? "),
        happened(EventKind.TYPES, ALICE, ALICE),
        happened(EventKind.GETS, SERVER, f"{ALICE}\n"),
        happened(EventKind.SENDS, SERVER, WELCOME),
        happened(EventKind.TYPES, ALICE, "hello4d5e6f"),
        happened(EventKind.GETS, SERVER, "hello4d5e6f\n"),
    ]
    return made("tcp.client-sends", events, Point(Difference.MISSING, SERVER, SAID))


def through_both() -> CheckResult:
    """The submission's own clients talk through its own server."""
    events = [
        happened(EventKind.STARTS, ALICE),
        happened(EventKind.TYPES, ALICE, ALICE),
        happened(EventKind.STARTS, BOB),
        happened(EventKind.TYPES, BOB, BOB),
        happened(EventKind.TYPES, ALICE, "hello4d5e6f"),
        happened(EventKind.PRINTS, BOB, f"{SAID}\n"),
    ]
    return made("tcp.end-to-end", events)


def crowd() -> CheckResult:
    """More users than there is room for, and more messages."""
    names = [f"user{number:06x}" for number in range(20)]
    events: list[Event] = []
    for at, name in enumerate(names):
        events += joins(name, *names[:at])
    events += says(names[0], "hello", *names[2:])
    return made("tcp.hundred", events, Point(Difference.MISSING, names[1], f"{names[0]}: hello"))


def by_datagram() -> CheckResult:
    """A message over UDP, where nothing connects."""
    events = [
        happened(EventKind.SENDS, ALICE, ALICE),
        happened(EventKind.GETS, ALICE, WELCOME.split("\n", maxsplit=1)[0]),
        *(replace(e, text=e.text.removesuffix("\n")) for e in says(ALICE, "hello", BOB)),
    ]
    return made("udp.two-users", events)


def hostile() -> CheckResult:
    """Names and texts that would like to be something else."""
    events = [
        happened(EventKind.CONNECTS, HOSTILE),
        happened(EventKind.SENDS, HOSTILE, HOSTILE),
        happened(EventKind.GETS, HOSTILE, f"{HOSTILE}\n"),
    ]
    return made("tcp.two-users", events, Point(Difference.MISSING, HOSTILE, HOSTILE))


DRAWN = {
    "everybody": everybody,
    "never-came": never_came,
    "came-back": came_back,
    "came-twice": came_twice,
    "not-let-in": not_let_in,
    "in-front-of-a-client": in_front_of_a_client,
    "through-both": through_both,
    "crowd": crowd,
    "by-datagram": by_datagram,
    "hostile": hostile,
}
