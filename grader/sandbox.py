"""What a student's process may reach: how it is started, and how its whole tree is ended."""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psutil

from grader import activity

BOOT = Path(__file__).with_name("boot.py")
LIMITS = {
    "CORE": 0,
    "CPU": 120,  # seconds
    "DATA": 4 << 30,  # bytes; the stacks of a few hundred threads count
    "FSIZE": 32 << 20,  # bytes a file
    "NOFILE": 4096,
}
NEW_GROUP = 0x200 if sys.platform == "win32" else 0  # CREATE_NEW_PROCESS_GROUP
PR_SET_CHILD_SUBREAPER = 36  # prctl(2)


def adopt_orphans() -> None:
    """Have processes that daemonised become this process's children (Linux)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def allow_many_files() -> None:
    """Let this process open as many files as it may: a hundred participants have sockets."""
    if sys.platform != "win32":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        wanted = LIMITS["NOFILE"] if hard == resource.RLIM_INFINITY else min(hard, LIMITS["NOFILE"])
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


@contextlib.contextmanager
def scratch_folder() -> Iterator[Path]:
    """An empty folder to run in, gone afterwards."""
    folder = tempfile.mkdtemp(prefix="chat-")
    try:
        yield Path(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def start(script: Path, arguments: list[str], folder: Path) -> subprocess.Popen[bytes]:
    """Start one file of a submission, as if by ``python FILE ARGUMENT ...``.

    It runs on the base interpreter (none of the grader's packages), in ``folder``, with a
    scrubbed environment, pipes for its three streams and limits on what it may use.
    """
    base = getattr(sys, "_base_executable", None) or sys.executable
    limits = ",".join(f"{name}={number}" for name, number in LIMITS.items())
    flags = ["-I", "-S", "-B", "-u", "-X", "utf8"]
    command = [base, *flags, str(BOOT), limits, str(script), *arguments]
    return subprocess.Popen(
        command,
        cwd=folder,
        env=environment(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        start_new_session=True,
        creationflags=NEW_GROUP,
    )


def environment(folder: Path) -> dict[str, str]:
    """The few variables that a program needs, none of the grader's."""
    kept = ("SYSTEMROOT", "SYSTEMDRIVE", "COMSPEC", "PATHEXT", "WINDIR")
    return {
        "PATH": os.defpath,
        "HOME": str(folder),
        "USERPROFILE": str(folder),
        "TMPDIR": str(folder),
        "TEMP": str(folder),
        "TMP": str(folder),
        "LANG": "C.UTF-8",
        **{name: os.environ[name] for name in kept if name in os.environ},
    }


def end_tree(process: subprocess.Popen[bytes]) -> None:
    """End a process and all that it started; returns once it is gone."""
    if sys.platform != "win32":
        descendants = _children(process.pid)
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        _kill(descendants)
    else:
        _kill(_children(process.pid))
    with contextlib.suppress(OSError):
        process.kill()
    process.wait()


def end_orphans() -> None:
    """End what has daemonised: on Linux it is a child of this process by now."""
    if sys.platform != "linux":
        return
    for _ in range(100):  # each round may show children of the children that it ended
        left = activity.children(os.getpid())
        if not left:
            return
        _kill(left)
        with contextlib.suppress(ChildProcessError):
            for pid in left:
                os.waitpid(pid, 0)


def end_all_in(folder: Path) -> None:
    """End every process of a submission that runs below this folder, by whomever started."""
    home = folder.resolve()
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error, OSError):
            if str(BOOT) in process.cmdline() and home in Path(process.cwd()).resolve().parents:
                process.kill()


def _children(pid: int) -> set[int]:
    if activity.supported():
        return activity.children(pid)
    try:
        return {child.pid for child in psutil.Process(pid).children(recursive=True)}
    except psutil.Error:
        return set()


def _kill(pids: set[int]) -> None:
    for pid in pids:
        with contextlib.suppress(psutil.Error, OSError):
            psutil.Process(pid).kill()
