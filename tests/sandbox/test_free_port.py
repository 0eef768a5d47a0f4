"""The loopback of this machine, and ports that were free a moment ago."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from support import worlds
from support.networks import bound, each_variant

from grader.sandbox import free_port
from grader.sandbox.free_port import FreePorts
from grader.sandbox.network import HOST, KINDS, Address


def test_nobody_is_found_where_no_process_is() -> None:
    """A process that is gone has no port, and that is no error."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert FreePorts().fresh().find("tcp", [gone.pid]) is None


@each_variant
def test_free_port_is_free(variant: str) -> None:
    """The port that a server is told to take can be taken."""
    arguments = FreePorts().fresh().server_arguments(variant)
    assert arguments[0::2] == ["--host", "--port"]
    with bound(variant, arguments[1], int(arguments[3])) as server:
        assert server.getsockname() == (HOST, int(arguments[3]))


@each_variant
def test_hard_coded_port_is_found(variant: str, tmp_path: Path) -> None:
    """A server that takes a port of its own choice is found there."""
    server, port = listening(variant)
    assert where(tmp_path, server, variant) == Address(HOST, port)


@each_variant
def test_port_of_a_child_process_is_found(variant: str, tmp_path: Path) -> None:
    """A server that listens in a process of its own making is found too."""
    server, port = listening(variant)
    parent = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {server!r}])"
    assert where(tmp_path, parent, variant) == Address(HOST, port)


def listening(variant: str) -> tuple[str, int]:
    """A program that listens on a port which nobody else has, and that port."""
    with bound(variant) as probe:
        port = probe.getsockname()[1]
    listen = "server.listen()" if variant == "tcp" else "pass"
    return (
        "import socket, sys\n"
        f"server = socket.socket(socket.AF_INET, {int(KINDS[variant])})\n"
        f"server.bind(({HOST!r}, {port}))\n{listen}\n"
        "print('ready', flush=True)\nsys.stdin.read()\n",
        port,
    )


def where(folder: Path, program: str, variant: str) -> Address | None:
    """Where a program listens once it has said that it is ready."""
    ready = threading.Event()
    with worlds.process(folder, program, heard=lambda _: ready.set()) as running:
        assert ready.wait(worlds.PATIENCE), running.how_it_ended()
        return FreePorts().fresh().find(variant, [running.await_pid()])


def test_server_listens_where_it_is_told_to() -> None:
    """A server that took the port of one check will take that of the next one too."""
    places = FreePorts()
    first, second = places.fresh(), places.fresh()
    learnt, other = (int(place.server_arguments("tcp")[3]) for place in (first, second))
    assert second.predict("tcp", Address(HOST, learnt)) == Address(HOST, other)


@each_variant
def test_hard_coded_port_that_is_free(variant: str) -> None:
    """A server that did not take the port that it was given will take its own again."""
    place = FreePorts().fresh()
    place.server_arguments(variant)
    learnt = Address(HOST, worlds.free_port(variant))
    assert place.predict(variant, learnt) == learnt


@each_variant
def test_hard_coded_port_that_stays_taken(variant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hard-coded port that another program keeps is the grader's trouble, and is named."""
    waited: list[float] = []
    monkeypatch.setattr(free_port.time, "sleep", waited.append)
    with bound(variant) as server:
        learnt = Address(*server.getsockname())
        with pytest.raises(OSError, match=f"port {learnt.port}, hard-coded"):
            FreePorts().fresh().predict(variant, learnt)
    assert sum(waited) == free_port.RELEASE


@each_variant
def test_hard_coded_port_that_is_released(variant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hard-coded port that the system keeps for a while is waited for."""
    with bound(variant) as server:
        learnt = Address(*server.getsockname())
        monkeypatch.setattr(free_port.time, "sleep", lambda _: server.close())
        assert FreePorts().fresh().predict(variant, learnt) == learnt
