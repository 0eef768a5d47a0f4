"""One fault in a chat that is right otherwise, and about no message, is exactly one finding."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support.journals import LINES
from support.simulated import Chat, played

from grader.assignment import protocol
from grader.assignment.protocol import WELCOME, Framing
from grader.chat.journal import Act, Entry, Journal
from grader.chat.model.finding import Kind
from grader.chat.model.findings import findings

any_random = st.randoms(use_true_random=False)
many = settings(max_examples=60, deadline=None)


def quiets(chat: Journal) -> list[int]:
    """Where everything that was due had come, while somebody was there."""
    found = []
    present = 0
    for n, entry in enumerate(chat.entries):
        present += (entry.act is Act.SETTLES) - (entry.act in (Act.LEAVES, Act.VANISHES))
        if entry.act is Act.QUIET and present and _nobody_is_coming(chat, n):
            found.append(n)
    return found


def _nobody_is_coming(chat: Journal, n: int) -> bool:
    acts = [entry.act for entry in chat.entries[:n]]
    return acts.count(Act.NAMES) == acts.count(Act.SETTLES)


def present_at(chat: Journal, n: int) -> list[str]:
    """Who has settled, and has not gone."""
    there: dict[str, None] = {}
    for entry in chat.entries[:n]:
        if entry.act is Act.SETTLES:
            there[entry.who] = None
        elif entry.act in (Act.LEAVES, Act.VANISHES):
            there.pop(entry.who, None)
    return list(there)


def inserted(chat: Journal, n: int, *entries: Entry) -> Journal:
    """The journal with something more behind one place."""
    return replaced(chat, (*chat.entries[: n + 1], *entries, *chat.entries[n + 1 :]))


def replaced(chat: Journal, entries: tuple[Entry, ...]) -> Journal:
    return Journal(chat.manners, entries)


def unasked(chat: Journal, n: int, who: str) -> Journal:
    end = chat.manners.framing.end.decode()
    return inserted(chat, n, Entry(Act.GETS, who, f"1 2 3 4 5{end}"), Entry(Act.QUIET, ""))


def cut_off(chat: Journal, n: int, who: str) -> Journal:
    """From then on nothing comes to them; the others talk."""
    end = chat.manners.framing.end.decode()
    others = [other for other in present_at(chat, n) if other != who]
    rest = [Entry(Act.ENDS, who, "closed"), Entry(Act.QUIET, "")]
    for speaker in others:
        line = protocol.message(speaker, "once more")
        rest.append(Entry(Act.SAYS, speaker, line))
        rest += [Entry(Act.GETS, other, f"{line}{end}") for other in others if other != speaker]
        rest.append(Entry(Act.QUIET, ""))
    return replaced(chat, (*chat.entries[: n + 1], *rest))


def crashed(chat: Journal, n: int, who: str) -> Journal:
    del who
    return replaced(chat, (*chat.entries[: n + 1], Entry(Act.CRASHES, "", "status 1")))


def flooded(chat: Journal, n: int, who: str) -> Journal:
    return replaced(chat, (*chat.entries[: n + 1], Entry(Act.FLOODS, who), Entry(Act.QUIET, "")))


def refused(chat: Journal, n: int, who: str) -> Journal:
    del who
    newcomer = (Entry(Act.ENTERS, "zoe9"), Entry(Act.REFUSED, "zoe9"))
    return replaced(chat, (*chat.entries[: n + 1], *newcomer))


Fault = Callable[[Journal, int, str], Journal]
FAULTS: dict[Kind, tuple[Fault, tuple[Framing, ...]]] = {
    Kind.UNASKED: (unasked, tuple(Framing)),
    Kind.CUT_OFF: (cut_off, (Framing.LINES, Framing.RAW)),
    Kind.CRASHED: (crashed, tuple(Framing)),
    Kind.FLOODED: (flooded, tuple(Framing)),
    Kind.REFUSED: (refused, (Framing.LINES, Framing.RAW)),
}
CASES = tuple((kind, framing) for kind, (_, framings) in FAULTS.items() for framing in framings)


@pytest.mark.parametrize(("kind", "framing"), CASES, ids=lambda c: c.value)
def test_one_fault_is_one_finding(kind: Kind, framing: Framing) -> None:
    """Whenever it happens, and to whom: it is found, and nothing else."""
    fault, _ = FAULTS[kind]

    @many
    @given(any_random)
    def run(rng: random.Random) -> None:
        chat = played(rng, framing, hasty=False).journal()
        places = quiets(chat)
        assume(places)
        n = rng.choice(places)
        who = rng.choice(present_at(chat, n))
        assert [f.kind for f in findings(fault(chat, n, who))] == [kind]

    run()


def whole_messages(chat: Journal) -> list[int]:
    """Where a message came in one piece that begins and ends with it."""
    newline = {Framing.LINES: "\n"}.get(chat.manners.framing, "")
    last: dict[str, str] = {}
    found = []
    for n, entry in enumerate(chat.entries):
        if entry.act is Act.GETS:
            begins = last.get(entry.who, newline).endswith(newline)
            if begins and entry.text.endswith(newline):
                found.append(n)
            last[entry.who] = entry.text
    return found


@pytest.mark.parametrize("framing", [Framing.LINES, Framing.DATAGRAMS], ids=lambda f: f.value)
def test_one_newline_too_many_is_one_finding(framing: Framing) -> None:
    """Behind a line, or on a datagram; the message has come all the same."""

    @many
    @given(any_random)
    def run(rng: random.Random) -> None:
        chat = played(rng, framing, hasty=False).journal()
        places = whole_messages(chat)
        assume(places)
        n = rng.choice(places)
        entry = chat.entries[n]
        more = Entry(Act.GETS, entry.who, f"{entry.text}\n")
        again = replaced(chat, (*chat.entries[:n], more, *chat.entries[n + 1 :]))
        assert [(f.kind, f.who) for f in findings(again)] == [(Kind.NEWLINES, entry.who)]

    run()


@many
@given(any_random)
def test_one_newline_forgotten_is_one_finding(rng: random.Random) -> None:
    """The message, and the one that is glued to it, have come all the same."""
    chat = played(rng, hasty=False).journal()
    places = whole_messages(chat)
    assume(places)
    n = rng.choice(places)
    entry = chat.entries[n]
    bare = Entry(Act.GETS, entry.who, entry.text.removesuffix("\n"))
    again = replaced(chat, (*chat.entries[:n], bare, *chat.entries[n + 1 :]))
    assert [(f.kind, f.who) for f in findings(again)] == [(Kind.UNTERMINATED, entry.who)]


@many
@given(any_random)
def test_a_welcome_in_the_wrong_order_is_one_finding(rng: random.Random) -> None:
    """The two lines of it are the only ones that have an order."""
    chat = Chat(rng, LINES, hasty=False)
    for who in ("alice1", "bob2", "carol3")[: rng.randrange(1, 4)]:
        chat.join(who)
    whole = chat.journal()
    greeted = rng.choice([e.who for e in whole.entries if e.act is Act.NAMES])
    swapped = []
    for entry in whole.entries:
        texts = {f"{WELCOME[0]}\n": WELCOME[1], f"{WELCOME[1]}\n": WELCOME[0]}
        other = texts.get(entry.text) if entry.who == greeted else None
        swapped.append(entry if other is None else Entry(Act.GETS, greeted, f"{other}\n"))
    found = findings(replaced(whole, tuple(swapped)))
    in_pieces = any(e.who == greeted and e.text in WELCOME[0] for e in whole.entries)
    assert in_pieces or [(f.kind, f.who) for f in found] == [(Kind.REVERSED, greeted)]
