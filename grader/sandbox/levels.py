"""What a student's process may reach: three levels, and how a process is started in each.

``namespaces``  bubblewrap: its own processes, files and network; nothing of the grader in sight
``user``        a user of its own, where the grader is root; files closed by Landlock if possible
``limits``      limits on what it may use; files closed by Landlock where the kernel has it
"""

from __future__ import annotations

import contextlib
import functools
import os
import py_compile
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from grader.language import _
from grader.sandbox import activity, bubblewrap, job_objects, landlock
from grader.sandbox.process import Child

LEVELS = ("namespaces", "user", "limits")
ROOT = Path(__file__).resolve().parents[2]
BOOT = Path(__file__).with_name("boot.py")
LIMITS = {
    "CORE": 0,
    "CPU": 120,  # seconds
    "DATA": 4 << 30,  # bytes; the stacks of a few hundred threads count
    "FSIZE": 32 << 20,  # bytes a file
    "NOFILE": 4096,
}
PROCESSES = 2048  # threads count
NEW_GROUP = 0x200 if sys.platform == "win32" else 0  # CREATE_NEW_PROCESS_GROUP
FIRST_UID, UIDS = 20000, 40000  # nobody's on an ordinary system
DEVICES = ("/dev/null", "/dev/zero", "/dev/full", "/dev/random", "/dev/urandom")
TRIAL_TIME = 30  # seconds


class Unavailable(Exception):
    """A level that cannot be had here; the text says why, and what to do."""


@dataclass(frozen=True)
class Box:
    """One level, ready to start processes in."""

    level: str
    files: str  # "private", "landlock" or "open": what keeps files closed
    uid: int = 0  # the user that processes become; 0: they stay the grader's
    boot: Path = BOOT  # what starts every program

    def compiled(self, folder: Path) -> Box:
        """The same box, with boot.py compiled into this folder: 2 ms less for each program.

        The folder is one that nobody else writes to, and the file is never replaced: Landlock
        opens the file itself, not its name.
        """
        boot = folder / f"{BOOT.name}c"
        py_compile.compile(str(BOOT), str(boot), dfile=BOOT.name, doraise=True)
        return replace(self, boot=boot)

    def start(
        self, script: Path, arguments: list[str], folder: Path, *, restless: bool = False
    ) -> Child:
        """Start one file of a submission, as if by ``python FILE ARGUMENT ...``.

        It runs on the base interpreter (none of the grader's packages), in ``folder`` (in
        the level namespaces: an empty one), with a scrubbed environment, pipes for its three
        streams and limits on what it may use. The folder of ``script`` can be read.
        If it is ``restless``, its threads rest in the middle of what they do.
        """
        settings = [limits(self), str(self.uid), str(int(restless))]
        if self.level == "namespaces":
            return self._start_in_namespaces(script, settings, arguments)
        command = [*python(), str(self.boot), *settings, str(script), *arguments]
        if self.uid and sys.platform != "win32":
            os.chown(folder, self.uid, self.uid)
        start = functools.partial(_popen, command, folder, environment(folder))
        if self.files == "landlock":
            readable = [*_system_files(), self.boot, script.parent]
            devices = [Path(device) for device in DEVICES]
            return Child(landlock.within(readable, [folder, *devices], start))
        popen = start()
        return Child(popen, end_job=job_objects.enclose(popen, LIMITS["DATA"], PROCESSES))

    def _start_in_namespaces(
        self, script: Path, settings: list[str], arguments: list[str]
    ) -> Child:
        inside = [bubblewrap.BOOT, *settings, f"{bubblewrap.SUBMISSION}/{script.name}"]
        env, base = environment(Path(bubblewrap.HOME)), Path(sys.base_prefix)
        with contextlib.ExitStack() as opened:
            copied = {
                seen: opened.enter_context(path.open("rb")).fileno()
                for seen, path in bubblewrap.copies(self.boot).items()
            }
            reading, writing = os.pipe()
            opened.callback(os.close, writing)
            outside = bubblewrap.command(script.parent, copied, ROOT, base, writing)
            command = [*outside, *python(), *inside, *arguments]
            try:
                popen = _popen(command, None, env, (writing, *copied.values()))
            except BaseException:
                os.close(reading)
                raise
        return Child(popen, info=reading)


