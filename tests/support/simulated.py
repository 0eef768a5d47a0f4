"""Chats in memory: a correct server whose freedom is used at random, written down as a journal."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from grader.assignment import protocol
from grader.assignment.protocol import Framing
from grader.chat.journal import Act, Entry, Journal, Manners, Vanishing

WORDS = ("Hello there", "a: b: c", "  blanks  ", "I left my keys", "привет", "name", "🙂 smile")
PLAIN = ("hello", "keys", "morning")  # no text is a part of another one: that is asked of raw chats


@dataclass
class Chat:
    """A correct server and its users; what it delivers may wait until the next quiet."""

    rng: random.Random
    manners: Manners = field(default_factory=Manners)
    hasty: bool = True  # whether one thing may happen before the last one has come everywhere
    entries: list[Entry] = field(default_factory=list)
    present: list[str] = field(default_factory=list)
    pending: list[tuple[str, str]] = field(default_factory=list)
    leaving: list[str] = field(default_factory=list)
    drawn: int = 0

    def journal(self) -> Journal:
        """Everything so far, waited for."""
        self.quiet()
        return Journal(self.manners, tuple(self.entries))

    def note(self, act: Act, who: str = "", text: str = "") -> None:
        self.entries.append(Entry(act, who, text))

    def draw(self) -> str:
        self.drawn += 1
        words = PLAIN if self.manners.framing is Framing.RAW else WORDS
        return f"{self.rng.choice(words)} {self.drawn * 7919:06x}"

    # What users do.

    def join(self, who: str) -> None:
        """Somebody comes in; messages of others meanwhile may reach them or not."""
        self.note(Act.ENTERS, who)
        if self.manners.asks and self.manners.framing is not Framing.DATAGRAMS:
            self.deliver(who, protocol.NAME_REQUEST)
        if self.hasty and self.present and self.rng.random() < 0.3:
            self.say(self.rng.choice(self.present))
        self.note(Act.NAMES, who, who)
        if self.manners.welcomes:
            for line in protocol.WELCOME:
                self.deliver(who, line)
        self.tell(protocol.joined(who), but=who)
        if self.hasty and self.present and self.rng.random() < 0.3:
            speaker = self.rng.choice(self.present)
            line = self.say(speaker)
            if self.rng.random() < 0.5:
                self.deliver(who, line)
        self.quiet()
        self.note(Act.SETTLES, who)
        self.present.append(who)

    def say(self, who: str) -> str:
        line = protocol.message(who, self.draw())
        self.note(Act.SAYS, who, line)
        self.tell(line, but=who)
        self.breathe()
        return line

    def leave(self, who: str) -> None:
        self.note(Act.LEAVES, who, protocol.left(who))
        self.go(who)
        self.tell(protocol.left(who), but=who)
        self.breathe()

    def vanish(self, who: str, how: Vanishing) -> None:
        self.note(Act.VANISHES, who, how.value)
        self.go(who)
        if self.manners.framing is not Framing.DATAGRAMS or self.rng.random() < 0.5:
            self.tell(protocol.left(who), but=who)
        self.breathe()

    def go(self, who: str) -> None:
        self.present.remove(who)
        self.leaving.append(who)
        if self.rng.random() < 0.5:  # what was on its way to who leaves may get lost
            self.pending = [(to, line) for to, line in self.pending if to != who]

    # What the server does.

    def tell(self, line: str, but: str) -> None:
        for receiver in self.present:
            if receiver != but:
                self.deliver(receiver, line)

    def deliver(self, receiver: str, line: str) -> None:
        self.pending.append((receiver, line))

    def breathe(self) -> None:
        """Some of what is pending comes now, or all of it."""
        if not self.hasty or self.rng.random() < 0.6:
            self.quiet()
        else:
            self.flush(self.rng.randrange(len(self.pending) + 1))

    def flush(self, count: int) -> None:
        for receiver, line in self.pending[:count]:
            self.arrive(receiver, line)
        del self.pending[:count]

    def arrive(self, receiver: str, line: str) -> None:
        end = "\n" if self.manners.framing is Framing.LINES else ""
        text = line + end
        if self.manners.framing is not Framing.DATAGRAMS and self.rng.random() < 0.2:
            cut = self.rng.randrange(1, len(text))
            self.note(Act.GETS, receiver, text[:cut])
            text = text[cut:]
        self.note(Act.GETS, receiver, text)

    def quiet(self) -> None:
        self.flush(len(self.pending))
        self.note(Act.QUIET)
        self.leaving.clear()


NAMES = ("alice1", "bob2", "carol3", "dave4", "erin5", "alice11")


def played(rng: random.Random, framing: Framing = Framing.LINES, *, hasty: bool = True) -> Chat:
    """A chat in which people come, talk and go at random."""
    manners = Manners(framing, asks=rng.random() < 0.8, welcomes=rng.random() < 0.8)
    chat = Chat(rng, manners, hasty=hasty)
    waiting = list(NAMES)
    rng.shuffle(waiting)
    for _step in range(rng.randrange(4, 25)):
        choice = rng.random()
        if waiting and (len(chat.present) < 2 or choice < 0.2):
            chat.join(waiting.pop())
        elif choice < 0.85 or len(chat.present) < 2:
            chat.say(rng.choice(chat.present))
        elif choice < 0.93:
            chat.leave(rng.choice(chat.present))
        else:
            udp = framing is Framing.DATAGRAMS
            how = Vanishing.DEAD if udp else rng.choice((Vanishing.FIN, Vanishing.RESET))
            chat.vanish(rng.choice(chat.present), how)
    return chat
