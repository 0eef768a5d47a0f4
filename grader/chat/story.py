"""A scenario as it is played: participants join, talk and go, and every piece is written down.

A story judges nothing. What is due is waited for, then until the program is idle; when something
does not come, the story goes on as far as it makes sense.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from grader.assignment import protocol
from grader.assignment.protocol import WELCOME
from grader.chat.failure import Failure
from grader.chat.journal import Act, Journal, Manners, Vanishing
from grader.chat.pace import BRIEFLY, IDLE, MOMENT, Pace
from grader.chat.participants.client import Client
from grader.chat.recorder import Recorder
from grader.chat.texts import plain
from grader.chat.world import Chat
from grader.fact import Fact, fact

UNANNOUNCED = 0.05  # the same where nothing tells that somebody is in
ENDS = "0123456789x"
LATE = 1.2  # seconds for what comes late
LATEST = 2.6  # the same where a thread sleeps, or wakes now and then


class Over(Exception):
    """The story cannot go on; what has happened so far is in the journal."""


class Story:
    """People at a submission's server, and the journal of what they do and get."""

    def __init__(self, chat: Chat) -> None:
        self.chat, self.rng = chat, chat.rng
        self.present: list[Client] = []
        self._recorder = Recorder()
        self._awaited: list[tuple[Client, str, int]] = []
        self._pace = Pace(chat)

    @property
    def manners(self) -> Manners:
        """How this server frames what it sends."""
        return Manners(self.chat.dialect.server_framing or self.chat.variant.framing)

    def journal(self) -> Journal:
        """All that has happened."""
        return self._recorder.journal(self.manners)

    # What people do.

    def join(self, *who: str) -> Sequence[Client]:
        """Let people come, one after the other. Raises Over when one of them is not let in."""
        return [self._come(one) for one in who]

    def join_beginning(self, other: Client) -> Sequence[Client]:
        """Let somebody come whose name begins with that of another one."""
        taken = {client.name for client in self.chat.clients()}
        longer = [other.name + end for end in ENDS if other.name + end not in taken]
        return [self._come("", self.rng.choice(longer))]

    def _come(self, who: str, name: str = "") -> Client:
        newcomer = self._enter(who, name)
        self._give_name(newcomer)
        self.settle(self._newcomers_idle)
        if newcomer.inbox.ended or not self._is_in(newcomer):
            raise Over
        self._let_in(newcomer)
        return newcomer

    def _enter(self, who: str, name: str = "") -> Client:
        """Let somebody come, up to the request for a name."""
        try:
            newcomer = self.chat.newcomer(who, name=name)
        except Failure as failure:  # the server does not start
            self._recorder.add(Act.CRASHES, text=failure.message.code)
            raise Over from None
        name = newcomer.name
        self._listen(newcomer)
        self.chat.transcript.step(self._coming(newcomer))
        self._recorder.add(Act.ENTERS, name)
        if self.chat.variant.connected:
            try:
                newcomer.connect()
            except Failure:
                self._recorder.add(Act.REFUSED, name)
                raise Over from None
            newcomer.await_name_request()
        return newcomer

    def _coming(self, newcomer: Client) -> Fact:
        doing = "connects-and-gives-name" if self.chat.variant.connected else "sends-name"
        return fact(doing, name=newcomer.name)

    def _listen(self, client: Client) -> None:
        """Write down what comes to somebody."""
        name, framing = client.name, client.inbox.framing
        ends = partial(self._recorder.add, Act.ENDS, name)
        client.inbox.report(self._recorder.listener(name, framing), ends)

    def _give_name(self, newcomer: Client) -> None:
        self._recorder.add(Act.NAMES, newcomer.name, newcomer.name)
        self._expect_greetings(newcomer)
        newcomer.give_name()

    def _let_in(self, newcomer: Client) -> None:
        self._recorder.add(Act.SETTLES, newcomer.name)
        self.present.append(newcomer)

    @property
    def _newcomers_idle(self) -> float:
        dialect = self.chat.dialect
        return IDLE if dialect.welcomes or dialect.announces else UNANNOUNCED

    def _expect_greetings(self, newcomer: Client) -> None:
        if self.chat.dialect.welcomes:
            for line in WELCOME:
                self._expect(newcomer, line)
        if self.chat.dialect.announces:
            for other in self.present:
                self._expect(other, newcomer.name)

    def _is_in(self, newcomer: Client) -> bool:
        """Whether somebody is let in, as far as this server tells."""
        return not self.chat.dialect.welcomes or bool(newcomer.inbox.text())

    def say(self, speaker: Client, text: str = "") -> None:
        """Let somebody say a text, whose core is drawn; a plain word if none is given."""
        if not speaker.inbox.ended:
            self._say(speaker, text)
            self.settle(briefly=MOMENT)

    def _say(self, speaker: Client, text: str = "") -> None:
        core = self.chat.draw("")
        words = (text or plain(self.rng)).format(core)
        line = protocol.message(speaker.name, words)
        core = core if core in line else line
        self._recorder.add(Act.SAYS, speaker.name, line)
        for other in self.present:
            if other is not speaker:
                self._expect(other, core)
        speaker.say(words)

    def leave(self, going: Client) -> None:
        """Let somebody say goodbye and close, as a client does."""
        self._say_goodbye(going)
        self.settle()
        if self.chat.variant.connected:  # over UDP the socket stays, for what comes afterwards
            going.hang_up()
            self.settle()

    def _say_goodbye(self, going: Client) -> None:
        self._go(going)
        self._recorder.add(Act.LEAVES, going.name, going.goodbye)
        self._expect_everywhere(going.name)
        going.say_goodbye()

    def vanish(self, going: Client, how: Vanishing) -> None:
        """Let somebody go without a word."""
        self._vanish(going, how)
        self.settle()

    def _vanish(self, going: Client, how: Vanishing) -> None:
        self._go(going)
        self._recorder.add(Act.VANISHES, going.name, how.value)
        if self.chat.variant.connected:
            self._expect_everywhere(going.name)
        going.vanish(how.value)

    def _go(self, going: Client) -> None:
        self.present.remove(going)
        self.chat.gone(going)

    # Waiting.

    def _expect(self, who: Client, core: str) -> None:
        """Somebody is to get a message; its core tells that it came, in whatever words."""
        self._awaited.append((who, core, who.inbox.size))

    def _expect_everywhere(self, core: str) -> None:
        for who in self.present:
            self._expect(who, core)

    def settle(self, idle: float = IDLE, *, briefly: float = BRIEFLY) -> None:
        """Wait for all that is due, then until the server is idle, and take all in."""
        deadline = self._pace.deadline()
        gap = False
        for who, core, start in self._awaited:
            come = partial(self._has, who, core, start)
            if not who.inbox.wait(come, deadline) and not who.inbox.ended:
                gap = True
        self._awaited.clear()
        if gap:
            self._pace.miss()
        still = self._pace.settle(idle, briefly=briefly)
        all_in = [client.drain() for client in self.chat.clients()]
        if still and not all(all_in) and self._pace.settle(idle):
            # The server rests, and has for long: what it has sent has had no time to be taken in.
            self.chat.dialect.patience.starved = True
        self._look_at_server()
        self._recorder.add(Act.QUIET)
        if self._pace.has_enough or self._recorder.is_flooded:
            raise Over

    def _has(self, who: Client, core: str, start: int) -> bool:
        """Whether a message came; in a flood it need not be looked for any more."""
        return who.inbox.contains_since(core, start) or self._recorder.is_flooded

    def _look_at_server(self) -> None:
        server = self.chat.processes[0] if self.chat.processes else None
        if server is not None and not server.alive:
            self._recorder.add(Act.CRASHES)
            raise Over

    def look_late(self, longest: float = LATE) -> None:
        """Wait for what comes long after it was due, or never ought to come."""
        self.chat.wait_out(LATE, longest)
        for client in self.chat.clients():
            client.drain()
        self._look_at_server()
