"""A scenario in front of a student's client: a scripted server, somebody who types, a journal."""

from __future__ import annotations

from collections.abc import Callable

from grader.assignment import protocol
from grader.chat.failure import Failure
from grader.chat.inbox import Inbox
from grader.chat.journal import Act, Journal, Manners
from grader.chat.pace import IDLE, Pace
from grader.chat.participants.base import PARTING, STARTING
from grader.chat.participants.host import Host
from grader.chat.participants.terminal import Terminal
from grader.chat.recorder import Recorder
from grader.chat.story import Over
from grader.chat.texts import plain
from grader.chat.world import Chat
from grader.fact import fact
from grader.result.check import SERVER


class ClientStory:
    """One user at a student's client, and a scripted server in front of it."""

    host: Host
    alice: Terminal

    def __init__(self, chat: Chat, at_gap: Callable[[], None] = lambda: None) -> None:
        """``at_gap`` is called when something is missing for the first time."""
        self.chat, self.rng = chat, chat.rng
        self._at_gap = at_gap
        self.failure: Failure | None = None  # the client never reached the server
        self._recorder = Recorder()
        self._awaited: list[tuple[Inbox, Callable[[], bool]]] = []
        self._told: list[str] = []  # since the last pause
        self._pace = Pace(chat)

    @property
    def manners(self) -> Manners:
        """How this client frames what it sends."""
        return Manners(self.chat.dialect.client_framing or self.chat.variant.framing)

    def journal(self) -> Journal:
        """All that has happened."""
        return self._recorder.journal(self.manners)

    def begin(self) -> None:
        """Start the client, type the name, let it in and welcome it."""
        self.host = self.chat.host()
        heard = self._recorder.listener(SERVER, self.manners.framing)
        self.host.inbox.report(heard, lambda _how: None)
        self.alice = self.chat.terminal("alice", self.host)
        name = self.alice.name
        shows = self._recorder.listener(name, self.alice.inbox.framing, Act.SHOWS)
        self.alice.inbox.report(shows, lambda _how: None)
        self._recorder.add(Act.NAMES, name, name)
        self.alice.join()
        try:
            self.host.admit()
        except Failure as failure:
            if not self.alice.process.alive:
                failure.got = self.alice.process.how_it_ended()
            self.failure = failure
            raise Over from None
        self._await(self.host.inbox, name)
        self.settle()
        self.host.welcome()
        self.settle()

    def tell(self, text: str = "") -> None:
        """Let the server send what some other user says."""
        if self._has_enough:
            return
        core = self.chat.draw("")
        words = (text or plain(self.rng)).format(core)
        line = protocol.message(self.chat.draw("bob"), words)
        core = core if core in line else line
        self.chat.transcript.step(fact("host-sends", text=line))
        self._recorder.add(Act.TELLS, self.alice.name, line)
        self._await(self.alice.inbox, core, lambda: self.alice.shows_aside(line))
        self._told.append(line)
        self.host.send(line)
        self.settle()

    def type(self, text: str = "") -> None:
        """Let the user type a text, also where nothing new is told: it may wake the client."""
        core = self.chat.draw("")
        words = (text or plain(self.rng)).format(core)
        self._recorder.add(Act.SAYS, self.alice.name, protocol.message(self.alice.name, words))
        if not self._has_enough:
            self._await(self.host.inbox, core)
        self.alice.say(words)
        self.settle()

    def leave(self) -> None:
        """Let the user type `leave`; the server closes once it was told, or not at all."""
        self._recorder.add(Act.LEAVES, self.alice.name, self.alice.goodbye)
        deadline = self.chat.deadline()
        self.alice.leave()
        self.host.inbox.wait(lambda: self.host.inbox.contains(self.alice.goodbye), deadline)
        self.chat.settle(IDLE)
        self.host.drain()
        self.host.hang_up()
        status = self.alice.process.wait(self.chat.deadline(quiet=PARTING))
        self.host.drain()
        if status is not None:
            self._recorder.add(Act.EXITS, self.alice.name, str(status))
        self._recorder.add(Act.QUIET)

    def settle(self) -> None:
        """Wait for all that is due, then until the client is idle, and take all in."""
        deadline = self._pace.deadline(**STARTING)
        for inbox, has_come in self._awaited:
            if not inbox.wait(has_come, deadline):
                if not self._pace.has_gaps:
                    self._at_gap()
                self._pace.miss()
        self._awaited.clear()
        self._pace.settle()
        self.chat.hear_out()
        self.host.drain()
        for line in self._told:
            self.alice.count_in(line)
        self._told.clear()
        if self.alice.inbox.ended:  # it has let go of its terminal: it is about to end
            self.alice.process.wait(self.chat.deadline())
        if not self.alice.process.alive:
            self._recorder.add(Act.EXITS, self.alice.name, str(self.alice.process.status))
            raise Over
        self._recorder.add(Act.QUIET)

    def _await(
        self, inbox: Inbox, core: str, otherwise: Callable[[], bool] = lambda: False
    ) -> None:
        """Have the next pause wait for a text, or for another way in which it may come."""
        self._awaited.append((inbox, lambda: inbox.contains(core) or otherwise()))

    @property
    def _has_enough(self) -> bool:
        """Whether there is nothing new to be told of what is said."""
        return self._pace.has_enough or self._recorder.is_flooded
