"""Which thread of a process waits for data on which of its files, read from Linux's ``/proc``.

``/proc/PID/task/TID/syscall`` (proc(5)) tells in which system call a thread is blocked, and its
first arguments: a descriptor, or where in memory a set of descriptors is. The kernel says so, not
the program. Numbers of system calls differ between machines; on others nothing is told.
"""

from __future__ import annotations

import os
import platform
import struct
from collections.abc import Iterable
from dataclasses import dataclass

from grader.sandbox import activity

# The calls in which one waits for data, by their numbers (unistd.h). A recv or sendall with a
# timeout is a poll.
_CALLS: dict[str, dict[int, str]] = {
    "x86_64": {
        0: "read", 7: "poll", 19: "read", 23: "select", 45: "recvfrom", 47: "recvmsg",
        232: "epoll", 270: "select", 271: "poll", 281: "epoll", 441: "epoll",
    },
    "aarch64": {
        22: "epoll", 63: "read", 65: "read", 72: "select", 73: "poll", 207: "recvfrom",
        212: "recvmsg", 441: "epoll",
    },
}  # fmt: skip
_NAMES = _CALLS.get(platform.machine(), {})
_FLAGS = {"recvfrom": 3, "recvmsg": 2}  # which argument holds the flags
MSG_PEEK = 0x2
POLLIN, POLLRDNORM = 0x1, 0x40
MOST = 4096  # descriptors of a set that are looked at
_POLLFD = struct.Struct("=ihh")  # struct pollfd (poll(2))


@dataclass(frozen=True)
class Waiter:
    """A thread that is blocked until data comes on one of some files.

    ``thread`` is its id out here, ``inner`` the one that the program sees, in its own namespace.
    Files are named as ``/proc/PID/fd`` has them: ``socket:[1234]``, whatever the descriptor.
    """

    process: int
    thread: int
    inner: int
    files: frozenset[str]
    peeks: bool = False  # it leaves the data there

    @property
    def is_first(self) -> bool:
        """Whether it is the thread with which its process began."""
        return self.process == self.thread


def tells(pid: int) -> bool:
    """Whether the system tells what the threads of this process wait for."""
    if not activity.supported() or not _NAMES:
        return False
    try:
        _read(f"/proc/{pid}/syscall")
        os.listdir(f"/proc/{pid}/fd")
    except PermissionError:
        return False
    except OSError:
        pass  # it is gone: nobody has kept anything back
    return True


def files(pid: int) -> dict[int, str]:
    """What the descriptors of a process stand for."""
    opened = {}
    try:
        for descriptor in os.listdir(f"/proc/{pid}/fd"):
            opened[int(descriptor)] = os.readlink(f"/proc/{pid}/fd/{descriptor}")
    except OSError:
        pass  # closed, or gone, meanwhile
    return opened


def waiters(pids: Iterable[int]) -> list[Waiter]:
    """All threads of these processes that wait for data just now."""
    waiting = []
    for pid in pids:
        opened: dict[int, str] | None = None
        for tid in activity.threads(pid):
            try:
                call = _read(f"/proc/{pid}/task/{tid}/syscall").split()
                if not call or not call[0].isdigit() or int(call[0]) not in _NAMES:
                    continue  # b"running", b"-1 ..." outside of any call, or another call
                opened = files(pid) if opened is None else opened
                name, arguments = _NAMES[int(call[0])], [int(word, 16) for word in call[1:7]]
                waited_for = _files(pid, name, arguments, opened)
                inner = _inner(pid, tid)
            except (OSError, ValueError, IndexError, struct.error):
                continue  # it has gone on, or ended
            flags = arguments[_FLAGS[name]] if name in _FLAGS else 0
            waiting.append(Waiter(pid, int(tid), inner, waited_for, bool(flags & MSG_PEEK)))
    return waiting


def _files(pid: int, call: str, arguments: list[int], opened: dict[int, str]) -> frozenset[str]:
    first, second = arguments[0], arguments[1]
    if call == "epoll":
        return _registered(pid, first, opened)
    if call == "poll":
        descriptors = _polled(pid, first, second)
    elif call == "select":
        descriptors = _selected(pid, first, second)
    else:
        descriptors = [first]
    return frozenset(opened[each] for each in descriptors if each in opened)


def _polled(pid: int, address: int, count: int) -> list[int]:
    data = _memory(pid, address, min(count, MOST) * _POLLFD.size)
    return [fd for fd, events, _ in _POLLFD.iter_unpack(data) if events & (POLLIN | POLLRDNORM)]


def _selected(pid: int, count: int, address: int) -> list[int]:
    count = min(count, MOST)
    if not address:
        return []
    # An fd_set is an array of longs (select(2)); its bits, lowest first, are the descriptors.
    bits = int.from_bytes(_memory(pid, address, (count + 63) // 64 * 8), "little")
    return [descriptor for descriptor in range(count) if bits >> descriptor & 1]


def _registered(pid: int, descriptor: int, opened: dict[int, str]) -> frozenset[str]:
    """What an epoll waits for, even where the descriptor by which it came to know it is closed.

    A line for each: ``tfd: 4 events: 19 data: 4 pos:0 ino:399be0 sdev:9`` (proc(5)).
    """
    named = set()
    for line in _read(f"/proc/{pid}/fdinfo/{descriptor}").splitlines():
        if line.startswith(b"tfd:"):
            words = line.replace(b":", b" ").split()
            if int(words[3], 16) & (POLLIN | POLLRDNORM):
                inode = int(words[words.index(b"ino") + 1], 16)
                name = opened.get(int(words[1]), "")
                named.add(name if name.endswith(f"[{inode}]") else f"socket:[{inode}]")
    return frozenset(named)


def _memory(pid: int, address: int, size: int) -> bytes:
    with open(f"/proc/{pid}/mem", "rb", buffering=0) as file:
        file.seek(address)
        return file.read(size)


def _inner(pid: int, tid: str) -> int:
    """The id of a thread in its own namespace: the last one after ``NSpid:`` (proc(5))."""
    # A name of a thread comes before it, and may itself contain anything.
    status = _read(f"/proc/{pid}/task/{tid}/status")
    return int(status.rpartition(b"\nNSpid:")[2].split(b"\n")[0].split()[-1])


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()
