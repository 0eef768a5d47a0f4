"""A network in which the participants of one check meet: an object, not a state of a thread.

Many can live side by side in one process, be made ahead, and be entered by any thread.
Of its two kinds one has a namespace of its own (:mod:`grader.sandbox.network_namespace`), the
other shares this machine's loopback (:mod:`grader.sandbox.free_port`).
"""

from __future__ import annotations

import socket
from abc import ABC, abstractmethod
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from grader.assignment.variants import Variant

DEFAULT_PORT = 14901
HOST = "127.0.0.1"


@dataclass(frozen=True)
class Address:
    """Where a server can be reached."""

    host: str
    port: int
    family: socket.AddressFamily = socket.AF_INET


class Network(ABC):
    """One network, fresh when it was made. It lives until it is closed and nobody is in it."""

    kind: str  # "namespace" or "free-port"

    @abstractmethod
    def entered(self) -> AbstractContextManager[None]:
        """The calling thread, and what it starts and opens, are in this network until the end.

        Other threads stay where they are; a thread that this one starts meanwhile stays inside.
        """

    def socket(self, family: int, kind: int) -> socket.socket:
        """A socket in this network, wherever it is used."""
        with self.entered():
            return socket.socket(family, kind)

    @abstractmethod
    def server_arguments(self, variant: Variant) -> list[str]:
        """What to start a server with, so that it takes a port that is free."""

    @abstractmethod
    def predict(self, variant: Variant, learnt: Address | None) -> Address | None:
        """Where the server will listen, going by where it has listened before.

        Raises OSError when another program keeps that port.
        """

    @abstractmethod
    def find(self, variant: Variant, pids: Iterable[int]) -> Address | None:
        """Where one of these processes, or a descendant, listens, as far as the system tells."""

    def close(self) -> None:
        """Give the network up."""


class Networks(ABC):
    """Makes networks of one kind, as many as are wanted."""

    kind: str

    @abstractmethod
    def fresh(self) -> Network:
        """A network with nobody in it. The calling thread stays where it is."""


def reachable(host: str, port: int, family: int) -> Address:
    """The address to connect to for a bound one: a wildcard is reached by loopback."""
    if host in ("0.0.0.0", "::"):
        return Address(HOST, port)
    return Address(host, port, socket.AddressFamily(family))
