"""Calls that no program may make, at each level, and those that it still may."""

from __future__ import annotations

import functools
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support import boxes, worlds
from support.boxes import each_level
from support.worlds import PATIENCE

from grader.sandbox import confined, seccomp
from grader.sandbox.box import Box

KERNELS = Path("/proc/sys/kernel/seccomp/actions_avail")  # there if the kernel can filter
pytestmark = pytest.mark.skipif(
    not seccomp.program(shared_user=False) or not KERNELS.exists(), reason="needs seccomp"
)
# A program that calls the C library and prints what is wrong with each call, or "done".
CALLS = """\
import ctypes, errno, os, resource, threading
libc = ctypes.CDLL(None, use_errno=True)
def call(name, *arguments):
    answer = getattr(libc, name)(*arguments)
    print(name, "done" if answer >= 0 else errno.errorcode[ctypes.get_errno()])
def attempt(name, function, *arguments):
    try: function(*arguments)
    except OSError as error: print(name, errno.errorcode[error.errno])
    else: print(name, "done")
"""


def said(box: Box, source: str, folder: Path) -> list[str]:
    """The lines that a program prints in the sandbox, complaints included."""
    assert box.strict
    script = folder / "submission" / "program.py"
    script.parent.mkdir()
    script.write_text(CALLS + source)
    with worlds.started(script, boxes.room(folder), box=box) as child:
        printed, complaints = worlds.communicate(child)
    return (printed + complaints).decode().splitlines()


@each_level
def test_no_new_user_namespace(box: Box, scratch: Path) -> None:
    """Nobody becomes root in a namespace of their own, whichever call is to make it."""
    source = "call('unshare', 0x10000000)\n"
    # clone(CLONE_NEWUSER | SIGCHLD): a fork, whose child ends at once
    number = seccomp.MACHINES[os.uname().machine][1]["clone"]
    source += f"if libc.syscall({number}, 0x10000011, 0, 0, 0, 0) == 0: os._exit(0)\n"
    source += "print(errno.errorcode[ctypes.get_errno()])\n"
    source += f"call('syscall', {seccomp.GENERIC['clone3']}, None, 0)\n"
    # Without a filter bubblewrap, where it is not root's, says that there is no room for one.
    assert said(box, source, scratch) == ["unshare EPERM", "EPERM", "syscall ENOSYS"]


@each_level
def test_no_limits_for_others(box: Box, scratch: Path) -> None:
    """A program sets neither limits nor processors nor priority of the one that started it."""
    source = """\
    parent = os.getppid()
    attempt("limit", resource.prlimit, parent, resource.RLIMIT_NOFILE, (4096, 4096))
    attempt("processors", os.sched_setaffinity, parent, os.sched_getaffinity(0))
    attempt("scheduler", os.sched_setscheduler, parent, os.SCHED_OTHER, os.sched_param(0))
    attempt("parameters", os.sched_setparam, parent, os.sched_param(0))
    attempt("priority", os.setpriority, os.PRIO_PROCESS, parent, 0)
    attempt("of all", os.setpriority, os.PRIO_USER, 0, 0)
    """.replace("\n    ", "\n").lstrip()
    found = said(box, source, scratch)
    assert len(found) == 6
    assert {line.rpartition(" ")[2] for line in found} == {"EPERM"}


@each_level
def test_nothing_that_outlives_all_processes(box: Box, scratch: Path) -> None:
    """Shared memory, semaphores, queues and keys of the kernel's are not there."""
    source = """\
    call("shmget", 0, 4096, 0o1600)
    call("semget", 0, 1, 0o1600)
    call("msgget", 0, 0o1600)
    call("mq_open", b"/queue", os.O_CREAT | os.O_RDWR, 0o600, None)
    """.replace("\n    ", "\n").lstrip()
    before = _objects()
    found = said(box, source, scratch)
    assert found == [f"{name} ENOSYS" for name in ("shmget", "semget", "msgget", "mq_open")]
    assert _objects() == before


def _objects() -> dict[str, str]:
    """The System V objects of this machine."""
    return {path.name: path.read_text() for path in Path("/proc/sysvipc").iterdir()}


@each_level
def test_nothing_of_others_is_closed(box: Box, scratch: Path) -> None:
    """A program changes no mode, owner or attribute of a file outside of its own folder."""
    file = scratch / "file"
    file.touch(0o644)
    source = f"""\
    path = {str(file)!r}
    attempt("mode", os.chmod, path, 0)
    attempt("attribute", os.setxattr, path, "user.x", b"1")
    open("mine", "w").close()
    attempt("mine", os.chmod, "mine", 0o644)
    """.replace("\n    ", "\n").lstrip()
    found = said(box, source, scratch)
    assert file.stat().st_mode & 0o777 == 0o644
    assert os.listxattr(file) == []
    assert found[1] != "attribute done"
    assert found[2] == "mine done"


@each_level
def test_what_is_a_programs_own_matter(box: Box, scratch: Path) -> None:
    """A program may limit itself, give way, and start threads and processes."""
    source = """\
    import subprocess, sys
    attempt("limit", resource.setrlimit, resource.RLIMIT_NOFILE, (100, 100))
    attempt("processors", os.sched_setaffinity, 0, os.sched_getaffinity(0))
    attempt("priority", os.nice, 1)
    thread = threading.Thread(target=print, args=("thread",))
    thread.start()
    thread.join()
    pid = os.fork()
    if not pid: os._exit(7)
    print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
    print(subprocess.run([sys.executable, "-I", "-S", "-c", "raise SystemExit(8)"]).returncode)
    """.replace("\n    ", "\n").lstrip()
    expected = ["limit done", "processors done", "priority done", "thread", "7", "8"]
    assert said(box, source, scratch) == expected


def test_the_high_half_of_an_argument_does_not_count() -> None:
    """The kernel takes 32 bits of a process's id; what else is in the register hides nothing."""
    number = seccomp.MACHINES[os.uname().machine][1]["prlimit64"]
    source = (
        "import ctypes, errno\nlibc = ctypes.CDLL(None, use_errno=True)\n"
        "def call(pid):\n"
        f"    done = libc.syscall({number}, ctypes.c_long(pid), 7, None, None)\n"
        "    print('done' if done == 0 else errno.errorcode[ctypes.get_errno()])\n"
        f"call(1 << 32 | {os.getpid()})\ncall(1 << 32)\n"
    )
    command = [sys.executable, "-I", "-S", "-c", source]

    def start() -> str:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=True)
        return done.stdout

    restrict = functools.partial(seccomp.restrict, shared_user=False)
    assert confined.started(restrict, start) == "EPERM\ndone\n"


def test_a_machine_that_is_not_known_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the numbers of the calls are not known, nothing is filtered."""
    monkeypatch.setattr(seccomp, "MACHINES", {})
    assert seccomp.program(shared_user=False) == b""
    seccomp.restrict(shared_user=False)
