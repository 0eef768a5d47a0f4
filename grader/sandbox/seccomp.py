"""Calls of the system that no program of a submission may make, where the kernel has seccomp.

seccomp(2) (Linux 3.5) needs no privileges. A filter is a short program of classic BPF that the
kernel runs before each call; it sees numbers only, never what an address points to. What is
refused at every level:

- a new user namespace, in which a program would be root again: with file systems of its own
  beside those that the sandbox limits;
- limits, processors and priority of another process: the kernel lets all processes of one user
  set these for each other, so a program could end its grader by ``prlimit``;
- objects that outlive all processes: System V IPC, POSIX message queues, keys.

Where a program is the grader's own user it could close all of this user's files: Landlock does
not know of modes. There it is told that it has changed mode or owner, and nothing has changed.
"""

from __future__ import annotations

import ctypes
import errno
import os
import struct
import sys

PR_SET_NO_NEW_PRIVS, PR_SET_SECCOMP, FILTER = 38, 22, 2  # prctl(2)
NEW_USER = 0x10000000  # CLONE_NEWUSER (clone(2))

# The numbers of the calls, by the machine that uname(2) names. Later ones share one list.
GENERIC = {
    "clone": 220, "unshare": 97, "clone3": 435,
    "prlimit64": 261, "setpriority": 140, "ioprio_set": 30,
    "sched_setaffinity": 122, "sched_setattr": 274,
    "sched_setparam": 118, "sched_setscheduler": 119,
    "shmget": 194, "semget": 190, "msgget": 186, "mq_open": 180,
    "add_key": 217, "request_key": 218, "keyctl": 219, "io_uring_setup": 425,
    "fchmod": 52, "fchmodat": 53, "fchmodat2": 452, "fchownat": 54, "fchown": 55,
    "setxattr": 5, "lsetxattr": 6, "fsetxattr": 7, "setxattrat": 463,
    "removexattr": 14, "lremovexattr": 15, "fremovexattr": 16, "removexattrat": 466,
}  # fmt: skip
X86_64 = {
    "clone": 56, "unshare": 272, "clone3": 435,
    "prlimit64": 302, "setpriority": 141, "ioprio_set": 251,
    "sched_setaffinity": 203, "sched_setattr": 314,
    "sched_setparam": 142, "sched_setscheduler": 144,
    "shmget": 29, "semget": 64, "msgget": 68, "mq_open": 240,
    "add_key": 248, "request_key": 249, "keyctl": 250, "io_uring_setup": 425,
    "chmod": 90, "fchmod": 91, "fchmodat": 268, "fchmodat2": 452,
    "chown": 92, "fchown": 93, "lchown": 94, "fchownat": 260,
    "setxattr": 188, "lsetxattr": 189, "fsetxattr": 190, "setxattrat": 463,
    "removexattr": 197, "lremovexattr": 198, "fremovexattr": 199, "removexattrat": 466,
}  # fmt: skip
# What the kernel calls them (linux/audit.h): the machine, 64 bits, the lowest byte first.
MACHINES = {
    "x86_64": (0xC000003E, X86_64),
    "aarch64": (0xC00000B7, GENERIC),
    "riscv64": (0xC00000F3, GENERIC),
}
X32 = 0x40000000  # and above: a second list of numbers on x86_64

