"""Right clients in memory, whose freedom is used at random, written down as journals."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from grader.assignment import protocol
from grader.assignment.protocol import Framing
from grader.chat.journal import Act, Entry, Journal, Manners
from grader.result.check import SERVER

ALICE, BOB = "alice1", "bob2"
WORDS = ("Hello there", "a: b: c", "I left my keys", "привет", "leave", "🙂 smile")
PLAIN = ("hello", "keys", "morning")
AROUND = (("", "\n"), ("\n> ", "\n"), ("\r\x1b[K\x1b[32m", "\x1b[0m\n> "), ("[", "]\n"))


@dataclass
class Client:
    """A client that does what it must, and around that what it may."""

    rng: random.Random
    manners: Manners
    entries: list[Entry] = field(default_factory=list)
    drawn: int = 0

    def journal(self) -> Journal:
        """All that has happened."""
        return Journal(self.manners, tuple(self.entries))

    def note(self, act: Act, who: str = "", text: str = "") -> None:
        self.entries.append(Entry(act, who, text))

    def draw(self) -> str:
        self.drawn += 1
        words = PLAIN if self.manners.framing is Framing.RAW else WORDS
        return f"{self.rng.choice(words)} {self.drawn * 7919:06x}"

    def begin(self) -> None:
        """The name is typed; it may be on its way before it is asked for."""
        if self.rng.random() < 0.3:
            self.send(ALICE)
            self.note(Act.NAMES, ALICE, ALICE)
        else:
            self.note(Act.NAMES, ALICE, ALICE)
            self.send(ALICE)
        self.note(Act.QUIET)
        for line in protocol.WELCOME:
            self.show(line)
        self.note(Act.QUIET)

    def type(self) -> None:
        """A text is typed; the client may show it, too."""
        line = protocol.message(ALICE, self.draw())
        self.note(Act.SAYS, ALICE, line)
        if self.rng.random() < 0.3:
            self.show(line)
        self.send(line)
        self.quiet()

    def tell(self) -> None:
        """A text of somebody else's comes."""
        line = protocol.message(BOB, self.draw())
        self.note(Act.TELLS, ALICE, line)
        self.show(line)
        self.quiet()

    def leave(self) -> None:
        self.note(Act.LEAVES, ALICE, protocol.left(ALICE))
        self.send(protocol.left(ALICE))
        self.note(Act.EXITS, ALICE, "0")
        self.note(Act.QUIET)

    def quiet(self) -> None:
        """Most things are waited for at once."""
        if self.rng.random() < 0.8:
            self.note(Act.QUIET)

    def send(self, line: str) -> None:
        self._in_pieces(Act.GETS, SERVER, line + self.manners.framing.end.decode())

    def show(self, line: str) -> None:
        before, behind = self.rng.choice(AROUND)
        self._in_pieces(Act.SHOWS, ALICE, f"{before}{line}{behind}")

    def _in_pieces(self, act: Act, who: str, text: str) -> None:
        whole = act is Act.GETS and self.manners.framing is Framing.DATAGRAMS
        if not whole and self.rng.random() < 0.2:
            cut = self.rng.randrange(1, len(text))
            self.note(act, who, text[:cut])
            text = text[cut:]
        self.note(act, who, text)


def played(rng: random.Random, framing: Framing) -> Client:
    """A user who talks, and is talked to, at random, and leaves."""
    client = Client(rng, Manners(framing))
    client.begin()
    for _step in range(rng.randrange(12)):
        rng.choice((client.type, client.tell))()
    client.note(Act.QUIET)
    if rng.random() < 0.8:
        client.leave()
    return client
