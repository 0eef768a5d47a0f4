"""The model as a whole: no finding in any correct chat, exactly one for exactly one fault."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support import simulated
from support.simulated import played

from grader.assignment import protocol
from grader.assignment.protocol import Framing
from grader.chat.journal import Act, Entry, Journal
from grader.chat.model.finding import Finding, Kind
from grader.chat.model.findings import findings
from grader.chat.model.owed import Duty, Matter, owed

FRAMINGS = tuple(Framing)
any_random = st.randoms(use_true_random=False)
many = settings(max_examples=150, deadline=None)


@many
@given(any_random, st.sampled_from(FRAMINGS))
def test_a_correct_chat_has_no_findings(rng: random.Random, framing: Framing) -> None:
    """Whoever comes, talks and goes in whatever order: what a correct server does is right."""
    assert findings(played(rng, framing).journal()) == ()


def deliveries(journal: Journal) -> list[int]:
    """Where a whole message came that had to come, and nothing else began or ended there."""
    must = {(m.receiver, m.text) for m in owed(journal) if m.duty is Duty.MUST}
    end = "\n" if journal.manners.framing is Framing.LINES else ""
    texts = [(e.who, e.text.removesuffix(end) if end else e.text) for e in journal.entries]
    return [
        n
        for n, entry in enumerate(journal.entries)
        if entry.act is Act.GETS
        and texts[n] in must
        and entry.text.endswith(end)
        and texts[n][1] not in (protocol.NAME_REQUEST, *protocol.WELCOME)
        and _begins_a_message(journal, n)
    ]


def _begins_a_message(journal: Journal, n: int) -> bool:
    if journal.manners.framing is not Framing.LINES:
        return True
    who = journal.entries[n].who
    before = [e.text for e in journal.entries[:n] if e.who == who and e.act is Act.GETS]
    return not before or before[-1].endswith("\n")


def changed(journal: Journal, n: int, *entries: Entry) -> Journal:
    """The journal with other entries in one place."""
    return Journal(journal.manners, (*journal.entries[:n], *entries, *journal.entries[n + 1 :]))


def lost(journal: Journal, n: int, rng: random.Random) -> Journal:
    del rng
    return changed(journal, n)


def doubled(journal: Journal, n: int, rng: random.Random) -> Journal:
    del rng
    return changed(journal, n, journal.entries[n], journal.entries[n])


def altered(journal: Journal, n: int, rng: random.Random) -> Journal:
    entry = journal.entries[n]
    at = rng.randrange(1, len(entry.text.rstrip("\n")))
    text = f"{entry.text[:at]}#{entry.text[at:]}"
    return changed(journal, n, Entry(Act.GETS, entry.who, text))


def late(journal: Journal, n: int, rng: random.Random) -> Journal:
    """It comes behind the last quiet, before the last look."""
    del rng
    entry = journal.entries[n]
    return Journal(journal.manners, (*journal.entries[:n], *journal.entries[n + 1 :], entry))


FAULTS: dict[Kind, Callable[[Journal, int, random.Random], Journal]] = {
    Kind.MISSING: lost,
    Kind.DOUBLED: doubled,
    Kind.ALTERED: altered,
    Kind.LATE: late,
}


@pytest.mark.parametrize("framing", FRAMINGS, ids=lambda f: f.value)
@pytest.mark.parametrize("kind", FAULTS, ids=lambda k: k.value)
def test_one_fault_is_one_finding(kind: Kind, framing: Framing) -> None:
    """A message lost, doubled, altered or late is found, and nothing else."""

    @many
    @given(any_random)
    def run(rng: random.Random) -> None:
        journal = played(rng, framing, hasty=False).journal()
        places = deliveries(journal)
        if not places:
            return
        n = rng.choice(places)
        (found,) = findings(FAULTS[kind](journal, n, rng))
        text = journal.entries[n].text.removesuffix("\n")
        assert (found.kind, found.who, found.text) == (kind, journal.entries[n].who, text)

    run()


@pytest.mark.parametrize("framing", FRAMINGS, ids=lambda f: f.value)
def test_an_echo_is_one_finding(framing: Framing) -> None:
    """What comes back to whoever said it is found, wherever it comes back."""

    @many
    @given(any_random)
    def run(rng: random.Random) -> None:
        journal = played(rng, framing, hasty=False).journal()
        said = [n for n, e in enumerate(journal.entries) if e.act is Act.SAYS]
        if not said:
            return
        n = rng.choice(said)
        entry = journal.entries[n]
        end = "\n" if framing is Framing.LINES else ""
        echo = Entry(Act.GETS, entry.who, entry.text + end)
        (found,) = findings(changed(journal, n, entry, echo))
        assert (found.kind, found.matter, found.text) == (Kind.ECHOED, Matter.TEXT, entry.text)

    run()


@pytest.mark.parametrize("framing", FRAMINGS, ids=lambda f: f.value)
def test_an_own_join_notice_is_one_finding(framing: Framing) -> None:
    """A newcomer who is told of their own joining is found, at once or much later."""

    @many
    @given(any_random)
    def run(rng: random.Random) -> None:
        chat = played(rng, framing, hasty=False)
        journal = chat.journal()
        who = rng.choice([e.who for e in journal.entries if e.act is Act.NAMES])
        end = "\n" if framing is Framing.LINES else ""
        notice = Entry(Act.GETS, who, protocol.joined(who) + end)
        (found,) = findings(Journal(journal.manners, (*journal.entries, notice)))
        assert (found.kind, found.who) == (Kind.OWN_JOIN, who)

    run()


@many
@given(any_random)
def test_a_message_to_who_has_left_is_one_finding(rng: random.Random) -> None:
    """What is sent to a user who left, once that was everywhere, is found."""
    chat = played(rng, hasty=False)
    if len(chat.present) < 2:
        return
    gone = chat.present[0]
    chat.leave(gone)
    line = chat.say(chat.present[0])
    chat.deliver(gone, line)
    found: tuple[Finding, ...] = findings(chat.journal())
    assert [(f.kind, f.who, f.text) for f in found] == [(Kind.AFTERWARDS, gone, line)]


@many
@given(any_random)
def test_a_message_to_who_has_no_name_yet_is_one_finding(rng: random.Random) -> None:
    """What is sent to a newcomer before they gave a name is found."""
    chat = played(rng, hasty=False)
    if len(chat.present) < 2:
        return
    chat.note(Act.ENTERS, "zoe9")
    if chat.manners.asks:
        chat.deliver("zoe9", protocol.NAME_REQUEST)
    line = chat.say(chat.present[0])
    chat.deliver("zoe9", line)
    chat.quiet()
    chat.note(Act.NAMES, "zoe9", "zoe9")
    if chat.manners.welcomes:
        for text in protocol.WELCOME:
            chat.deliver("zoe9", text)
    chat.tell(protocol.joined("zoe9"), but="zoe9")
    chat.quiet()
    chat.note(Act.SETTLES, "zoe9")
    found = findings(chat.journal())
    assert [(f.kind, f.who, f.text) for f in found] == [(Kind.EARLY, "zoe9", line)]


@many
@given(any_random)
def test_a_crash_explains_what_is_missing_after_it(rng: random.Random) -> None:
    """After the server has ended nothing can come, and that is no finding of its own."""
    chat = played(rng, hasty=False)
    chat.quiet()
    chat.note(Act.CRASHES, text="ended with status 1")
    present = list(chat.present)
    for who in present:
        chat.note(Act.ENDS, who, "reset")
        chat.note(Act.SAYS, who, protocol.message(who, "is anybody there"))
    chat.note(Act.QUIET)
    assert [f.kind for f in findings(chat.journal())] == [Kind.CRASHED]


def test_names_are_parts_of_one_another() -> None:
    """The simulated users have names of which one begins another, as in a scenario."""
    assert any(a != b and b.startswith(a) for a in simulated.NAMES for b in simulated.NAMES)
