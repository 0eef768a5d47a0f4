"""Where programs listen in the network that the calling thread is in (Linux).

Asked of the kernel by sock_diag(7), which goes through listening sockets alone. ``/proc/net/tcp``
(proc(5)) says the same, and goes through a table for all connections of the machine: 10 ms each
time. It is read where the kernel does not answer.
"""

from __future__ import annotations

import socket
import struct
import sys
from collections.abc import Iterator

from grader.assignment.variants import TCP, Variant
from grader.sandbox.network import Address, reachable

NETLINK_SOCK_DIAG, SOCK_DIAG_BY_FAMILY = 4, 20  # linux/netlink.h, linux/sock_diag.h
REQUEST_DUMP = 0x301  # NLM_F_REQUEST | NLM_F_DUMP
NLMSG_ERROR, NLMSG_DONE = 2, 3
HEADER = struct.Struct("=IHHII")  # nlmsghdr: length, type, flags, sequence, port id
QUESTION = struct.Struct("=BBBxI48x")  # inet_diag_req_v2: family, protocol, extensions, states
# inet_diag_msg: after four bytes the port, the port of the other end, the address.
ANSWER = struct.Struct("!4xH2x16s")
LISTEN, CLOSE = 10, 7  # states of tcp_states.h; a UDP socket that is bound and not connected
FAMILIES = (socket.AF_INET, socket.AF_INET6)
LARGEST = 1 << 16  # bytes of an answer


def listening(variant: Variant) -> Iterator[Address]:
    """Listening TCP sockets or bound UDP sockets, IPv4 first, then by their ports."""
    for family in FAMILIES:
        try:
            found = sorted(_asked(variant, family))
        except OSError:
            found = sorted(_read(variant, family))
        for port, name in found:
            yield reachable(name, port, family)


def _state(variant: Variant) -> int:
    return LISTEN if variant is TCP else CLOSE


def _asked(variant: Variant, family: socket.AddressFamily) -> Iterator[tuple[int, str]]:
    """Port and address of each. Raises OSError where the kernel does not answer."""
    if sys.platform != "linux":
        raise OSError("sock_diag: not on this system")
    protocol = socket.IPPROTO_TCP if variant is TCP else socket.IPPROTO_UDP
    question = QUESTION.pack(family, protocol, 0, 1 << _state(variant))
    with socket.socket(socket.AF_NETLINK, socket.SOCK_RAW, NETLINK_SOCK_DIAG) as kernel:
        length = HEADER.size + len(question)
        kernel.send(HEADER.pack(length, SOCK_DIAG_BY_FAMILY, REQUEST_DUMP, 1, 0) + question)
        while True:
            for kind, body in _messages(kernel.recv(LARGEST)):
                if kind == NLMSG_ERROR:
                    raise OSError(-struct.unpack_from("=i", body)[0], "sock_diag")
                if kind == NLMSG_DONE:
                    return
                port, address = ANSWER.unpack_from(body)
                packed = address[: 4 if family == socket.AF_INET else 16]
                yield port, socket.inet_ntop(family, packed)


def _messages(answer: bytes) -> Iterator[tuple[int, bytes]]:
    """Type and contents of each message in an answer (netlink(7))."""
    while len(answer) >= HEADER.size:
        length, kind, *_rest = HEADER.unpack_from(answer)
        yield kind, answer[HEADER.size : length]
        answer = answer[(length + 3) & ~3 :]


def _read(variant: Variant, family: socket.AddressFamily) -> Iterator[tuple[int, str]]:
    """The same from the tables of ``/proc``."""
    suffix = "6" if family == socket.AF_INET6 else ""
    try:
        with open(f"/proc/thread-self/net/{variant}{suffix}", encoding="ascii") as file:
            table = [line.split() for line in file][1:]
    except OSError:
        return
    for fields in table:
        local, state = fields[1], int(fields[3], 16)
        if state == _state(variant):
            host, _, port = local.partition(":")
            # The kernel prints 32-bit words in the machine's own order.
            words = (int(host[i : i + 8], 16) for i in range(0, len(host), 8))
            packed = b"".join(struct.pack("=I", word) for word in words)
            yield int(port, 16), socket.inet_ntop(family, packed)