# Those that are not there at all: clone3, whose flags cannot be seen (the C library then takes
# clone), and io_uring, which makes calls that pass no filter.
MISSING = (
    *("clone3", "io_uring_setup"),
    *("shmget", "semget", "msgget", "mq_open", "add_key", "request_key", "keyctl"),
)
# Those that are refused with such a flag in this argument.
FLAGGED = (("clone", 0, NEW_USER), ("unshare", 0, NEW_USER))
# Those that are refused but with this value in this argument: 0 is the process itself.
ONLY = (
    ("prlimit64", 0, 0),
    ("sched_setaffinity", 0, 0),
    ("sched_setattr", 0, 0),
    ("sched_setparam", 0, 0),
    ("sched_setscheduler", 0, 0),
    ("setpriority", 0, 0),  # a process, not all of a user's
    ("setpriority", 1, 0),
    ("ioprio_set", 0, 1),  # likewise
    ("ioprio_set", 1, 0),
)
# Those of a program that is the grader's user: done as far as it can see, or not to be had.
MODES = ("chmod", "fchmod", "fchmodat", "fchmodat2", "chown", "fchown", "lchown", "fchownat")
ATTRIBUTES = (
    *("setxattr", "lsetxattr", "fsetxattr", "setxattrat"),
    *("removexattr", "lremovexattr", "fremovexattr", "removexattrat"),
)
DONE = 0  # an error that is none

# linux/bpf_common.h and linux/seccomp.h
LOAD, EQUAL, AT_LEAST, ANY_BIT, RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
NUMBER, MACHINE, ARGUMENTS = 0, 4, 16  # bytes into what the filter sees (struct seccomp_data)
ALLOW, ERROR = 0x7FFF0000, 0x00050000


def program(*, shared_user: bool) -> bytes:
    """The filter for this machine; nothing where it is not known how to make one.

    A ``shared_user`` is the grader's own.
    """
    if sys.platform != "linux" or sys.maxsize <= 1 << 32 or sys.byteorder != "little":
        return b""
    machine, numbers = MACHINES.get(os.uname().machine, (0, {}))
    if not numbers:
        return b""
    steps = [
        # What runs as if on another machine has other numbers for its calls.
        *(_step(LOAD, MACHINE), _step(EQUAL, machine, 1, 0), _refuse(errno.ENOSYS)),
        *(_step(LOAD, NUMBER), _step(AT_LEAST, X32, 0, 1), _refuse(errno.ENOSYS)),
    ]
    answers = dict.fromkeys(MISSING, errno.ENOSYS)
    if shared_user:
        answers |= dict.fromkeys(MODES, DONE) | dict.fromkeys(ATTRIBUTES, errno.EOPNOTSUPP)
    for name, error in answers.items():
        if name in numbers:
            steps += [_step(EQUAL, numbers[name], 0, 1), _refuse(error)]
    for name, argument, flag in FLAGGED:
        steps += _if(numbers[name], argument, _step(ANY_BIT, flag, 0, 1))
    for name, argument, value in ONLY:
        steps += _if(numbers[name], argument, _step(EQUAL, value, 1, 0))
    return b"".join([*steps, _step(RETURN, ALLOW)])


def restrict(*, shared_user: bool) -> None:
    """Filter the calls of this thread and of all that it starts. Raises OSError if refused."""
    steps = program(shared_user=shared_user)
    if not steps:
        return
    libc = ctypes.CDLL(None, use_errno=True)
    text = ctypes.create_string_buffer(steps, len(steps))
    # struct sock_fprog: how many steps, and where they are
    filtered = struct.pack("@HP", len(steps) // 8, ctypes.addressof(text))
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    if libc.prctl(PR_SET_SECCOMP, FILTER, filtered, 0, 0) != 0:
        code = ctypes.get_errno()
        raise OSError(code, f"seccomp: {os.strerror(code)}")


def _step(code: int, value: int, if_true: int = 0, if_false: int = 0) -> bytes:
    """One instruction (struct sock_filter), and how many to leave out after a comparison."""
    return struct.pack("=HBBI", code, if_true, if_false, value)


def _refuse(error: int) -> bytes:
    return _step(RETURN, ERROR | error)


def _if(number: int, argument: int, comparison: bytes) -> list[bytes]:
    """Refuse a call if the comparison with an argument says so; others go on after this."""
    # The kernel takes 32 bits of each of these arguments: the rest must not count here either.
    return [
        _step(EQUAL, number, 0, 4),
        _step(LOAD, ARGUMENTS + 8 * argument),
        comparison,
        _refuse(errno.EPERM),
        _step(LOAD, NUMBER),
    ]
