"""The world of one check: a network, the submission's processes, and who talks to them."""

from __future__ import annotations

import random
from abc import abstractmethod
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from grader.assignment import protocol
from grader.assignment.variants import Role
from grader.chat.delivery import Delivery
from grader.chat.dialect import Dialect
from grader.chat.failure import Failure, Unmet
from grader.chat.participants.base import CLOSING, Participant
from grader.chat.participants.client import Client
from grader.chat.participants.host import Host
from grader.chat.participants.terminal import Terminal
from grader.chat.program import Program
from grader.chat.server import Server
from grader.chat.stage import Stage
from grader.chat.unwritten import is_altered
from grader.fact import fact
from grader.result.verdict import Evidence
from grader.sandbox import reaper
from grader.sandbox.box import Site
from grader.sandbox.network import DEFAULT_PORT, HOST, Address
from grader.submission import source
from grader.submission.intake import Submission

# The kinds of scripted clients and servers.
ClientT_co = TypeVar("ClientT_co", bound=Client, covariant=True)
HostT_co = TypeVar("HostT_co", bound=Host, covariant=True)
MANY = 20  # participants, each of whom may cost a thread or two, and a descriptor
GRACE = 0.05  # seconds of stillness allowed for a message that another one has overtaken


class World(Stage, Generic[ClientT_co, HostT_co]):
    """Starts the submission's files and lets participants talk to them.

    Everything it starts is ended by :meth:`close`.
    """

    def __init__(
        self,
        submission: Submission,
        dialect: Dialect,
        rng: random.Random,
        site: Site,
    ) -> None:
        super().__init__(submission, dialect, rng, site)
        self.participants: list[Participant] = []
        self._left: list[Participant] = []
        self.evidence: set[Evidence] = set()
        self.restless = self.traced = False  # see Program
        self._hosts: list[Host] = []
        self._server = Server(self.variant, dialect, site)

    # What is different over TCP and over UDP.

    @abstractmethod
    def _client(self, name: str, address: Address) -> ClientT_co:
        """A scripted client for a server at this address."""

    @abstractmethod
    def _host(self, address: str, ports: Iterable[int]) -> HostT_co:
        """A scripted server at those of these ports that are free."""

    # The submission's server, and who talks to it.

    def start_server(self, *, ready: bool = True) -> Program:
        """Start the server, and wait until it listens if it is to be ``ready``.

        Raises Failure when it does not get there.
        """
        ways = {"restless": self.restless, "traced": self.traced}
        process = self._server.start(self.path(Role.SERVER), self.transcript, **ways)
        self.processes.append(process)
        self._server.find(ready=ready)
        return process

    def _meeting_point(self) -> Address:
        """Where to find the server; starts it if needed.

        A TCP server whose port is known is not waited for: its first participant tries to connect
        until it accepts.
        """
        if self._server.address is None:
            self.start_server(ready=not self.variant.connected)
        assert self._server.address is not None
        return self._server.address

    def newcomer(self, who: str = "", *, name: str = "") -> ClientT_co:
        """A scripted participant who has not joined yet; starts the server if needed.

        The name is drawn, or is the one given, of a user who left.
        """
        address = self._meeting_point()
        newcomer = self._client(name or self.draw(who), address)
        self.participants.append(newcomer)
        return newcomer

    def join(self, *who: str) -> Sequence[ClientT_co]:
        """Scripted participants who join one after the other."""
        if self.dialect.silent:
            raise Unmet(fact("server-silent"))
        come = [self.newcomer(one) for one in who]
        for one in come:
            self.let_in(one)
        # A server may send the welcome a moment before it takes the newcomer in.
        self.settle(0.004 if self.dialect.welcomes else 0.05)
        return come

    def let_in(self, newcomer: Client) -> None:
        """Have a newcomer join. Raises Failure, with how the server ended if that is the reason."""
        try:
            newcomer.join()
        except Failure:
            if self._server.ended:
                raise self._server.not_started() from None
            raise
        if not self.dialect.welcomes:
            self.settle(0.02)  # nothing else tells that this one is in before the next

    def await_announced(self, everyone: Sequence[Client]) -> None:
        """Wait for the last newcomer's join notice: before it the newcomer's thread is busy."""
        notice, deadline = protocol.joined(everyone[-1].name), self.deadline()
        for present in everyone[:-1] if self.dialect.announces else ():
            present.await_message(notice, deadline)
        self.settle(0.02)

    def gone(self, participant: Participant) -> None:
        """Count a participant no longer among those who should get messages."""
        self.participants.remove(participant)
        self._left.append(participant)

    def everybody(self) -> list[Participant]:
        """All participants, those who have left included."""
        return [*self.participants, *self._left]

    def clients(self) -> list[Client]:
        """All scripted clients, those who have left included."""
        return [p for p in self.everybody() if isinstance(p, Client)]

    def may_lack(self) -> bool:
        """Whether the submission may have lacked what the machine does not grant."""
        return len(self.everybody()) >= MANY or any(p.has_run_short() for p in self.processes)

    # Messages, and the fence.

    def deliver(self, sender: Participant, text: str = "") -> Delivery:
        """Let one participant say something, and fence it.

        After the message the sender says a sentinel; once everyone else has it, one of them
        answers; once the sender has the answer, everything that the server wrote before has
        arrived: what is not there now was not sent. Nobody waits for a deadline.
        """
        line = sender.say(text or self.draw("hello"))
        delivery = Delivery(line, sender)
        others = [p for p in self.participants if p is not sender]
        sentinel = sender.say(self.draw("fence"), fence=True)
        fenced = self._everyone_has(others, sentinel)
        if fenced and not all(p.has(line) for p in others):
            self.settle(GRACE)
        fenced = fenced and self._answered(sender, others)
        delivery.counts = {p.name: p.count(line) for p in others}
        missing = [p for p in others if not delivery.counts[p.name]]
        delivery.altered = {p.name for p in missing if is_altered(line, p.inbox.messages())}
        delivery.evidence = Evidence.FENCED if fenced else Evidence.QUIET
        self.evidence |= {Evidence.SEEN, delivery.evidence}
        return delivery

    def fence(self, sender: Participant) -> None:
        """Have everything that the server has sent to a participant so far arrive."""
        sentinel = sender.say(self.draw("fence"), fence=True)
        others = [p for p in self.participants if p is not sender]
        fenced = self._everyone_has(others, sentinel) and self._answered(sender, others)
        self.evidence.add(Evidence.FENCED if fenced else Evidence.QUIET)

    def _answered(self, sender: Participant, others: list[Participant]) -> bool:
        if not others:
            return False
        answer = others[0].say(self.draw("answer"), fence=True)
        return self._everyone_has([sender], answer)

    def _everyone_has(self, participants: list[Participant], message: str) -> bool:
        deadline = self.deadline()
        return all(p.await_message(message, deadline) for p in participants)

    # The submission's client, and whom it talks to.

    def host(self) -> HostT_co:
        """A scripted server; clients that start after it connect to it."""
        preferred = [DEFAULT_PORT if self.network.kind == "namespace" else 0]
        if self.dialect.address:
            preferred.append(self.dialect.address.port)
        ports = [*preferred, *source.port_numbers(self.path(Role.CLIENT))]
        bound = "" if self.network.kind == "namespace" else HOST
        host = self._host(bound, dict.fromkeys(ports))
        self._hosts.append(host)
        return host

    def terminal(self, who: str, host: Host | None = None, *, name: str = "") -> Terminal:
        """A student's client, started to talk to this host, or to the submission's server."""
        if host is None:
            assert self._server.address is not None
            port = self._server.address.port
        else:
            port = host.ports[0]
        arguments = [] if self.network.kind == "namespace" else ["--port", str(port)]
        terminal = Terminal(
            name or self.draw(who),
            self.path(Role.CLIENT),
            arguments,
            self._site,
            self.transcript,
            self.deadline,
            self.dialect,
        )
        self.processes.append(terminal.process)
        self.participants.append(terminal)
        return terminal

    # The end.

    def finish(self) -> None:
        """Look again, after the last byte, for what must not arrive. Raises Failure."""
        watched = [p for p in self.everybody() if p.watches]
        deadline = self.deadline(**CLOSING)
        for participant in watched:
            participant.send_no_more()
        for participant in watched:
            participant.read_to_end(deadline)
        for participant in watched:
            participant.look_again()

    def close(self) -> None:
        """End all processes, sockets and threads."""
        try:
            for process in self.processes:
                process.stop()
            for participant in self.everybody():
                participant.close()
            for host in self._hosts:
                host.close()
        finally:  # an interruption may come at any moment, even before a process has a name
            reaper.end_orphans()


Chat = World[Client, Host]  # over whatever transport protocol
