"""Networks of their own (Linux): nothing but loopback, every port free, nothing outside in reach.

Each is a network namespace (network_namespaces(7)), held by a descriptor.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import socket
import struct
import sys
import threading
from collections.abc import Iterable, Iterator

from grader.assignment.variants import Variant
from grader.fact import MachineError, fact
from grader.sandbox.listening import listening
from grader.sandbox.network import Address, Network, Networks

CLONE_NEWNET, CLONE_NEWUSER, CLONE_NEWUTS = 0x40000000, 0x10000000, 0x04000000  # sched.h
SIOCSIFFLAGS, IFF_UP = 0x8914, 0x1  # netdevice(7)
MINE = "/proc/thread-self/ns/net"  # the network that the calling thread is in


class Namespaces(Networks):
    """Makes network namespaces. Raises OSError or MachineError where they cannot be had."""

    kind = "namespace"

    def __init__(self) -> None:
        if sys.platform != "linux":
            raise MachineError(fact("linux-alone"))
        _own_user_namespace()
        _own_name()
        self.fresh().close()

    def fresh(self) -> Namespace:
        """An empty network with loopback; raises OSError where the system forbids it."""
        with _back_afterwards():
            _call("unshare", CLONE_NEWNET)
            _loopback_up()
            return Namespace(_open(MINE))


class Namespace(Network):
    """A network namespace."""

    kind = "namespace"

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @contextlib.contextmanager
    def entered(self) -> Iterator[None]:
        """Move the calling thread there and back (setns(2))."""
        with _back_afterwards():
            _call("setns", self._descriptor, CLONE_NEWNET)
            yield

    def server_arguments(self, variant: Variant) -> list[str]:
        """Nothing: the default port is free."""
        del variant
        return []

    def predict(self, variant: Variant, learnt: Address | None) -> Address | None:
        """The same address again: no other program can have that port."""
        del variant
        return learnt

    def find(self, variant: Variant, pids: Iterable[int]) -> Address | None:
        """Where anything listens: it can only be the submission."""
        del pids
        with self.entered():
            return next(listening(variant), None)

    def close(self) -> None:
        """Close the descriptor; the kernel keeps the network while a process is in it."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def _open(path: str) -> int:
    return os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))


@contextlib.contextmanager
def _back_afterwards() -> Iterator[None]:
    """Bring the calling thread back to its network at the end, whichever network it enters."""
    before = _open(MINE)
    try:
        yield
    finally:
        try:
            _call("setns", before, CLONE_NEWNET)
        finally:
            os.close(before)


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
        raise MachineError(fact("several-threads"))
    user, group = os.geteuid(), os.getegid()
    # The network to come back to must belong to the new user namespace too (setns(2)).
    _call("unshare", CLONE_NEWUSER | CLONE_NEWNET)
    for name, text in (
        ("setgroups", "deny"),
        ("uid_map", f"{user} {user} 1"),
        ("gid_map", f"{group} {group} 1"),
    ):
        with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
            file.write(text)


def _own_name() -> None:
    """Call the machine localhost, for this thread and all that it starts (uts_namespaces(7)).

    Where there is no name server, the machine's own name may be one that nobody knows.
    """
    name = b"localhost"
    with contextlib.suppress(OSError):
        _call("unshare", CLONE_NEWUTS)
        libc = ctypes.CDLL(None, use_errno=True)
        libc.sethostname(name, len(name))


def _loopback_up() -> None:
    if sys.platform == "linux":
        import fcntl

        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
            fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sH14x", b"lo", IFF_UP))
