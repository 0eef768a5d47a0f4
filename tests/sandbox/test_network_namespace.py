"""Networks of their own, which only Linux has."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import closing

import pytest
from support import worlds
from support.networks import bound, each_variant
from support.worlds import needs_linux, needs_namespaces

from grader.assignment.variants import TCP, UDP, Variant
from grader.sandbox.network import DEFAULT_PORT, HOST, Address, Network
from grader.sandbox.network_namespace import Namespaces

MINE = "/proc/thread-self/ns/net"


@pytest.fixture
def namespaces() -> Namespaces:
    found = worlds.namespaces()
    assert found is not None
    return found


@pytest.fixture
def network(namespaces: Namespaces) -> Iterator[Network]:
    with closing(namespaces.fresh()) as made:
        yield made


@pytest.fixture
def other(namespaces: Namespaces) -> Iterator[Network]:
    with closing(namespaces.fresh()) as made:
        yield made


@needs_namespaces
def test_nothing_outside_is_in_reach(network: Network) -> None:
    """A server of this machine cannot be reached from within."""
    with (
        bound(TCP) as door,
        network.socket(socket.AF_INET, socket.SOCK_STREAM) as inside,
        pytest.raises(ConnectionRefusedError),
    ):
        inside.connect(door.getsockname())


@needs_namespaces
@each_variant
def test_the_default_port_is_always_free(
    network: Network, other: Network, variant: Variant
) -> None:
    """Two servers have the default port at the same time, each in a network of its own."""
    with (
        bound(variant, port=DEFAULT_PORT, within=network) as one,
        bound(variant, port=DEFAULT_PORT, within=other) as two,
    ):
        assert one.getsockname() == two.getsockname()


@needs_namespaces
def test_networks_are_apart(network: Network, other: Network) -> None:
    """A server of one network cannot be reached from another one that lives beside it."""
    with (
        bound(TCP, port=DEFAULT_PORT, within=network),
        other.socket(socket.AF_INET, socket.SOCK_STREAM) as outside,
        pytest.raises(ConnectionRefusedError),
    ):
        outside.connect((HOST, DEFAULT_PORT))


@needs_namespaces
def test_loopback_works(network: Network) -> None:
    """Within a fresh network, who connects to 127.0.0.1 gets through."""
    with (
        bound(TCP, within=network) as server,
        network.socket(socket.AF_INET, socket.SOCK_STREAM) as client,
    ):
        client.connect(server.getsockname())
        accepted, address = server.accept()
        accepted.close()
        assert address == client.getsockname()


@needs_namespaces
def test_processes_are_in_the_network(network: Network) -> None:
    """What a thread starts that has entered a network belongs to it too."""
    show = f"import os; print(os.readlink({MINE!r}))"
    with network.entered():
        inside = os.readlink(MINE)
        assert worlds.python("-c", show).stdout.strip() == inside


@needs_namespaces
def test_making_a_network_moves_nobody(namespaces: Namespaces) -> None:
    """Who makes a network ahead stays where they are."""
    before = os.readlink(MINE)
    with closing(namespaces.fresh()):
        assert os.readlink(MINE) == before


@needs_namespaces
def test_back_again_afterwards(network: Network) -> None:
    """A thread that has entered a network comes back, even when something failed."""
    before = os.readlink(MINE)
    with pytest.raises(ZeroDivisionError), network.entered():
        1 / (os.readlink(MINE) == before)
    assert os.readlink(MINE) == before


@needs_namespaces
def test_networks_nest(network: Network, other: Network) -> None:
    """Who enters a network from another one comes back to that one."""
    with network.entered():
        inside = os.readlink(MINE)
        with other.entered():
            assert os.readlink(MINE) != inside
        assert os.readlink(MINE) == inside


@needs_namespaces
def test_other_threads_stay_where_they_are(network: Network) -> None:
    """Only the thread that enters a network is in it; any thread may enter the same."""
    seen: list[str] = []

    def enter() -> None:
        with network.entered():
            seen.append(os.readlink(MINE))

    with network.entered():
        inside = os.readlink(MINE)
    before = os.readlink(MINE)
    thread = threading.Thread(target=enter)
    thread.start()
    thread.join()
    assert seen == [inside]
    assert os.readlink(MINE) == before


@needs_namespaces
def test_closed_network_is_given_back(namespaces: Namespaces) -> None:
    """A network that was closed holds no descriptor, closed once or twice."""
    before = len(os.listdir("/proc/self/fd"))
    network = namespaces.fresh()
    network.close()
    network.close()
    assert len(os.listdir("/proc/self/fd")) == before


@needs_namespaces
@each_variant
@pytest.mark.parametrize(
    ("host", "found"),
    [("0.0.0.0", HOST), ("::", HOST), (HOST, HOST), ("::1", "::1"), ("127.0.0.2", "127.0.0.2")],
)
def test_address_can_be_reached(network: Network, variant: Variant, host: str, found: str) -> None:
    """Whatever address a server binds, the one that is found leads to it."""
    with bound(variant, host, DEFAULT_PORT, within=network) as server:
        address = network.find(variant, [])
        assert address == Address(found, DEFAULT_PORT, server.family if ":" in found else 2)


@needs_namespaces
def test_connected_sockets_are_no_servers(network: Network) -> None:
    """A TCP socket that does not listen, or a UDP client, is not taken for a server."""
    with (
        network.socket(socket.AF_INET, socket.SOCK_STREAM) as silent,
        network.socket(socket.AF_INET, socket.SOCK_DGRAM) as client,
    ):
        silent.bind((HOST, 0))
        client.connect((HOST, DEFAULT_PORT))
        assert network.find(TCP, []) is network.find(UDP, []) is None


@needs_namespaces
def test_default_port_needs_no_arguments(network: Network) -> None:
    """In a network of its own, a server is started as a student starts it."""
    assert network.server_arguments(TCP) == []


@needs_namespaces
def test_server_in_a_fresh_network_listens_where_it_did(network: Network) -> None:
    """In a network of its own a server will listen where it has listened before."""
    learnt = Address(HOST, 5555)
    assert network.predict(TCP, learnt) == learnt


ORDINARY = """\
import ctypes, encodings.ascii, encodings.idna, os, socket
from contextlib import closing
from grader.sandbox import networks
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
    ctypes.CDLL(None).prctl(4, 1)  # PR_SET_DUMPABLE: what belongs to it in /proc is its own
place, note = networks.best()
assert (place.kind == "free-port") == bool(note), note
for _ in range(2):
    with closing(place.fresh()) as network, network.entered():
        with socket.create_server(("127.0.0.1", 0)) as server:
            socket.create_connection(server.getsockname()).close()
print("both networks work")
"""


@needs_linux
def test_ordinary_user_gets_a_network_that_works() -> None:
    """Who is not root gets a network of either kind, and it works twice in a row."""
    done = worlds.python("-c", ORDINARY)
    assert done.stdout == "both networks work\n", done.stderr