def _popen(
    command: list[str], folder: Path | None, env: dict[str, str], kept: tuple[int, ...] = ()
) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command,
        cwd=folder,
        env=env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        start_new_session=True,
        creationflags=NEW_GROUP,
        pass_fds=kept,
    )


def python() -> list[str]:
    """The base interpreter, isolated: no site-packages, no PYTHON variables, UTF-8."""
    base = getattr(sys, "_base_executable", None) or sys.executable
    return [os.path.realpath(base), "-I", "-S", "-B", "-u", "-X", "utf8"]


def limits(box: Box) -> str:
    """The limits on one process, as boot.py takes them."""
    found = dict(LIMITS)
    if box.level != "limits":
        found["NPROC"] = PROCESSES  # counts its own user's alone, or those of its namespace
    elif activity.supported():
        # It counts all of the user's. For root it does not hold.
        found["NPROC"] = _all_threads() + PROCESSES
    return ",".join(f"{name}={number}" for name, number in found.items())


def _all_threads() -> int:
    with open("/proc/loadavg", encoding="ascii") as file:
        return int(file.read().split()[3].partition("/")[2])


def _system_files() -> list[Path]:
    names = (*bubblewrap.SYSTEM, *bubblewrap.SETTINGS, sys.base_prefix)
    return [Path(name) for name in names]


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


@contextlib.contextmanager
def scratch_folder() -> Iterator[Path]:
    """An empty folder to run in, gone afterwards. Others may pass through it, not look."""
    folder = tempfile.mkdtemp(prefix="chat-")
    try:
        os.chmod(folder, 0o711)
        yield Path(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def allow_many_files() -> None:
    """Let this process open as many files as it may: a hundred participants have sockets."""
    if sys.platform != "win32":
        import resource

        hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        wanted = LIMITS["NOFILE"] if hard == resource.RLIM_INFINITY else min(hard, LIMITS["NOFILE"])
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


# Which level.


def choose(wanted: str = "auto", *, portable: bool = False) -> tuple[Box, str]:
    """The level asked for, or the best one to be had; and what was missing for a better one.

    ``portable`` asks for what every system has. Raises Unavailable when the level asked for
    cannot be had.
    """
    if portable:
        return Box("limits", "open"), ""
    missing: list[str] = []
    for level in LEVELS if wanted == "auto" else (wanted,):
        try:
            return _made(level), next(iter(missing), "")
        except Unavailable as error:
            missing.append(_("no {level}: {reason}").format(level=level, reason=error))
    raise Unavailable(missing[0])


def available() -> list[str]:
    """The levels that can be had here."""
    found = []
    for level in LEVELS:
        with contextlib.suppress(Unavailable):
            choose(level)
            found.append(level)
    return found


def _made(level: str) -> Box:
    root = sys.platform != "win32" and os.geteuid() == 0
    uid = FIRST_UID + os.getpid() % UIDS if root else 0
    if level == "namespaces":
        if sys.platform != "linux":
            raise Unavailable(_("they are a thing of Linux"))
        if not bubblewrap.program():
            missing = _("bubblewrap is missing (Debian, Ubuntu: apt install bubblewrap)")
            raise Unavailable(missing)
        return _tried(Box(level, "private", uid), _("bubblewrap does not work here"))
    if level == "user":
        if not root:
            raise Unavailable(_("only root can start processes as another user"))
        files = "landlock" if landlock.version() else "open"
        complaint = _("another user cannot run the Python in {folder}")
        return _tried(Box(level, files, uid), complaint.format(folder=sys.base_prefix))
    if landlock.version():
        with contextlib.suppress(Unavailable):
            return _tried(Box(level, "landlock"), _("Landlock does not work here"))
    return Box(level, "open")


def _tried(box: Box, complaint: str) -> Box:
    """The box itself, if a program comes through it. Raises Unavailable."""
    with scratch_folder() as folder:
        script = folder / "trial.py"
        script.write_text("import threading, socket\n", encoding="utf-8")
        try:
            child = box.start(script, [], folder)
            said = child.popen.communicate(timeout=TRIAL_TIME)[1]
        except (OSError, subprocess.SubprocessError) as error:
            raise Unavailable(f"{complaint} ({error})") from None
        finally:
            with contextlib.suppress(NameError):
                child.end()
        if child.status == 0:
            return box
        lines = said.decode(errors="replace").strip().splitlines()
        raise Unavailable(f"{complaint} ({lines[-1] if lines else child.status})")
