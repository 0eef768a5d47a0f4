"""A scripted UDP client: a connected datagram socket, and a thread that reads all that comes."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Callable

from grader.assignment import protocol
from grader.assignment.protocol import Framing
from grader.chat.dialect import Dialect
from grader.chat.participants.client import Client
from grader.chat.participants.wire import DATAGRAM_WAIT, DatagramReader
from grader.chat.transcript import Transcript
from grader.fact import fact
from grader.result.verdict import EventKind
from grader.sandbox.clock import TICK, Deadline
from grader.sandbox.network import Address, Network

TRIES = 100  # to get a port that nobody has had: the system picks it at random


class UdpClient(Client):
    """Speaks the wire protocol to a server; its address is its identity."""

    def __init__(
        self,
        name: str,
        address: Address,
        network: Network,
        dialect: Dialect,
        transcript: Transcript,
        deadline: Callable[..., Deadline],
        *,
        ports: set[int] | None = None,
    ) -> None:
        super().__init__(name, transcript, deadline, dialect, Framing.DATAGRAMS)
        self._address, self._network = address, network
        self._ports = set() if ports is None else ports
        self._socket: socket.socket | None = None
        self._reader: DatagramReader | None = None

    def connect(self) -> None:
        """Take an address that nobody has had before, and listen there."""
        self._take_address()
        self._listen()

    @property
    def port(self) -> int:
        """The port that it speaks from."""
        return int(self._socket.getsockname()[1]) if self._socket is not None else 0

    def await_name_request(self) -> str:
        """Over UDP the server does not ask."""
        return ""

    def _take_address(self) -> None:
        """Connect a socket from a port that nobody has had, and note that port."""
        for _try in range(TRIES):
            self._socket = self._network.socket(self._address.family, socket.SOCK_DGRAM)
            # Connected: only the server's datagrams come in, and a refusal is told (udp(7)).
            self._socket.connect((self._address.host, self._address.port))
            port = self._socket.getsockname()[1]
            # To the server, a client at the port of a user who vanished is still that user.
            if port not in self._ports:
                break
            self._socket.close()
        else:
            raise OSError(f"no free port that is new in {TRIES} attempts")
        self._ports.add(port)

    def _listen(self) -> None:
        assert self._socket is not None
        # Another thread's send may take away the refusal that select has told of.
        self._socket.settimeout(DATAGRAM_WAIT)
        self._reader = DatagramReader(self._socket, self.inbox, self.name, self.transcript)

    def give_name(self) -> None:
        """Send the name, again while nobody is there yet."""
        self._take_address()
        deadline = self.deadline()
        self.send(protocol.name_reply(self.name))
        while self._refused() and not deadline.over():
            time.sleep(TICK / 10)
            self.send(protocol.name_reply(self.name))
        self._listen()  # only now: the reader would take the refusals away

    def _refused(self) -> bool:
        """Whether the last datagram met no socket: told at once on loopback (udp(7), socket(7))."""
        assert self._socket is not None
        return self._socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR) != 0

    def join(self) -> None:
        """Send the name as the first datagram, wait for the welcome."""
        self.transcript.step(fact("sends-name", name=self.name))
        self.give_name()
        self.be_welcomed()

    def rejoin(self) -> bool:
        """Send the name again, from the same address."""
        step = fact("rejoins", name=self.name)
        self.transcript.step(step)
        self.send(protocol.name_reply(self.name))
        return True

    def send(self, line: str, *, fence: bool = False) -> None:
        """Send one datagram."""
        self.send_bytes(Framing.DATAGRAMS.encode(line), fence=fence)

    def send_bytes(self, data: bytes, *, fence: bool = False) -> None:
        """Send bytes as one datagram; ignore a dead server's refusal of an earlier one."""
        assert self._socket is not None
        text = data.decode(errors="backslashreplace")
        self.transcript.add(EventKind.SENDS, self.name, text, fence=fence)
        with contextlib.suppress(OSError):
            self._socket.send(data)

    def leave(self) -> None:
        """Send the leave notice; the socket stays, to see whether anything still comes."""
        self.say_goodbye()

    def read_to_end(self, deadline: Deadline) -> None:
        """Receive everything that has been sent so far; then stop listening."""
        if self._reader is not None:
            self._reader.finish()
            self._reader = None

    def vanish(self, how: str = "") -> None:
        """Give up the address without a word: what is sent there is refused."""
        self.transcript.step(fact("vanishes", name=self.name))
        self.transcript.add(EventKind.VANISHES, self.name, fact=fact("without-a-word"))
        self.close()

    def close(self) -> None:
        """Close the socket."""
        if self._reader is not None:
            self._reader.stop()
            self._reader = None
        if self._socket is not None:
            self._socket.close()
            self._socket = None
