"""Networks of every system: this machine's loopback, and a port that was free a moment ago."""

from __future__ import annotations

import contextlib
import socket
import time
from collections.abc import Iterable, Iterator

import psutil

from grader.assignment.variants import Variant
from grader.fact import MachineError, fact
from grader.sandbox.network import DEFAULT_PORT, HOST, Address, Network, Networks, reachable

RELEASE = 65  # seconds: TIME_WAIT lasts 60 at most (Linux; macOS 30)


class FreePorts(Networks):
    """Chooses ports for one submission, and remembers them: a server at one obeys --port."""

    kind = "free-port"

    def __init__(self) -> None:
        self._chosen: set[int] = set()

    def fresh(self) -> FreePort:
        """The loopback of this machine, shared by all."""
        return FreePort(self._chosen)


class FreePort(Network):
    """The loopback of this machine, and one port of it; ``chosen`` are those of other checks."""

    kind = "free-port"

    def __init__(self, chosen: set[int]) -> None:
        self._port = DEFAULT_PORT
        self._chosen = chosen

    @contextlib.contextmanager
    def entered(self) -> Iterator[None]:
        """Nothing to enter: every thread is in it already."""
        yield

    def server_arguments(self, variant: Variant) -> list[str]:
        """A port that is free now."""
        with socket.socket(socket.AF_INET, variant.socket_type) as probe:
            probe.bind((HOST, 0))
            self._port = probe.getsockname()[1]
        self._chosen.add(self._port)
        return ["--host", HOST, "--port", str(self._port)]

    def predict(self, variant: Variant, learnt: Address | None) -> Address | None:
        """The port it is told, if it took the one that it was told before, else its own again.

        A hard-coded port is waited for: the system may keep it for a minute after a check
        (TIME_WAIT). Raises OSError when another program keeps it.
        """
        if learnt is None:
            return None
        if learnt.port in self._chosen:
            return Address(HOST, self._port)
        for _second in range(RELEASE):
            with socket.socket(learnt.family, variant.socket_type) as probe:
                try:
                    probe.bind((learnt.host, learnt.port))
                except OSError:
                    time.sleep(1)
                else:
                    return learnt
        raise MachineError(fact("port-taken", port=learnt.port))

    def find(self, variant: Variant, pids: Iterable[int]) -> Address | None:
        """Where they listen, asked of the system (about 10 ms a look)."""
        for process in _trees(pids):
            with contextlib.suppress(psutil.Error):
                for connection in process.net_connections(variant.name):
                    if not variant.connected or connection.status == psutil.CONN_LISTEN:
                        host, port = connection.laddr
                        return reachable(host, port, connection.family)
        return None


def _trees(pids: Iterable[int]) -> Iterator[psutil.Process]:
    for pid in pids:
        with contextlib.suppress(psutil.Error):
            process = psutil.Process(pid)
            yield from [process, *process.children(recursive=True)]
