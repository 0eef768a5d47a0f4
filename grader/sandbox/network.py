"""Where the participants of one check meet: a network of their own, or a free port.

On Linux each check has a network namespace (network_namespaces(7)): nothing but loopback,
every port free, nothing outside in reach. Elsewhere, or where the system forbids it, the
checks share this machine's loopback and the server is given a free port.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import socket
import struct
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import psutil

from grader.assignment.variants import Variant
from grader.language import _

DEFAULT_PORT = 14901
HOST = "127.0.0.1"
RELEASE = 65  # seconds: TIME_WAIT lasts 60 at most (Linux; macOS 30)
CLONE_NEWNET, CLONE_NEWUSER = 0x40000000, 0x10000000  # sched.h
SIOCSIFFLAGS, IFF_UP = 0x8914, 0x1  # netdevice(7)


@dataclass(frozen=True)
class Address:
    """Where a server can be reached."""

    host: str
    port: int
    family: socket.AddressFamily = socket.AF_INET


class Namespaces:
    """A network namespace for each check. Raises OSError where it cannot be had."""

    kind = "namespace"

    _home: int  # the network that this process came from

    def __init__(self) -> None:
        if sys.platform != "linux":
            raise OSError(_("network namespaces are a thing of Linux"))
        _own_user_namespace()
        self._home = os.open("/proc/self/ns/net", os.O_RDONLY | os.O_CLOEXEC)
        with self.fresh():
            pass

    @contextlib.contextmanager
    def fresh(self) -> Iterator[None]:
        """Move this thread, and what it starts, into an empty network until the end."""
        _call("unshare", CLONE_NEWNET)
        try:
            _loopback_up()
            yield
        finally:
            _call("setns", self._home, CLONE_NEWNET)

    def arguments(self, variant: Variant) -> list[str]:
        """What to start a server with: nothing, the default port is free."""
        del variant
        return []

    def known(self, variant: Variant, learnt: Address | None) -> Address | None:
        """Where the server will listen, going by where it has listened before."""
        del variant
        return learnt

    def find(self, variant: Variant, pids: Iterable[int]) -> Address | None:
        """Where something listens: in a fresh network it can only be the submission."""
        del pids
        for family, suffix in ((socket.AF_INET, ""), (socket.AF_INET6, "6")):
            for address in _listening(f"/proc/thread-self/net/{variant}{suffix}", family):
                return address
        return None


class FreePort:
    """The machine's own loopback, and a port that was free a moment ago."""

    kind = "free-port"

    def __init__(self) -> None:
        self._port = DEFAULT_PORT
        self._chosen: set[int] = set()

    @contextlib.contextmanager
    def fresh(self) -> Iterator[None]:
        """Nothing to prepare."""
        yield

    def arguments(self, variant: Variant) -> list[str]:
        """What to start a server with: a port that is free now."""
        with socket.socket(socket.AF_INET, variant.socket_type) as probe:
            probe.bind((HOST, 0))
            self._port = probe.getsockname()[1]
        self._chosen.add(self._port)
        return ["--host", HOST, "--port", str(self._port)]

    def known(self, variant: Variant, learnt: Address | None) -> Address | None:
        """Where the server will listen, going by where it has listened before.

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
        taken = _("port {port}, hard-coded in the submission, stays taken")
        raise OSError(taken.format(port=learnt.port))

    def find(self, variant: Variant, pids: Iterable[int]) -> Address | None:
        """Where the submission listens, asked of the system (about 10 ms a look)."""
        for process in _trees(pids):
            with contextlib.suppress(psutil.Error):
                for connection in process.net_connections(variant.name):
                    if not variant.connected or connection.status == psutil.CONN_LISTEN:
                        host, port = connection.laddr
                        return _reachable(host, port, connection.family)
        return None


def _trees(pids: Iterable[int]) -> Iterator[psutil.Process]:
    for pid in pids:
        with contextlib.suppress(psutil.Error):
            process = psutil.Process(pid)
            yield from [process, *process.children(recursive=True)]


Network = Namespaces | FreePort


def best(*, portable: bool = False) -> tuple[Network, str]:
    """The best network to be had here, and what was missing for a better one.

    ``portable`` asks for what every system has.
    """
    if portable:
        return FreePort(), _("as asked for: a free port of this machine is used")
    try:
        return Namespaces(), ""
    except OSError as error:
        note = _("no network namespaces ({reason}): a free port of this machine is used")
        return FreePort(), note.format(reason=error)


def _call(name: str, *arguments: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if getattr(libc, name)(*arguments) != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")


def _own_user_namespace() -> None:
    """Become able to make network namespaces without being root (user_namespaces(7))."""
    if sys.platform == "win32" or os.geteuid() == 0:
        return
    if threading.active_count() > 1:
        raise OSError(_("a process with several threads cannot enter a user namespace"))
    user, group = os.geteuid(), os.getegid()
    # The network to come home to must belong to the new user namespace too (setns(2)).
    _call("unshare", CLONE_NEWUSER | CLONE_NEWNET)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
            file.write(text)


def _loopback_up() -> None:
    if sys.platform == "linux":
        import fcntl

        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
            fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", IFF_UP))


def _listening(path: str, family: socket.AddressFamily) -> Iterator[Address]:
    """Listening TCP or bound UDP sockets, lowest port first (proc(5), /proc/net/tcp)."""
    try:
        with open(path, encoding="ascii") as file:
            table = [line.split() for line in file][1:]
    except OSError:
        return
    found = []
    for fields in table:
        local, state = fields[1], fields[3]
        # TCP: 0A is LISTEN. UDP: 07 is a socket that is bound and not connected.
        if state == ("0A" if "/tcp" in path else "07"):
            host, _, port = local.partition(":")
            # The kernel prints 32-bit words in the machine's own order.
            packed = b"".join(
                struct.pack("=I", int(host[i : i + 8], 16)) for i in range(0, len(host), 8)
            )
            found.append((int(port, 16), socket.inet_ntop(family, packed)))
    for number, name in sorted(found):
        yield _reachable(name, number, family)


def _reachable(host: str, port: int, family: int) -> Address:
    """The address to connect to for a bound one: a wildcard is reached by loopback."""
    if host in ("0.0.0.0", "::"):
        return Address(HOST, port)
    return Address(host, port, socket.AddressFamily(family))
