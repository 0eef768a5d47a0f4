"""Two who give one name at once."""

from __future__ import annotations

from typing import cast

from grader.chat.inbox import Inbox
from grader.chat.interleaving.claims import Claims
from grader.chat.journal import Act, Entry, Journal, Manners
from grader.chat.participants.client import Client


class Somebody:
    """A participant with an inbox."""

    def __init__(self, name: str, came: bytes = b"") -> None:
        self.name, self.inbox = name, Inbox()
        self.inbox.feed(came)


WELCOMED = b"name\nYou are connected!\nTo terminate the connection to the server, enter leave\n"


def claims(first: bytes = b"", second: bytes = b"") -> Claims:
    """Bob and carol both give the name alice."""
    found = Claims("alice")
    for name, came in (("bob", first), ("carol", second)):
        found.add(cast("Client", Somebody(name, came)))
    return found


def test_who_is_in() -> None:
    """Whoever was welcomed is in; whoever was asked again has been answered, too."""
    found = claims(WELCOMED, b"name\nname\n")
    bob, carol = found.clients.values()
    assert (found.is_in(bob), found.is_in(carol)) == (True, False)
    assert found.answered(bob) and found.answered(carol)
    assert not claims(b"name\n").answered(next(iter(claims(b"name\n").clients.values())))


def test_each_may_have_been_the_first() -> None:
    """In each order the first has the name, and the other one has offered it in vain."""
    entries = tuple(Entry(Act.NAMES, who, "alice") for who in ("bob", "carol"))
    orders = [o.entries for o in claims().orders(Journal(Manners(), entries))]
    assert orders == [
        (Entry(Act.NAMES, "alice", "alice"), Entry(Act.OFFERS, "carol", "alice")),
        (Entry(Act.OFFERS, "bob", "alice"), Entry(Act.NAMES, "alice", "alice")),
    ]


def test_without_claims_there_is_one_order() -> None:
    """A journal in which nobody gives the name of another stays as it is."""
    journal = Journal(Manners(), (Entry(Act.NAMES, "bob", "bob"),))
    assert list(Claims().orders(journal)) == [journal]
