"""The loopback of this machine, and ports that were free a moment ago."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from support import worlds
from support.networks import bound, each_variant

from grader.assignment.variants import TCP, Variant
from grader.fact import MachineError, fact
from grader.sandbox import free_port
from grader.sandbox.free_port import FreePorts
from grader.sandbox.network import HOST, Address


def test_nobody_is_found_where_no_process_is() -> None:
    """A process that is gone has no port, and that is no error."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert FreePorts().fresh().find(TCP, [gone.pid]) is None


@each_variant
def test_free_port_is_free(variant: Variant) -> None:
    """The port that a server is told to take can be taken."""
    arguments = FreePorts().fresh().server_arguments(variant)
    assert arguments[0::2] == ["--host", "--port"]
    with bound(variant, arguments[1], int(arguments[3])) as server:
        assert server.getsockname() == (HOST, int(arguments[3]))


@each_variant
def test_hard_coded_port_is_found(variant: Variant, tmp_path: Path) -> None:
    """A server that takes a port of its own choice is found there."""
    server, port = listening(variant)
    assert where(tmp_path, server, variant) == Address(HOST, port)


@each_variant
def test_port_of_a_child_process_is_found(variant: Variant, tmp_path: Path) -> None:
    """A server that listens in a process of its own making is found too."""
    server, port = listening(variant)
    parent = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {server!r}])"
    assert where(tmp_path, parent, variant) == Address(HOST, port)


def listening(variant: Variant) -> tuple[str, int]:
    """A program that listens on a port which nobody else has, and that port."""
    with bound(variant) as probe:
        port = probe.getsockname()[1]
    listen = "server.listen()" if variant.connected else "pass"
    return (
        "import socket, sys\n"
        f"server = socket.socket(socket.AF_INET, {int(variant.socket_type)})\n"
        f"server.bind(({HOST!r}, {port}))\n{listen}\n"
        "print('ready', flush=True)\nsys.stdin.read()\n",
        port,
    )


def where(folder: Path, program: str, variant: Variant) -> Address | None:
    """Where a program listens once it has said that it is ready."""
    ready = threading.Event()
    with worlds.process(folder, program, heard=lambda _: ready.set()) as running:
        assert ready.wait(worlds.PATIENCE), running.how_it_ended()
        return FreePorts().fresh().find(variant, [running.await_pid()])


def test_server_listens_where_it_is_told_to() -> None:
    """A server that took the port of one check will take that of the next one too."""
    places = FreePorts()
    first, second = places.fresh(), places.fresh()
    learnt, other = (int(place.server_arguments(TCP)[3]) for place in (first, second))
    assert second.predict(TCP, Address(HOST, learnt)) == Address(HOST, other)


@each_variant
def test_hard_coded_port_that_is_free(variant: Variant) -> None:
    """A server that did not take the port that it was given will take its own again."""
    place = FreePorts().fresh()
    place.server_arguments(variant)
    learnt = Address(HOST, worlds.free_port(variant.name))
    assert place.predict(variant, learnt) == learnt


@each_variant
def test_hard_coded_port_that_stays_taken(
    variant: Variant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hard-coded port that another program keeps is the grader's trouble, and is named."""
    waited: list[float] = []
    monkeypatch.setattr(free_port.time, "sleep", waited.append)
    with bound(variant) as server:
        learnt = Address(*server.getsockname())
        with pytest.raises(MachineError) as caught:
            FreePorts().fresh().predict(variant, learnt)
    assert caught.value.fact == fact("port-taken", port=learnt.port)
    assert sum(waited) == free_port.RELEASE


@each_variant
def test_hard_coded_port_that_is_released(
    variant: Variant, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hard-coded port that the system keeps for a while is waited for."""
    with bound(variant) as server:
        learnt = Address(*server.getsockname())
        monkeypatch.setattr(free_port.time, "sleep", lambda _: server.close())
        assert FreePorts().fresh().predict(variant, learnt) == learnt
