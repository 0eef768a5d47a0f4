"""How fast is the reference server, next to the one that most people write first (naive_server.py)?

The dispatcher is the third: one thread sends for everybody, as far as that goes without waiting; faster, and longer.

    python tests/bench/bench.py                               everything, in about eight minutes
    python tests/bench/bench.py --clients 2,50 --seconds 1    less of it

In each scenario a server runs as a process of its own on a free port of this machine, and this process plays all
clients. So many messages are kept in flight, either from one client after the other ("turns") or all from the same one
("one"); a message has arrived when every other client has it. The latency is that of each single delivery. "stalled":
nothing arrived for three seconds. The servers take turns, so that other work on the machine hits both.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import selectors
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROOT = Path(__file__).resolve().parents[2]
SERVERS = {
    "naive": ROOT / "tests/bench/naive_server.py",
    "reference": ROOT / "reference/tcp_server.py",
    "dispatcher": ROOT / "tests/submissions/correct/outbox-and-dispatcher/tcp_server.py",
}
HOST = "127.0.0.1"
STALL = 3.0  # seconds without a delivery
START_TIME = 10.0  # seconds a server has to start
FILL_MESSAGES = 250  # long messages that fill the buffers of the client that never reads
FILL_SIZE = 60_000


@dataclass(frozen=True)
class Scenario:
    """What is measured: how many clients, messages in flight, who sends them, and whether one client never reads."""

    clients: int
    in_flight: int
    take_turns: bool
    dead_reader: bool


@dataclass(frozen=True)
class Measured:
    """Deliveries a second, and the latency in milliseconds: median and 99th percentile."""

    rate: float
    median: float
    p99: float


class Stalled(Exception):
    """Nothing arrived any more."""


class Client:
    """One participant: a socket, and the half line that has arrived."""

    def __init__(self, port: int, name: str) -> None:
        self.name = name
        self.rest = b""
        self.socket = connect(port)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.wait_for(b"name\n")
        self.socket.sendall(name.encode() + b"\n")
        self.wait_for(b"enter leave\n")

    def wait_for(self, text: bytes) -> None:
        """Receive up to and with a text; what comes after it stays for later."""
        deadline = time.monotonic() + STALL
        while text not in self.rest:
            chunk = self.socket.recv(65536)
            if not chunk or time.monotonic() > deadline:
                raise Stalled
            self.rest += chunk
        self.rest = self.rest.partition(text)[2]

    def lines(self) -> list[bytes]:
        """The whole lines that have arrived."""
        chunk = self.socket.recv(262144)
        if not chunk:
            raise Stalled
        *lines, self.rest = (self.rest + chunk).split(b"\n")
        return lines


class Room:
    """All clients of one server, and the messages that are on their way."""

    def __init__(self, port: int, scenario: Scenario) -> None:
        self.selector = selectors.DefaultSelector()
        self.clients: list[Client] = []
        self.missing: dict[int, int] = {}  # message number -> clients that do not have it yet
        self.sent: dict[int, float] = {}
        self.latencies: list[float] = []
        self.number = 0
        self.take_turns = scenario.take_turns
        self.dead = Client(port, "carol") if scenario.dead_reader else None
        for at in range(scenario.clients):
            client = Client(port, f"user{at}")
            self.clients.append(client)
            self.selector.register(client.socket, selectors.EVENT_READ, client)

    def send(self, padding: bytes = b"") -> None:
        """Let the next client send a message, or always the first one."""
        self.number += 1
        client = self.clients[self.number % len(self.clients) if self.take_turns else 0]
        self.missing[self.number] = len(self.clients) - 1
        self.sent[self.number] = time.perf_counter()
        client.socket.sendall(b"%s: %d %s\n" % (client.name.encode(), self.number, padding))

    def receive(self) -> None:
        """Take in what has arrived; raise Stalled if nothing comes."""
        ready = self.selector.select(STALL)
        if not ready:
            raise Stalled
        for key, _ in ready:
            for line in key.data.lines():
                parts = line.split(b" ", 2)
                if len(parts) < 3 or not parts[1].isdigit():
                    continue  # a notice
                number = int(parts[1])
                self.latencies.append(time.perf_counter() - self.sent[number])
                self.missing[number] -= 1
                if not self.missing[number]:
                    del self.missing[number], self.sent[number]

    def settle(self) -> None:
        """Wait until everything sent so far has arrived, the notices before it as well."""
        deadline = time.monotonic() + 10 * STALL
        while self.missing:
            self.receive()
            if time.monotonic() > deadline:
                raise Stalled

    def fill(self) -> None:
        """Send far more than the client that never reads has room for."""
        deadline = time.monotonic() + 10 * STALL
        for _ in range(FILL_MESSAGES):
            self.send(b"x" * FILL_SIZE)
            self.settle()
            if time.monotonic() > deadline:
                raise Stalled

    def measure(self, in_flight: int, seconds: float) -> Measured:
        """Keep so many messages in flight for so long."""
        self.latencies.clear()
        start = time.perf_counter()
        while (now := time.perf_counter()) < start + seconds:
            while len(self.missing) < in_flight:
                self.send()
            self.receive()
        found = sorted(self.latencies)
        return Measured(
            rate=len(found) / (now - start),
            median=1000 * statistics.median(found),
            p99=1000 * found[int(0.99 * len(found))],
        )

    def close(self) -> None:
        """Close all connections."""
        self.selector.close()
        for client in [*self.clients, *([self.dead] if self.dead else [])]:
            client.socket.close()


@contextlib.contextmanager
def serving(server: Path) -> Iterator[int]:
    """Run a server; give its port."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, str(server), "--port", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield port
    finally:
        process.kill()
        process.wait()


