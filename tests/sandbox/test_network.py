"""Where the participants of a check meet."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import worlds
from support.worlds import needs_linux, needs_namespaces

from grader.sandbox import network
from grader.sandbox.network import DEFAULT_PORT, HOST, Address, FreePort, Namespaces, Network

KINDS = {"tcp": socket.SOCK_STREAM, "udp": socket.SOCK_DGRAM}
each_variant = pytest.mark.parametrize("variant", ["tcp", "udp"])


@pytest.fixture(params=worlds.NETWORKS)
def place(request: pytest.FixtureRequest) -> Network:
    return worlds.network(request.param)


@pytest.fixture
def namespaces() -> Namespaces:
    found = worlds.namespaces()
    assert found is not None
    return found


def bound(variant: str, host: str = HOST, port: int = 0) -> socket.socket:
    """A socket that is listening (TCP) or bound (UDP)."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family, KINDS[variant])
    made.bind((host, port))
    if variant == "tcp":
        made.listen()
    return made


@pytest.fixture
def door() -> Iterator[socket.socket]:
    """A listening socket of this machine."""
    with bound("tcp") as made:
        yield made


@needs_namespaces
def test_nothing_outside_is_in_reach(namespaces: Namespaces, door: socket.socket) -> None:
    """A server of this machine cannot be reached from within."""
    with namespaces.fresh(), pytest.raises(ConnectionRefusedError):
        socket.create_connection(door.getsockname())


@needs_namespaces
def test_what_was_bound_before_is_not_there(namespaces: Namespaces) -> None:
    """A server of one check cannot be reached from the next."""
    with namespaces.fresh():
        earlier = bound("tcp", port=DEFAULT_PORT)
    with earlier, namespaces.fresh(), pytest.raises(ConnectionRefusedError):
        socket.create_connection((HOST, DEFAULT_PORT))


@needs_namespaces
@each_variant
def test_the_default_port_is_always_free(namespaces: Namespaces, variant: str) -> None:
    """Two servers can have the default port at the same time, each in a network of its own."""
    with namespaces.fresh():
        one = bound(variant, port=DEFAULT_PORT)
    with one, namespaces.fresh(), bound(variant, port=DEFAULT_PORT) as other:
        assert one.getsockname() == other.getsockname()


@needs_namespaces
def test_loopback_works(namespaces: Namespaces) -> None:
    """Within a fresh network, who connects to 127.0.0.1 gets through."""
    with (
        namespaces.fresh(),
        bound("tcp") as server,
        socket.create_connection(server.getsockname()) as client,
    ):
        accepted, address = server.accept()
        accepted.close()
        assert address == client.getsockname()


@needs_namespaces
def test_processes_are_in_the_fresh_network(namespaces: Namespaces) -> None:
    """What is started within belongs to the fresh network too."""
    show = "import os; print(os.readlink('/proc/self/ns/net'))"
    with namespaces.fresh():
        inside = os.readlink("/proc/thread-self/ns/net")
        assert worlds.python("-c", show).stdout.strip() == inside


@needs_namespaces
def test_home_again_afterwards(namespaces: Namespaces) -> None:
    """After a check this process is where it was, even when the check failed."""
    before = os.readlink("/proc/thread-self/ns/net")
    with pytest.raises(ZeroDivisionError), namespaces.fresh():
        1 / (os.readlink("/proc/thread-self/ns/net") == before)
    assert os.readlink("/proc/thread-self/ns/net") == before


@each_variant
def test_server_is_found(place: Network, variant: str) -> None:
    """The network tells where a process listens (TCP) or is bound (UDP)."""
    with place.fresh(), bound(variant) as server:
        found = place.find(variant, [os.getpid()])
        if place.kind == "free-port":  # there may be others in this process
            found = found and Address(found.host, server.getsockname()[1])
        assert found == Address(*server.getsockname())


@needs_namespaces
@each_variant
@pytest.mark.parametrize(
    ("host", "found"),
    [("0.0.0.0", HOST), ("::", HOST), (HOST, HOST), ("::1", "::1"), ("127.0.0.2", "127.0.0.2")],
)
def test_address_can_be_reached(
    namespaces: Namespaces, variant: str, host: str, found: str
) -> None:
    """Whatever address a server binds, the one that is found leads to it."""
    with namespaces.fresh(), bound(variant, host, DEFAULT_PORT) as server:
        address = namespaces.find(variant, [])
        assert address == Address(found, DEFAULT_PORT, server.family if ":" in found else 2)


@needs_namespaces
def test_connected_sockets_are_no_servers(namespaces: Namespaces) -> None:
    """A TCP socket that does not listen, or a UDP client, is not taken for a server."""
    with (
        namespaces.fresh(),
        socket.socket(socket.AF_INET, socket.SOCK_STREAM) as silent,
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as client,
    ):
        silent.bind((HOST, 0))
        client.connect((HOST, DEFAULT_PORT))
        assert namespaces.find("tcp", []) is namespaces.find("udp", []) is None


