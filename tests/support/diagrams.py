"""Checks made by hand whose diagrams are drawn."""

from __future__ import annotations

from dataclasses import replace

from grader.result.check import CheckResult, Event, Point
from support.samples import HOSTILE, check, failed

ALICE, BOB, CAROL = "alice1c9f03", "bob77aa01", "carol5e2d40"
SAID = f"{ALICE}: hello4d5e6f"
WELCOME = "You are connected!\nTo terminate the connection to the server, enter leave\n"


def joins(name: str, *present: str) -> list[Event]:
    """Somebody comes in, and the others are told."""
    events = [
        Event(0.0, "step", "", f"{name} connects and gives their name"),
        Event(0.0, "connects", name, "to port 14901"),
        Event(0.0, "gets", name, "name\n"),
        Event(0.0, "sends", name, f"{name}\n"),
        Event(0.0, "gets", name, WELCOME),
    ]
    return [*events, *(Event(0.0, "gets", other, f"{name} joined!\n") for other in present)]


def says(name: str, text: str, *others: str, fence: bool = False) -> list[Event]:
    """Somebody says something, and the others get it."""
    line = f"{name}: {text}\n"
    sent = Event(0.0, "sends", name, line, fence=fence)
    return [sent, *(Event(0.0, "gets", other, line) for other in others)]


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
    return made("tcp.many-users", events, Point("missing", CAROL, SAID))


def came_back() -> CheckResult:
    """A message comes back to its sender."""
    events = [*THREE, *says(ALICE, "hello4d5e6f", ALICE, BOB, CAROL)]
    return made("tcp.sender-excluded", events, Point("unwanted", ALICE, SAID))


def came_twice() -> CheckResult:
    """A leave notice comes twice."""
    goodbye = f"*{BOB} left*"
    events = [*joins(ALICE), *joins(BOB, ALICE)]
    events += [Event(0.0, "vanishes", BOB, "(FIN)")]
    events += [Event(0.0, "gets", ALICE, f"{goodbye}\n{goodbye}\n")]
    return made("tcp.vanish-once", events, Point("doubled", ALICE, goodbye))


def not_let_in() -> CheckResult:
    """A failure that is about no message."""
    return made("tcp.two-users", joins(ALICE), message="bob is not let in")


def in_front_of_a_client() -> CheckResult:
    """A client that does not send what is typed."""
    events = [
        Event(0.0, "starts", ALICE, "the client"),
        Event(0.0, "connects", "the client", "to port 14901"),
        Event(0.0, "sends", "server", "name\n"),
        Event(0.0, "prints", f"{ALICE}'s client", "What is your name? "),
        Event(0.0, "types", ALICE, ALICE),
        Event(0.0, "gets", "server", f"{ALICE}\n"),
        Event(0.0, "sends", "server", WELCOME),
        Event(0.0, "types", ALICE, "hello4d5e6f"),
        Event(0.0, "gets", "server", "hello4d5e6f\n"),
    ]
    return made("tcp.client-sends", events, Point("missing", "server", SAID))


def through_both() -> CheckResult:
    """The submission's own clients talk through its own server."""
    events = [
        Event(0.0, "starts", ALICE, "the client"),
        Event(0.0, "types", ALICE, ALICE),
        Event(0.0, "starts", BOB, "the client"),
        Event(0.0, "types", BOB, BOB),
        Event(0.0, "types", ALICE, "hello4d5e6f"),
        Event(0.0, "prints", f"{BOB}'s client", f"{SAID}\n"),
    ]
    return made("tcp.end-to-end", events)


def crowd() -> CheckResult:
    """More users than there is room for, and more messages."""
    names = [f"user{number:06x}" for number in range(20)]
    events: list[Event] = []
    for at, name in enumerate(names):
        events += joins(name, *names[:at])
    events += says(names[0], "hello", *names[2:])
    return made("tcp.hundred", events, Point("missing", names[1], f"{names[0]}: hello"))


def by_datagram() -> CheckResult:
    """A message over UDP, where nothing connects."""
    events = [
        Event(0.0, "sends", ALICE, ALICE),
        Event(0.0, "gets", ALICE, WELCOME.split("\n", maxsplit=1)[0]),
        *(replace(e, text=e.text.removesuffix("\n")) for e in says(ALICE, "hello", BOB)),
    ]
    return made("udp.two-users", events)


def hostile() -> CheckResult:
    """Names and texts that would like to be something else."""
    events = [
        Event(0.0, "connects", HOSTILE, ""),
        Event(0.0, "sends", HOSTILE, HOSTILE),
        Event(0.0, "gets", HOSTILE, f"{HOSTILE}\n"),
    ]
    return made("tcp.two-users", events, Point("missing", HOSTILE, HOSTILE))


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
