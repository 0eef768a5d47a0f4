"""Where the participants of a check meet, of whichever kind."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from support import boxes, worlds
from support.networks import bound, each_variant
from support.worlds import needs_linux, needs_namespaces

from grader.assignment.variants import TCP, Variant
from grader.fact import fact
from grader.sandbox import network_namespace, networks
from grader.sandbox.box import Box, Site, scratch_folder
from grader.sandbox.free_port import FreePorts
from grader.sandbox.network import Address, Network
from grader.sandbox.network_namespace import Namespaces


@pytest.fixture(params=worlds.NETWORKS)
def network(request: pytest.FixtureRequest) -> Iterator[Network]:
    with closing(worlds.networks(request.param).fresh()) as made:
        yield made


@each_variant
def test_server_is_found(network: Network, variant: Variant) -> None:
    """The network tells where a process listens (TCP) or is bound (UDP)."""
    with bound(variant, within=network) as server:
        found = network.find(variant, [os.getpid()])
        if network.kind == "free-port":  # there may be others in this process
            found = found and Address(found.host, server.getsockname()[1])
        assert found == Address(*server.getsockname())


@each_variant
def test_nobody_is_found_where_nobody_listens(
    network: Network, variant: Variant, scratch: Path
) -> None:
    """A process that opens no socket is not found."""
    script = scratch / "program.py"
    script.write_text("input()")
    with scratch_folder() as folder:
        running = Site(worlds.BARE, folder, network).start(script, [])
        assert network.find(variant, [running.await_pid()]) is None
        running.end()
        running.close()


@boxes.each_level
def test_program_meets_those_of_its_network(network: Network, box: Box, scratch: Path) -> None:
    """A program is started in the network that was handed to its start, at every level."""
    script = scratch / "submission" / "program.py"
    script.parent.mkdir()
    script.write_text(
        "import socket, sys\n"
        "socket.create_connection((sys.argv[1], int(sys.argv[2]))).send(b'here')\n"
    )
    with bound(TCP, within=network) as server:
        server.settimeout(worlds.PATIENCE)
        where = [str(part) for part in server.getsockname()]
        running = Site(box, boxes.room(scratch), network).start(script, where)
        with server.accept()[0] as source:
            assert source.recv(4) == b"here"
        running.end()
        running.close()


def test_nothing_is_known_at_first(network: Network) -> None:
    """Where nothing has been learnt, it is not known where a server will listen."""
    assert network.predict(TCP, None) is None


def test_portable_is_a_free_port() -> None:
    """Who asks for what every system has gets a free port, and is told so."""
    found, note = networks.best(portable=True)
    assert isinstance(found, FreePorts)
    assert note == fact("free-port-asked")


@needs_namespaces
def test_best_is_a_namespace_where_it_can_be_had() -> None:
    """Where namespaces can be had they are used, and there is nothing to say."""
    found, note = networks.best()
    assert isinstance(found, Namespaces)
    assert note is None


def refused(name: str, *arguments: int) -> None:
    """A system that forbids namespaces."""
    raise PermissionError(1, f"{name}{arguments}: Operation not permitted")


@needs_linux
def test_free_port_where_namespaces_are_forbidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system forbids namespaces, a free port does, with a note that says why."""
    monkeypatch.setattr(network_namespace, "_call", refused)
    found, note = networks.best()
    assert isinstance(found, FreePorts)
    assert note is not None and note.code == "no-network-namespaces"
    assert "Operation not permitted" in str(note.arguments["reason"])


def test_free_port_where_namespaces_are_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """On other systems a free port does, with a note."""
    monkeypatch.setattr(network_namespace.sys, "platform", "darwin")
    found, note = networks.best()
    assert isinstance(found, FreePorts)
    assert note == fact("no-network-namespaces", reason=fact("linux-alone"))


@needs_linux
def test_free_port_in_a_process_with_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where an ordinary user's process has threads already, a free port does, with a note."""
    monkeypatch.setattr(network_namespace.os, "geteuid", lambda: 1000)
    monkeypatch.setattr(network_namespace.threading, "active_count", lambda: 2)
    found, note = networks.best()
    assert isinstance(found, FreePorts)
    assert note == fact("no-network-namespaces", reason=fact("several-threads"))
