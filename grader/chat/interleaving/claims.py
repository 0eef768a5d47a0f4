"""Two who give one name at once: who is in, and a journal for each order that explains it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from msgspec.structs import replace

from grader.assignment.protocol import NAME_REQUEST, WELCOME
from grader.chat.journal import Act, Entry, Journal
from grader.chat.participants.client import Client

ASKED_AGAIN = 2  # requests that came then


@dataclass
class Claims:
    """A name, and those who gave it, each under another name until it is known who has it."""

    name: str = ""
    clients: dict[str, Client] = field(default_factory=dict)  # by the names that they had before

    def add(self, client: Client) -> None:
        """Somebody gives the name."""
        self.clients[client.name] = client

    def answered(self, client: Client) -> bool:
        """Whether somebody was welcomed, or asked again."""
        return self.is_in(client) or client.inbox.count(NAME_REQUEST) >= ASKED_AGAIN

    @staticmethod
    def is_in(client: Client) -> bool:
        """Whether somebody was welcomed."""
        return all(client.inbox.count(line) for line in WELCOME)

    def orders(self, journal: Journal) -> Iterator[Journal]:
        """The journal as if each in turn had been the first to give the name.

        It is right if it is right in one of these orders (linearizable: Herlihy and Wing 1990).
        """
        if not self.clients:
            yield journal
        for first in self.clients:
            yield replace(journal, entries=tuple(self._as_if(first, e) for e in journal.entries))

    def _as_if(self, first: str, entry: Entry) -> Entry:
        if entry.who == first:
            return replace(entry, who=self.name)
        if entry.act is Act.NAMES and entry.text == self.name:
            return replace(entry, act=Act.OFFERS)
        return entry
