"""Where a chat of its own protocol takes place: its programs, their time, and their server."""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from grader.assignment.variants import Variant
from grader.chat.journal import Act, Journal, Manners
from grader.chat.own.asking import Asks, asked
from grader.chat.own.dialect import OwnDialect
from grader.chat.own.seat import Seat
from grader.chat.recorder import Recorder
from grader.chat.transcript import Transcript
from grader.fact import fact
from grader.sandbox import activity, clock
from grader.sandbox.box import Site
from grader.sandbox.clock import TICK, Deadline, Sample
from grader.sandbox.network import HOST, Network
from grader.sandbox.sniffer import Sniffer
from grader.submission.own.pair import Pair

OPERATOR = "server"
PORT = 14901  # where a server is asked to listen that asks for a port
ROOM = "lobby"
LETTERS = "bcdfghjklmnpqrstvwxz"  # whatever they make, it is no word
STILL = 0.04  # seconds without anything done, after which nothing more is coming
DUE = {"quiet": 0.5, "budget": 1.5, "cap": 4.0, "wall": 1.5}  # for something that is to come
RESTLESS = {"quiet": 0.5, "budget": 1.0, "cap": 1.2, "wall": 1.5}
SLEEPERS = 3.0  # seconds that one is waited for who sleeps by the clock
STARTS = {"quiet": 1.5, "budget": 6.0, "cap": 15.0, "wall": 6.0}
QUESTIONS = 8  # that a program may ask


class NotStarted(Exception):
    """The server does not get to where somebody can come; it is left as it is."""


class House:
    """Starts the server and waits for programs; :class:`grader.chat.own.room.Room` has people."""

    def __init__(
        self, pair: Pair, variant: Variant, dialect: OwnDialect, site: Site, rng: random.Random
    ) -> None:
        self.pair, self.variant, self.dialect = pair, variant, dialect
        self.transcript, self.recorder = Transcript(), Recorder()
        self.site, self.rng = site, rng
        self.seats: list[Seat] = []  # of clients, also of those who have gone
        self.present: list[Seat] = []
        self.server: Seat | None = None
        self.sniffer: Sniffer | None = None
        self.cuts: list[int] = []  # how many events there were when each thing was done
        self._drawn: set[str] = set()
        self._gaps = 0

    # Time.

    def sample(self) -> Sample | None:
        """What all programs are doing, together."""
        if not activity.supported():
            return None
        every = [*self.seats, *([self.server] if self.server else [])]
        if self.dialect.restless:
            every = self.seats or every
        return activity.sample([seat.program.top for seat in every])

    def deadline(self, limits: dict[str, float]) -> Deadline:
        """A deadline that runs while the programs could have done something."""
        return Deadline(self.sample, patience=self.dialect.patience, **limits)

    def rest(self, seconds: float = STILL, *, cap: float = 2.0) -> bool:
        """Wait until all are still; whether they ever were."""
        if self.dialect.restless:
            seconds = max(seconds, 0.1)
        return clock.wait_still(self.sample, seconds, cap=cap, patience=self.dialect.patience)

    def await_all(self, done: Callable[[], bool], limits: dict[str, float] | None = None) -> bool:
        """Wait until something is so; False when nothing more can be expected."""
        wanted = limits or (RESTLESS if self.dialect.restless else DUE)
        deadline = self.deadline(wanted)
        started = time.monotonic()
        while not done():
            if self.recorder.is_flooded:
                return False
            if deadline.over():
                slept = time.monotonic() - started
                if slept > SLEEPERS or not clock.has_sleepers(self.sample()):
                    return done()
            time.sleep(TICK / 5)
        return True

    def act(self, act: Act, who: str, text: str = "") -> None:
        """Note what somebody does, before its step is told."""
        self.cuts.append(len(self.transcript.events()))
        self.recorder.add(act, who, text)

    # Words that nobody can guess.

    def draw(self, word: str) -> str:
        """A word with a random end, of letters: a name may be allowed no digits."""
        while (drawn := word + "".join(self.rng.choices(LETTERS, k=6))) in self._drawn:
            pass
        self._drawn.add(drawn)
        return drawn

    # The programs.

    def open(self) -> Seat:
        """Start the server and answer what it asks. Raises NotStarted."""
        self.transcript.step(fact("server-starts"))
        arguments = [self.pair.server_word] if self.pair.server_word else []
        arguments += self._filled(self.dialect.server_arguments, "", PORT)
        self.server = self._seat(OPERATOR, self.pair.server, arguments)
        deadline, answers = self.deadline(STARTS), 0
        while (address := self.network.find(self.variant, [])) is None:
            if not self.server.alive or deadline.over():
                raise NotStarted
            if answers < QUESTIONS and self.question(self.server) and self.rest(cap=0.5):
                answers += self._reply_to_server()
            time.sleep(TICK / 5)
        self.dialect.port = address.port
        question = asked(self.server.unread(), OPERATOR)
        if question and question[0] is Asks.NAME:  # of the one who sits there
            self.server.type(OPERATOR)
        return self.server

    def _reply_to_server(self) -> bool:
        """Answer what the server still asks once it is still."""
        assert self.server is not None
        question = self.question(self.server)
        if question is not None:
            self.server.type(self._reply(question, OPERATOR, PORT))
        return question is not None

    @property
    def network(self) -> Network:
        """Where they meet."""
        return self.site.network

    def _seat(self, who: str, script: Path, arguments: list[str]) -> Seat:
        return Seat(who, script, arguments, self.site, self.transcript, self.recorder)

    def _filled(self, arguments: Sequence[str], name: str, port: int) -> list[str]:
        values = {"host": HOST, "port": port, "name": name, "room": ROOM}
        return [argument.format(**values) for argument in arguments]

    def question(self, seat: Seat, name: str = "") -> tuple[Asks, str] | None:
        """What a program asks just now; a person may have said what is a question."""
        said = seat.unread()
        line = next((line.strip() for line in reversed(said.splitlines()) if line.strip()), "")
        if any(part in line for part, _answer in self.dialect.answers):
            return Asks.ELSE, line
        return asked(said, name)

    def _reply(
        self, question: tuple[Asks, str], name: str, port: int, *, again: bool = False
    ) -> str:
        """What to type: what a person has given for this question, or by what it asks for."""
        for part, answer in self.dialect.answers:
            if part in question[1]:
                return answer.replace("{name}", name)
        return self._answer(question[0], name, port, again=again)

    def _answer(self, kind: Asks, name: str, port: int, *, again: bool = False) -> str:
        if kind is Asks.ELSE:
            return self.draw("word") if again else ""
        answers = {
            Asks.NAME: name,
            Asks.HOST: HOST,
            Asks.PORT: str(port),
            Asks.ROOM: ROOM,
            Asks.PASSWORD: "secret1",
            Asks.YES: "y",
        }
        return answers[kind]

    def journal(self) -> Journal:
        """What has happened."""
        return self.recorder.journal(Manners())

    def close(self) -> None:
        """End all programs; what has daemonised is the reaper's, once no other room is open."""
        for seat in [*self.seats, *([self.server] if self.server else [])]:
            seat.program.stop()
