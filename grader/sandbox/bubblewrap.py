"""The command line of bubblewrap: what a sandboxed process sees of this machine.

bwrap(1) makes the namespaces (namespaces(7)): processes, mounts, IPC and the name of the
machine are the process's own; the network is the one that the check runs in.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping
from pathlib import Path

SUBMISSION = "/submission"
BOOT = "/run/boot.py"
HOME = "/tmp"
ROOM = 64 << 20  # bytes that may be written to /tmp
SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32")
SETTINGS = ("/etc/ld.so.cache", "/etc/localtime", "/etc/services", "/etc/protocols")
USER, MACHINE = "student", "localhost"
HOSTS = f"127.0.0.1 {MACHINE}\n::1 {MACHINE}\n"
# All that the C library looks up, names of hosts too, is looked up in files.
LOOKUPS = "".join(
    f"{what}: files\n" for what in ("passwd", "group", "hosts", "services", "protocols")
)
# For where the machine has no list of its own.
PORTS = {"echo": 7, "ssh": 22, "domain": 53, "http": 80, "irc": 194, "https": 443}
SERVICES = "".join(f"{name}\t{port}/tcp\n{name}\t{port}/udp\n" for name, port in PORTS.items())
PROTOCOLS = "ip\t0\tIP\nicmp\t1\tICMP\ntcp\t6\tTCP\nudp\t17\tUDP\n"
PASSWD = "root:x:0:0:root:/root:/bin/sh\n{user}:x:{uid}:{gid}:{user}:{home}:/bin/sh\n"
GROUP = "root:x:0:\n{user}:x:{gid}:\n"


def copies(boot: Path) -> dict[str, Path]:
    """The files that a program gets a copy of, by where it sees them: cheaper than a mount each."""
    settings = {name: Path(name) for name in SETTINGS}
    return {BOOT: boot, **{name: path for name, path in settings.items() if path.is_file()}}


def written(uid: int, gid: int) -> dict[str, bytes]:
    """Files that are not those of this machine, by where a program of this user sees them."""
    names = {"user": USER, "uid": uid, "gid": gid, "home": HOME}
    texts = {
        "/etc/hosts": HOSTS,
        "/etc/nsswitch.conf": LOOKUPS,
        "/etc/passwd": PASSWD.format(**names),
        "/etc/group": GROUP.format(**names),
    }
    lists = {"/etc/services": SERVICES, "/etc/protocols": PROTOCOLS}
    texts |= {seen: text for seen, text in lists.items() if not os.path.isfile(seen)}
    return {seen: text.encode() for seen, text in texts.items()}


def command(
    folder: Path, copied: Mapping[str, int], hidden: Path, interpreter: Path, info: int, *calls: int
) -> list[str]:
    """Everything before the program's own command.

    ``folder`` holds the submission, ``copied`` descriptors of the :func:`copies` and of what
    is :func:`written`, ``hidden`` is a folder that must not be seen even where it lies inside of
    one that is, ``info`` a descriptor for the process ids, ``calls`` those of filters for calls.
    """
    return [
        program() or "bwrap",
        "--die-with-parent",
        "--unshare-pid", "--unshare-ipc", "--unshare-cgroup-try",
        "--unshare-uts", "--hostname", MACHINE,
        *_privileges(),
        *_system(interpreter, hidden),
        *_copied(copied),
        "--proc", "/proc",
        "--dev", "/dev", "--size", str(ROOM), "--perms", "1777", "--tmpfs", "/dev/shm",
        "--remount-ro", "/dev",
        "--size", str(ROOM), "--perms", "1777", "--tmpfs", HOME,
        "--ro-bind", str(folder), SUBMISSION,
        "--remount-ro", "/",
        "--chdir", HOME,
        "--info-fd", str(info),
        *(word for filter_ in calls for word in ("--seccomp", str(filter_))),
        "--",
    ]  # fmt: skip


def program() -> str:
    """Where bubblewrap is, or nothing."""
    return shutil.which("bwrap") or ""


def _privileges() -> list[str]:
    if sys.platform != "win32" and os.geteuid() == 0:
        # No user namespace: the limit on processes does not hold for root even in one. The
        # program becomes an ordinary user before it begins (boot.py), and needs these to do so.
        # That it makes none itself is the filter's matter, see grader.sandbox.seccomp.
        return ["--cap-drop", "ALL", "--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"]
    return ["--unshare-user", "--disable-userns", "--cap-drop", "ALL"]


def _copied(descriptors: Mapping[str, int]) -> list[str]:
    """Files of the program's own, for another user to read."""
    shown = ["--perms", "755", "--dir", "/etc"]
    for seen, descriptor in descriptors.items():
        shown += ["--perms", "644", "--file", str(descriptor), seen]
    return shown


def _system(interpreter: Path, hidden: Path) -> list[str]:
    """The interpreter and the system's libraries, to be read only."""
    shown: list[str] = []
    for folder in SYSTEM:
        path = Path(folder)
        if path.is_symlink():
            shown += ["--symlink", os.readlink(path), folder]
        elif path.is_dir():
            shown += ["--ro-bind", folder, folder]
    if not any(interpreter.is_relative_to(folder) for folder in SYSTEM):
        for parent in reversed(interpreter.parents):  # bubblewrap would close those it makes
            shown += ["--perms", "755", "--dir", str(parent)]
        shown += ["--ro-bind", str(interpreter), str(interpreter)]
    if any(hidden.is_relative_to(folder) for folder in (*SYSTEM, interpreter)):
        shown += ["--tmpfs", str(hidden)]
    return shown
