"""A world of a chat of its own protocol: people come, talk and go, each at a terminal."""

from __future__ import annotations

import contextlib
import random
import time
from collections.abc import Iterator, Sequence

from grader.assignment.variants import Variant
from grader.chat.journal import Act
from grader.chat.own.asking import Asks, is_told_to
from grader.chat.own.dialect import Identity, OwnDialect, Way
from grader.chat.own.house import DUE, QUESTIONS, House
from grader.chat.own.seat import Seat
from grader.fact import fact
from grader.sandbox import activity, clock
from grader.sandbox.box import Box, Site, scratch_folder
from grader.sandbox.clock import TICK
from grader.sandbox.network import Networks
from grader.sandbox.sniffer import watching
from grader.submission.own.pair import Pair

ENOUGH, SHORTER = 2, 0.2  # gaps after which one waits so many seconds
READS = {"quiet": 0.3, "budget": 1.0, "cap": 4.0, "wall": 1.0}
ENDS = {"quiet": 0.4, "budget": 1.0, "cap": 2.0, "wall": 1.0}


class Over(Exception):
    """A story cannot go on: the server is gone, or more comes than can be read."""


class Room(House):
    """Lets people sit in front of the programs; judges nothing."""

    def come(self, who: str) -> Seat:
        """Start a client; whoever sits there answers what it asks, and is then among them."""
        name = self.draw(who)
        self.act(Act.ENTERS, name)
        self.transcript.step(fact("client-starts", name=name))
        arguments = [self.pair.client_word] if self.pair.client_word else []
        arguments += self._filled(self.dialect.client_arguments, name, self.dialect.port)
        seat = self._seat(name, self.pair.client, arguments)
        self.seats.append(seat)
        self._answer_all(seat)
        if self.dialect.identity is Identity.SILENT:
            self.transcript.step(fact("types-name", name=name))
            seat.type(name)
            self.rest()
        if seat.alive:
            self.recorder.add(Act.SETTLES, name)
            self.present.append(seat)
        return seat

    def _answer_all(self, seat: Seat) -> list[tuple[Asks, str]]:
        questions: list[tuple[Asks, str]] = []
        for _time in range(QUESTIONS):
            self._await_reader(seat)
            if len(questions) < len(self.dialect.questions):  # as many as others were asked
                self.await_all(lambda: self.question(seat) is not None or not seat.alive)
            question = self.question(seat, seat.who if questions else "")
            if question is None or not seat.alive:
                break
            kind, line = question
            given = any(part in line for part, _answer in self.dialect.answers)
            if kind is Asks.ELSE and not given and seat.is_set_up() and not is_told_to(line):
                break  # a prompt for messages, of whatever words
            before = [old for old, _line in questions]
            if kind in before and (kind, line) not in questions:
                break  # a line that only looks like a question
            if questions.count(question) >= 2:
                break
            questions.append(question)
            again = kind in before
            answer = self._reply(question, seat.who, self.dialect.port, again=again)
            self.transcript.step(fact("own-answers", name=seat.who, asked=line, text=answer))
            seat.type(answer)
        self.dialect.questions = self.dialect.questions or tuple(questions)
        return questions

    def _await_reader(self, seat: Seat) -> None:
        """Wait until all are still, and somebody reads what is typed; who sleeps first may yet."""
        self.await_all(lambda: seat.reads() or not seat.alive, READS)
        self.rest(cap=3.0)

    def await_sleepers(self) -> None:
        """Whoever sleeps by the clock may yet do what is due: as long as it was seen to take."""
        if self.dialect.slow:
            until = time.monotonic() + 1.5 * self.dialect.slow
            while time.monotonic() < until and clock.has_sleepers(self.sample()):
                time.sleep(TICK)

    # What people do.

    def say(self, speaker: Seat, word: str = "", *, others: Sequence[Seat] | None = None) -> str:
        """Type a line of one word, and wait until all others have it and everything is still."""
        text = word or self.draw("hello")
        self.act(Act.SAYS, speaker.who, text)
        self.transcript.step(fact("types", name=speaker.who, text=text))
        places = [
            (seat, len(seat.text)) for seat in (others or self.present) if seat is not speaker
        ]
        speaker.type(text)
        limits = dict(DUE, quiet=SHORTER) if self._gaps >= ENOUGH else None
        came = self.await_all(lambda: all(seat.has(text, place) for seat, place in places), limits)
        self._gaps += not came
        self.settle()
        return text

    @property
    def gaps(self) -> int:
        """How many words have not come to somebody so far."""
        return self._gaps

    def settle(self) -> None:
        """Wait until all are still, and note it."""
        if not self.rest(cap=0.6) and activity.supported():
            self.dialect.restless = True  # from here on: who never rests is not waited for
        self.recorder.add(Act.QUIET)
        if self.server is not None and not self.server.alive:
            self.recorder.add(Act.CRASHES)
            raise Over
        if self.recorder.is_flooded:
            raise Over

    def leave(self, seat: Seat) -> Way:
        """Leave as this chat has it, else as one may; returns what was done last."""
        self.present.remove(seat)
        way = self.dialect.way or Way.END_OF_FILE
        self.act(Act.LEAVES, seat.who, self.dialect.word if way is Way.WORD else "")
        self._go(seat, way)
        if way is Way.END_OF_FILE and not self._has_gone(seat):
            for _time in range(2):
                if not self._has_gone(seat):
                    self._go(seat, Way.CTRL_C)
        self._has_gone(seat)
        self.await_sleepers()
        if not seat.alive:
            self.recorder.add(Act.EXITS, seat.who, str(seat.program.status))
        self.settle()
        return way

    def _go(self, seat: Seat, way: Way) -> None:
        if way is Way.WORD:
            self.transcript.step(fact("types", name=seat.who, text=self.dialect.word))
            seat.type(self.dialect.word)
        elif way is Way.END_OF_FILE:
            self.transcript.step(fact("ends-input", name=seat.who))
            seat.program.end_input()
        else:
            self.transcript.step(fact("own-interrupts", name=seat.who))
            seat.program.interrupt()

    def _has_gone(self, seat: Seat) -> bool:
        return self.await_all(lambda: not seat.alive, ENDS)

    def vanish(self, seat: Seat) -> None:
        """Kill a client."""
        self.present.remove(seat)
        self.act(Act.VANISHES, seat.who)
        self.transcript.step(fact("client-killed", name=seat.who))
        seat.program.kill()
        self.await_all(lambda: not seat.alive, ENDS)
        self.await_sleepers()
        self.settle()


Opened = contextlib.AbstractContextManager[Room]


@contextlib.contextmanager
def opened(
    pair: Pair,
    variant: Variant,
    dialect: OwnDialect,
    networks: Networks,
    box: Box,
    rng: random.Random,
) -> Iterator[Room]:
    """A fresh room, in a network of its own, ended whatever happens."""
    with (
        contextlib.closing(networks.fresh()) as network,
        watching(network) as sniffer,
        scratch_folder() as folder,
    ):
        room = Room(pair, variant, dialect, Site(box, folder, network), rng)
        room.sniffer = sniffer
        try:
            yield room
        finally:
            room.close()
