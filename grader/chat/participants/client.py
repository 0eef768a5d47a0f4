"""The interface that scripted clients share, over TCP and over UDP."""

from __future__ import annotations

from abc import abstractmethod

from grader.chat.participants.base import Participant
from grader.chat.participants.wire import Reader
from grader.fact import fact


class Client(Participant):
    """Speaks the wire protocol to a server; methods for TCP only do nothing over UDP."""

    _reader: Reader | None = None

    @abstractmethod
    def connect(self) -> None:
        """Connect, without a name yet. Raises Failure when that is not possible."""

    @property
    @abstractmethod
    def port(self) -> int:
        """The port that it speaks from, once it has connected; 0 before and afterwards."""

    @abstractmethod
    def await_name_request(self) -> str:
        """What the server asks a newcomer, without its newline; nothing if it asks nothing."""

    @abstractmethod
    def give_name(self) -> None:
        """Send the name; over UDP that needs no :meth:`connect` before."""

    @abstractmethod
    def send_bytes(self, data: bytes, *, fence: bool = False) -> None:
        """Send bytes as they are; they are lost if the server is gone."""

    @abstractmethod
    def rejoin(self) -> bool:
        """After leaving, give the name again from the same address; False if that cannot be."""

    def say_goodbye(self) -> None:
        """Send the leave notice and nothing else: the connection stays as it is."""
        self.transcript.step(fact("leaves", name=self.name))
        self.send(self.goodbye)

    def hang_up(self) -> None:
        """Close the connection in order, as a client does that has said goodbye."""

    def drain(self) -> bool:
        """Take in all that has been sent so far; False where there was no time for that."""
        return self._reader is None or self._reader.drain()