@each_variant
def test_nobody_is_found_where_nobody_listens(place: Network, variant: str, tmp_path: Path) -> None:
    """A process that opens no socket is not found."""
    with place.fresh(), worlds.process(tmp_path, "input()") as running:
        assert place.find(variant, [running.await_pid()]) is None


def test_nobody_is_found_where_no_process_is() -> None:
    """A process that is gone has no port, and that is no error."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert FreePort().find("tcp", [gone.pid]) is None


@each_variant
def test_free_port_is_free(variant: str) -> None:
    """The port that a server is told to take can be taken."""
    arguments = FreePort().arguments(variant)
    assert arguments[0::2] == ["--host", "--port"]
    with bound(variant, arguments[1], int(arguments[3])) as server:
        assert server.getsockname() == (HOST, int(arguments[3]))


@needs_namespaces
def test_default_port_needs_no_arguments(namespaces: Namespaces) -> None:
    """In a network of its own, a server is started as a student starts it."""
    assert namespaces.arguments("tcp") == []


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
        assert ready.wait(worlds.PATIENCE), running.ending()
        return FreePort().find(variant, [running.await_pid()])


def test_nothing_is_known_at_first(place: Network) -> None:
    """Where nothing has been learnt, it is not known where a server will listen."""
    assert place.known("tcp", None) is None


@needs_namespaces
def test_server_in_a_fresh_network_listens_where_it_did(namespaces: Namespaces) -> None:
    """In a network of its own a server will listen where it has listened before."""
    learnt = Address(HOST, 5555)
    assert namespaces.known("tcp", learnt) == learnt


def test_server_listens_where_it_is_told_to() -> None:
    """A server that took the port that it was given will take the next one too."""
    place = FreePort()
    first, second = (int(place.arguments("tcp")[3]) for _ in range(2))
    assert place.known("tcp", Address(HOST, first)) == Address(HOST, second)


@each_variant
def test_hard_coded_port_that_is_free(variant: str) -> None:
    """A server that did not take the port that it was given will take its own again."""
    place = FreePort()
    place.arguments(variant)
    learnt = Address(HOST, worlds.free_port(variant))
    assert place.known(variant, learnt) == learnt


@each_variant
def test_hard_coded_port_that_stays_taken(variant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hard-coded port that another program keeps is the grader's trouble, and is named."""
    waited: list[float] = []
    monkeypatch.setattr(network.time, "sleep", waited.append)
    with bound(variant) as server:
        learnt = Address(*server.getsockname())
        with pytest.raises(OSError, match=f"port {learnt.port}, hard-coded"):
            FreePort().known(variant, learnt)
    assert sum(waited) == network.RELEASE


@each_variant
def test_hard_coded_port_that_is_released(variant: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A hard-coded port that the system keeps for a while is waited for."""
    with bound(variant) as server:
        learnt = Address(*server.getsockname())
        monkeypatch.setattr(network.time, "sleep", lambda _: server.close())
        assert FreePort().known(variant, learnt) == learnt


def test_portable_is_a_free_port() -> None:
    """Who asks for what every system has gets a free port, and is told so."""
    found, note = network.best(portable=True)
    assert isinstance(found, FreePort)
    assert "free port" in note


@needs_namespaces
def test_best_is_a_namespace_where_it_can_be_had() -> None:
    """Where namespaces can be had they are used, and there is nothing to say."""
    found, note = network.best()
    assert isinstance(found, Namespaces)
    assert note == ""


def refused(name: str, *arguments: int) -> None:
    """A system that forbids namespaces."""
    raise PermissionError(1, f"{name}{arguments}: Operation not permitted")


@needs_linux
def test_free_port_where_namespaces_are_forbidden(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system forbids namespaces, a free port does, with a note that says why."""
    monkeypatch.setattr(network, "_call", refused)
    found, note = network.best()
    assert isinstance(found, FreePort)
    assert "Operation not permitted" in note


def test_free_port_where_namespaces_are_unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """On other systems a free port does, with a note."""
    monkeypatch.setattr(network.sys, "platform", "darwin")
    found, note = network.best()
    assert isinstance(found, FreePort)
    assert "Linux" in note


ORDINARY = """\
import ctypes, encodings.ascii, encodings.idna, os, socket
from grader.sandbox import network
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
    ctypes.CDLL(None).prctl(4, 1)  # PR_SET_DUMPABLE: what belongs to it in /proc is its own
place, note = network.best()
assert (place.kind == "free-port") == bool(note), note
for _ in range(2):
    with place.fresh(), socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
print("both networks work")
"""


@needs_linux
def test_ordinary_user_gets_a_network_that_works() -> None:
    """Who is not root gets a network of either kind, and it works twice in a row."""
    done = worlds.python("-c", ORDINARY)
    assert done.stdout == "both networks work\n", done.stderr
