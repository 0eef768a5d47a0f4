"""A scripted TCP client: a socket, and a thread that reads all that comes."""

from __future__ import annotations

import contextlib
import os
import socket
import struct
import time
from collections.abc import Callable

from grader.assignment import protocol
from grader.assignment.protocol import NAME_REQUEST, Framing
from grader.chat.dialect import Dialect
from grader.chat.failure import Failure
from grader.chat.participants.base import CLOSING, STARTING
from grader.chat.participants.client import Client
from grader.chat.participants.wire import Reader
from grader.chat.transcript import Transcript
from grader.fact import fact
from grader.result.verdict import EventKind
from grader.sandbox.clock import TICK, Deadline
from grader.sandbox.network import Address, Network

# struct linger (socket(7)): on, for 0 seconds. Closing then resets the connection.
RESET_ON_CLOSE = struct.pack("hh" if os.name == "nt" else "ii", 1, 0)


class TcpClient(Client):
    """Speaks the wire protocol to a server, in the server's own dialect."""

    def __init__(
        self,
        name: str,
        address: Address,
        network: Network,
        dialect: Dialect,
        transcript: Transcript,
        deadline: Callable[..., Deadline],
        settle: Callable[[float], bool],
    ) -> None:
        framing = dialect.server_framing or Framing.LINES
        super().__init__(name, transcript, deadline, dialect, framing)
        self._address, self._network, self._settle = address, network, settle
        self._socket: socket.socket | None = None
        self._reader: Reader | None = None
        self._spoke = False

    # Coming.

    def connect(self) -> None:
        """Connect, trying again while the server is not up yet. Raises Failure."""
        deadline = self.deadline(**STARTING)
        while True:
            attempt = self._network.socket(self._address.family, socket.SOCK_STREAM)
            try:
                attempt.settimeout(5.0)
                attempt.connect((self._address.host, self._address.port))
                break
            except OSError as error:
                attempt.close()
                if deadline.over():
                    raise Failure(
                        fact("could-not-connect", name=self.name),
                        expected=fact("accepts-on-port", port=self._address.port),
                        got=fact("verbatim", text=str(error)),
                        evidence=[self.absence(deadline)],
                    ) from None
                time.sleep(TICK / 5)
        attempt.settimeout(None)
        attempt.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        port = fact("to-port", port=self._address.port)
        self.transcript.add(EventKind.CONNECTS, self.name, fact=port)
        self._socket = attempt
        self._reader = Reader(attempt, self.inbox, self.name, self.transcript)

    @property
    def port(self) -> int:
        """The port that it speaks from."""
        return int(self._socket.getsockname()[1]) if self._socket is not None else 0

    def await_name_request(self) -> str:
        """What the server says first, without its newline; nothing when it says nothing.

        The first name request of a submission tells which framing its server uses.
        """
        if self.dialect.asks is False:
            return ""
        framing = self.dialect.server_framing
        if framing is Framing.LINES:
            self.inbox.wait(lambda: bool(self.inbox.messages()), self.deadline())
        elif self.inbox.wait(lambda: bool(self.inbox.text()), self.deadline()) and not framing:
            if "\n" not in self.inbox.text():
                self._settle(0.05)  # the newline may be on its way, until the server is idle
            framing = Framing.LINES if "\n" in self.inbox.text() else Framing.RAW
            self.dialect.server_framing = self.inbox.framing = framing
        text = self.inbox.text()
        if self.dialect.asks is None:
            self.dialect.asks = bool(text)
        return text.partition("\n")[0]

    def give_name(self) -> None:
        """Answer the name request.

        A server that sends no newlines is first given the bare name, and the newline only
        once it waits for more; what it did with the first name holds for all that follows.
        """
        asked = len(self.inbox.text())
        self.send(protocol.name_reply(self.name))
        if self.inbox.framing is Framing.RAW and self.dialect.server_reads is None:
            if self.inbox.wait(lambda: len(self.inbox.text()) > asked, self.deadline()):
                self.dialect.server_reads = Framing.RAW
            else:
                self.dialect.server_reads = Framing.LINES
                self.send_bytes(Framing.LINES.end)

    def join(self) -> None:
        """Connect, answer the name request, wait for the welcome."""
        step = fact("connects-and-gives-name", name=self.name)
        self.transcript.step(step)
        self.connect()
        if not self.await_name_request() and self.dialect.asks:
            raise self.not_let_in(NAME_REQUEST)
        self.give_name()
        self.be_welcomed()

    # Talking.

    def send(self, line: str, *, fence: bool = False) -> None:
        """Send one message in the server's dialect: a line, or bare text, well apart."""
        raw = self.inbox.framing is Framing.RAW and self.dialect.server_reads is not Framing.LINES
        if raw and self._spoke:
            self._settle(0.02)
        self._spoke = True
        framing = Framing.RAW if raw else Framing.LINES
        self.send_bytes(framing.encode(line), fence=fence)

    def send_bytes(self, data: bytes, *, fence: bool = False) -> None:
        """Send bytes as they are; they are lost if the connection is gone."""
        assert self._socket is not None
        text = data.decode(errors="backslashreplace")
        self.transcript.add(EventKind.SENDS, self.name, text, fence=fence)
        with contextlib.suppress(OSError):
            self._socket.sendall(data)

    def stop_reading(self) -> None:
        """Stop reading: from now on what arrives is left unread."""
        assert self._reader is not None
        # The receive buffer stays as it is: what does not fit into one that has shrunk is thrown
        # away, and sent again only later and later (tcp(7), SO_RCVBUF).
        self._reader.stop()
        self._reader = None

    def read_again(self) -> None:
        """After :meth:`stop_reading`: read everything that waits, and go on reading."""
        assert self._socket is not None and self._reader is None
        self._reader = Reader(self._socket, self.inbox, self.name, self.transcript)

    # Going.

    def leave(self) -> None:
        """Send the leave notice, send no more, read until the server closes."""
        self.say_goodbye()
        self.send_no_more()
        self.read_to_end(self.deadline(**CLOSING))

    def hang_up(self) -> None:
        """Close the connection in order."""
        self.close()

    def rejoin(self) -> bool:
        """A TCP connection cannot join twice: the user must join as a newcomer."""
        return False

    def half_close(self) -> None:
        """Send no more, but go on reading."""
        self.transcript.step(fact("half-closes", name=self.name))
        self.send_no_more()

    def read_to_end(self, deadline: Deadline) -> None:
        """Read until the server closes (or does nothing more)."""
        if self._reader is not None:
            self.inbox.wait(lambda: bool(self.inbox.ended), deadline)

    def vanish(self, how: str = "fin") -> None:
        """Close without a word: ``fin`` in order, ``reset`` at once."""
        assert self._socket is not None
        flag = {"fin": "FIN", "reset": "RST"}[how]
        self.transcript.step(fact("vanishes-by", name=self.name, how=flag))
        self.transcript.add(EventKind.VANISHES, self.name, fact=fact("how", how=flag))
        if how == "reset":
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET_ON_CLOSE)
        self.close()

    def close(self) -> None:
        """Close the socket at once, at any point of the conversation."""
        if self._reader is not None:
            self._reader.stop()
            self._reader = None
        if self._socket is not None:
            self._socket.close()
            self._socket = None
        self.inbox.end("closed")

    def send_no_more(self) -> None:
        """Close the sending half of the connection."""
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_WR)
