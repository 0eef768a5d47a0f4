"""The world of one check over TCP and over UDP, and how it is opened."""

from __future__ import annotations

import contextlib
import functools
import random
from collections.abc import Iterable, Iterator

from grader.assignment.variants import TCP, UDP, Variant
from grader.chat.dialect import Dialect
from grader.chat.participants.tcp import TcpClient
from grader.chat.participants.tcp_host import TcpHost
from grader.chat.participants.udp import UdpClient
from grader.chat.participants.udp_host import UdpHost
from grader.chat.world import World
from grader.sandbox.box import Box, Site, scratch_folder
from grader.sandbox.network import Address, Networks
from grader.submission.intake import Submission


class TcpChat(World[TcpClient, TcpHost]):
    """A chat over TCP."""

    variant = TCP

    def _client(self, name: str, address: Address) -> TcpClient:
        shared = (self.network, self.dialect, self.transcript, self.deadline, self.settle)
        return TcpClient(name, address, *shared)

    def _host(self, address: str, ports: Iterable[int]) -> TcpHost:
        shared = (self.network, self.dialect, self.transcript, self.sample, self.settle)
        return TcpHost(address, ports, *shared)


class UdpChat(World[UdpClient, UdpHost]):
    """A chat over UDP."""

    variant = UDP

    @functools.cached_property
    def _ports(self) -> set[int]:
        """The ports that somebody has had."""
        return set()

    def _client(self, name: str, address: Address) -> UdpClient:
        shared = (self.network, self.dialect, self.transcript, self.deadline)
        return UdpClient(name, address, *shared, ports=self._ports)

    def _host(self, address: str, ports: Iterable[int]) -> UdpHost:
        shared = (self.network, self.dialect, self.transcript, self.sample, self.settle)
        return UdpHost(address, ports, *shared)


CHATS: dict[Variant, type[TcpChat | UdpChat]] = {chat.variant: chat for chat in (TcpChat, UdpChat)}


@contextlib.contextmanager
def opened(
    variant: Variant,
    submission: Submission,
    dialect: Dialect,
    networks: Networks,
    rng: random.Random,
    box: Box,
) -> Iterator[TcpChat | UdpChat]:
    """A chat in a fresh network and an empty folder, ended whatever happens."""
    with contextlib.closing(networks.fresh()) as network, scratch_folder() as folder:
        chat = CHATS[variant](submission, dialect, rng, Site(box, folder, network))
        try:
            yield chat
        finally:
            chat.close()