def connect(port: int) -> socket.socket:
    """Connect as soon as the server listens. A connection just to see whether it does would already be a user."""
    deadline = time.monotonic() + START_TIME
    while True:
        try:
            return socket.create_connection((HOST, port), timeout=STALL)
        except ConnectionRefusedError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.01)


def run(server: Path, scenario: Scenario, seconds: float) -> Measured | None:
    """Measure one scenario with one server; None if it stalled."""
    with serving(server) as port:
        room = None
        try:
            room = Room(port, scenario)
            room.send()
            room.settle()
            if scenario.dead_reader:
                room.fill()
            return room.measure(scenario.in_flight, seconds)
        except (Stalled, OSError):
            return None
        finally:
            if room:
                room.close()


def middle(found: list[Measured | None]) -> Measured | None:
    """The round with the median rate; None if any round stalled."""
    good = sorted((one for one in found if one), key=lambda one: one.rate)
    return good[len(good) // 2] if len(good) == len(found) else None


def cells(measured: Measured | None, naive: Measured | None) -> list[str]:
    """One server's row: what was measured, and how many deliveries that is for one of the naive server."""
    if not measured:
        return ["stalled", "", "", ""]
    ratio = f"{measured.rate / naive.rate:.2f}" if naive else "–"
    return [f"{measured.rate:,.0f}", f"{measured.median:.2f}", f"{measured.p99:.2f}", ratio]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(
        description="Compare the reference server with the one most people write first."
    )
    parser.add_argument(
        "--clients", default="2,10,50,200", help="numbers of clients (default: %(default)s)"
    )
    parser.add_argument(
        "--seconds", type=float, default=1.0, help="length of a measurement (default: %(default)s)"
    )
    parser.add_argument(
        "--rounds", type=int, default=3, help="how often; the median counts (default: %(default)s)"
    )
    options = parser.parse_args()

    table = Table(title="deliveries a second, and their latency in ms")
    for column in ("clients", "in\nflight", "sender", "dead\nreader", "server"):
        table.add_column(column)
    for column in ("a second", "median", "99 %", "of the\nnaive"):
        table.add_column(column, justify="right")

    console = Console(width=120 if not sys.stdout.isatty() else None)
    with console.status("measuring"):
        for dead_reader, clients, take_turns, in_flight in itertools.product(
            (False, True), map(int, options.clients.split(",")), (True, False), (1, 50)
        ):
            scenario = Scenario(clients, in_flight, take_turns, dead_reader)
            rounds: dict[str, list[Measured | None]] = {name: [] for name in SERVERS}
            for _ in range(options.rounds):
                for name, server in SERVERS.items():
                    if None not in rounds[name]:  # who stalled once need not do so again
                        rounds[name].append(run(server, scenario, options.seconds))
            found = {name: middle(rounds[name]) for name in SERVERS}
            sender = "turns" if take_turns else "one"
            which = (str(clients), str(in_flight), sender, "yes" if dead_reader else "no")
            for name, measured in found.items():
                table.add_row(*which, name, *cells(measured, found["naive"]))
            table.add_section()
    console.print(table)


if __name__ == "__main__":
    main()
