"""The model of a client as a whole: no finding of any right one, exactly one for one fault."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.simulated_client import ALICE, played

from grader.assignment.protocol import Framing
from grader.chat.journal import Act, Entry, Journal
from grader.chat.model.client import shown
from grader.chat.model.finding import Kind
from grader.result.check import SERVER

FRAMINGS = tuple(Framing)
any_random = st.randoms(use_true_random=False)
many = settings(max_examples=100, deadline=None)
each_framing = pytest.mark.parametrize("framing", FRAMINGS, ids=lambda f: f.value)


@many
@given(any_random, st.sampled_from(FRAMINGS))
def test_a_right_client_has_no_findings(rng: random.Random, framing: Framing) -> None:
    """Whatever stands around what it must send and show."""
    assert shown(played(rng, framing).journal()).findings == ()


def whole(journal: Journal, act: Act) -> list[int]:
    """Where a text was sent, or shown, in one piece, and was waited for behind that."""
    end = journal.manners.framing.end.decode() if act is Act.GETS else ""
    doing = Act.SAYS if act is Act.GETS else Act.TELLS
    texts = {entry.text for entry in journal.entries if entry.act is doing}
    quiet = [n for n, entry in enumerate(journal.entries) if entry.act is Act.QUIET]
    return [
        n
        for n, entry in enumerate(journal.entries)
        if entry.act is act and any(text + end in entry.text for text in texts) and n < max(quiet)
    ]


def changed(journal: Journal, n: int, *entries: Entry) -> Journal:
    return Journal(journal.manners, (*journal.entries[:n], *entries, *journal.entries[n + 1 :]))


def lost(journal: Journal, n: int, rng: random.Random) -> Journal:
    del rng
    return changed(journal, n)


def doubled(journal: Journal, n: int, rng: random.Random) -> Journal:
    del rng
    return changed(journal, n, journal.entries[n], journal.entries[n])


def altered(journal: Journal, n: int, rng: random.Random) -> Journal:
    """Within the name, and so not within what tells the message."""
    del rng
    entry = journal.entries[n]
    text = entry.text.replace("alice1: ", "alice1> ").replace("bob2: ", "bob2> ")
    return changed(journal, n, Entry(entry.act, entry.who, text))


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


@each_framing
@pytest.mark.parametrize("act", [Act.GETS, Act.SHOWS], ids=["sent", "shown"])
@pytest.mark.parametrize("kind", FAULTS, ids=lambda k: k.value)
def test_one_fault_is_one_finding(kind: Kind, act: Act, framing: Framing) -> None:
    """A text that is lost, doubled, altered or late is found, and nothing else."""

    @many
    @given(any_random)
    def run(rng: random.Random) -> None:
        journal = played(rng, framing).journal()
        places = whole(journal, act)
        if not places:
            return
        n = rng.choice(places)
        (found,) = shown(FAULTS[kind](journal, n, rng)).findings
        assert found.kind is kind
        assert found.text in journal.entries[n].text

    run()


@each_framing
def test_what_nobody_typed_is_one_finding(framing: Framing) -> None:
    """Wherever it is sent."""

    @many
    @given(any_random)
    def run(rng: random.Random) -> None:
        journal = played(rng, framing).journal()
        quiet = [n for n, entry in enumerate(journal.entries) if entry.act is Act.QUIET]
        n = rng.choice(quiet)
        extra = Entry(Act.GETS, SERVER, f"0123 4567 89{framing.end.decode()}")
        (found,) = shown(changed(journal, n, extra, journal.entries[n])).findings
        assert (found.kind, found.got) == (Kind.UNASKED, "0123 4567 89")

    run()


@each_framing
def test_an_end_is_one_finding(framing: Framing) -> None:
    """Nothing is missing behind it."""

    @many
    @given(any_random)
    def run(rng: random.Random) -> None:
        client = played(rng, framing)
        leaves = [n for n, entry in enumerate(client.entries) if entry.act is Act.LEAVES]
        del client.entries[min(leaves, default=len(client.entries)) :]
        client.note(rng.choice((Act.SAYS, Act.TELLS)), ALICE, "bob2: see you 0123")
        client.note(Act.EXITS, ALICE, rng.choice("01"))
        (found,) = shown(client.journal()).findings
        assert found.kind is Kind.EXITED

    run()


@each_framing
def test_a_client_that_stays_is_one_finding(framing: Framing) -> None:
    """It was left, and nothing else is wrong with it."""

    @many
    @given(any_random)
    def run(rng: random.Random) -> None:
        journal = played(rng, framing).journal()
        exits = [n for n, entry in enumerate(journal.entries) if entry.act is Act.EXITS]
        for n in exits:
            (found,) = shown(changed(journal, n)).findings
            assert found.kind is Kind.STAYS

    run()
