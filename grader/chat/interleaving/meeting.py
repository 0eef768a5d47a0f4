"""People at one long-lived server of which one thread can be held: story after story."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from grader.assignment import protocol
from grader.chat.interleaving.claims import Claims
from grader.chat.interleaving.places import sharing_of
from grader.chat.interleaving.rest import Rest
from grader.chat.journal import Act, Journal, Vanishing
from grader.chat.model import findings
from grader.chat.model.findings import Shown
from grader.chat.pace import BRIEFLY, IDLE
from grader.chat.participants.client import Client
from grader.chat.recorder import Recorder
from grader.chat.story import Over, Story
from grader.chat.world import Chat
from grader.fact import Fact, fact
from grader.sandbox.tracing import Tracing
from grader.submission.sharing import Sharing


class Meeting(Story):
    """A story that begins anew again and again, with new names, while some people stay."""

    def __init__(self, chat: Chat) -> None:
        super().__init__(chat)
        chat.traced = True
        self.claims = Claims()
        self._pace = self.rest = Rest(chat)

    @property
    def tracing(self) -> Tracing:
        """The orders to the server's tracer."""
        tracing = self.chat.processes[0].tracing
        assert tracing is not None
        return tracing

    def sharing(self) -> Sharing:
        """What the lines of the server share, as its source says."""
        return sharing_of(self.chat.processes[0])

    # One story after the other.

    def begin(self, *who: str) -> None:
        """Let those come who stay."""
        self.join(*who)
        self.anew()

    def anew(self) -> None:
        """Begin a new story: what was written down so far is no part of it.

        Its journal begins as if those who are here had just come, one after the other.
        """
        self._recorder, self.claims = Recorder(start=self._recorder.start), Claims()
        self._pace = self.rest = Rest(self.chat, wakes=self.rest.wakes)
        here: list[str] = []
        for client in self.present:
            for who, act, text in _arrival(client.name, here):
                framed = self.manners.framing.encode(text).decode() if act is Act.GETS else text
                self._recorder.add(act, who, framed)
            here.append(client.name)
        for client in self.present:
            self._listen(client)

    def shown(self) -> tuple[Journal, Shown]:
        """What the story shows: of several orders, in that in which least is wrong."""
        shown = [(each, findings.shown(each)) for each in self.claims.orders(self.journal())]
        return min(shown, key=lambda pair: len(pair[1].findings))

    # Deeds: nobody waits for what comes of them.

    def enter(self, who: str) -> Client:
        """Let somebody connect, who is asked for a name."""
        return self._enter(who)

    def _coming(self, newcomer: Client) -> Fact:
        return fact("connects", name=newcomer.name)

    def _give_name(self, newcomer: Client) -> None:
        self.chat.transcript.step(fact("gives-name", name=newcomer.name))
        super()._give_name(newcomer)

    def gives_name(self, newcomer: Client) -> None:
        """Let somebody who has connected give a name."""
        self._give_name(newcomer)

    def claims_name(self, newcomer: Client) -> None:
        """Let somebody who has connected give a name that another one gives as well."""
        name = self.claims.name = self.claims.name or self.chat.draw("erin")
        self.claims.add(newcomer)
        self.chat.transcript.step(fact("answers-with-name", who=newcomer.name, name=name))
        self._recorder.add(Act.NAMES, newcomer.name, name)
        if len(self.claims.clients) == 1:  # one of them is to be announced, whoever it is
            self._expect_everywhere(name)
        newcomer.send(protocol.name_reply(name))

    def says(self, speaker: Client) -> None:
        """Let somebody say a plain word."""
        self._say(speaker)

    def leaves(self, going: Client) -> None:
        """Let somebody say goodbye, and not close yet."""
        self._say_goodbye(going)

    def is_reset(self, going: Client) -> None:
        """Let somebody's connection be reset."""
        self._vanish(going, Vanishing.RESET)

    def is_cut_off(self, going: Client) -> None:
        """Let the connection be reset of somebody who has said goodbye."""
        going.vanish(Vanishing.RESET.value)

    # What comes of them.

    def let_in(self, newcomer: Client) -> None:
        """Count somebody as one of those present, once that has been told."""
        if newcomer.inbox.ended or not self._is_in(newcomer):
            raise Over
        self._let_in(newcomer)

    def let_in_the_first(self) -> list[Client]:
        """Whoever has got the name is in, and has it from now on; returns the others."""
        others = [c for c in self.claims.clients.values() if not self.claims.is_in(c)]
        for before, client in self.claims.clients.items():
            if client not in others:
                self._recorder.add(Act.SETTLES, before)
                self.present.append(client)
                client.name = self.claims.name
        if len(others) != len(self.claims.clients) - 1:
            raise Over
        return others

    def expected(self) -> int:
        """How many messages are due so far."""
        return len(self._awaited)

    def has_come(self, before: int) -> bool:
        """Whether all has come that became due since then."""
        asked, due = list(self.claims.clients.values())[-1:], self._awaited[before:]
        return (
            bool(due)
            and all(map(self.claims.answered, asked))
            and all(self._has(*awaited) for awaited in due)
        )

    def settle(self, idle: float = IDLE, *, briefly: float = BRIEFLY) -> None:
        """Wait for all that is due, then until all threads are done or blocked."""
        deadline = self._pace.deadline()
        for client in self.claims.clients.values():
            answered = partial(self.claims.answered, client)
            if not client.inbox.wait(answered, deadline) and not client.inbox.ended:
                self._pace.miss()
        super().settle(idle, briefly=briefly)


def _arrival(name: str, here: list[str]) -> Iterator[tuple[str, Act, str]]:
    """What is written down when somebody comes and all goes well."""
    yield name, Act.ENTERS, ""
    yield name, Act.GETS, protocol.NAME_REQUEST
    yield name, Act.NAMES, name
    for line in protocol.WELCOME:
        yield name, Act.GETS, line
    for other in here:
        yield other, Act.GETS, protocol.joined(name)
    yield "", Act.QUIET, ""
    yield name, Act.SETTLES, ""
