"""What the tests of the grader's modules share: small programs, worlds, made-up results."""

from __future__ import annotations

import contextlib
import functools
import itertools
import json
import os
import random
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from grader import activity, rubric, sandbox, submission
from grader.chat import Chat, opened
from grader.child import Child
from grader.clock import Deadline, Look
from grader.network import FreePort, Namespaces, Network
from grader.process import BARE, Process
from grader.profile import Profile
from grader.sandbox import Box
from grader.transcript import Transcript
from grader.verdict import (
    SCHEMA_VERSION,
    CheckResult,
    GradeResult,
    SandboxInfo,
    VariantResult,
    Verdict,
)

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "reference"
PATIENCE = 60  # seconds after which a test gives up; nothing comes near it

needs_posix = pytest.mark.skipif(os.name != "posix", reason="needs POSIX signals and pipes")
needs_linux = pytest.mark.skipif(sys.platform != "linux", reason="needs Linux")
needs_proc = pytest.mark.skipif(not activity.supported(), reason="the system shows no threads")


@functools.cache
def namespaces() -> Namespaces | None:
    """Network namespaces, if they can be had without changing this process for good."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return None
    try:
        return Namespaces()
    except OSError:
        return None


needs_namespaces = pytest.mark.skipif(
    namespaces() is None, reason="needs root and network namespaces"
)
NETWORKS = (pytest.param("namespace", marks=needs_namespaces), "free-port")


def network(kind: str) -> Network:
    """A network of this kind, for a check to take place in."""
    found = namespaces() if kind == "namespace" else FreePort()
    assert found is not None
    return found


def free_port(variant: str) -> int:
    """A port that nobody had a moment ago."""
    return int(FreePort().arguments(variant)[3])


# Small programs that speak the wire protocol.

_ARGUMENTS = """\
import argparse
import os
import socket
import threading

parser = argparse.ArgumentParser()
parser.add_argument("--host", default="127.0.0.1")
parser.add_argument("--port", type=int, default=14901)
options = parser.parse_args()
address = options.host, options.port
END = b"\\n"
"""

TCP_SERVER = (
    _ARGUMENTS
    + """\
users = {}
lock = threading.RLock()


def relay(data, sender):
    with lock:
        for name, connection in users.items():
            if name != sender:
                connection.sendall(data + END)


def messages(connection):
    if END:
        for line in connection.makefile("rb"):
            yield line.removesuffix(END)
    else:
        while data := connection.recv(16384):
            yield data


def serve(connection):
    connection.sendall(b"name" + END)
    lines = messages(connection)
    name = next(lines)
    with lock:
        relay(name + b" joined!", name)
        users[name] = connection
        connection.sendall(b"You are connected!" + END)
        connection.sendall(b"To terminate the connection to the server, enter leave" + END)
    try:
        for data in lines:
            if data == b"*" + name + b" left*":
                break
            relay(data, name)
    except OSError:
        pass
    with lock:
        del users[name]
        relay(b"*" + name + b" left*", name)
    connection.shutdown(socket.SHUT_RDWR)
    connection.close()


listener = socket.create_server(address)
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
"""
)

TCP_CLIENT = (
    _ARGUMENTS
    + """\
connection = socket.create_connection(address)


def messages():
    if END:
        for line in connection.makefile("rb"):
            yield line.removesuffix(END)
    else:
        while data := connection.recv(16384):
            yield data


def show():
    for data in lines:
        print(data.decode(), flush=True)


lines = messages()
next(lines)
name = input("What is your name? ")
connection.sendall(name.encode() + END)
threading.Thread(target=show, daemon=True).start()
while (text := input()) != "leave":
    connection.sendall(f"{name}: {text}".encode() + END)
connection.sendall(f"*{name} left*".encode() + END)
"""
)

UDP_SERVER = (
    _ARGUMENTS
    + """\
users = {}
server = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
server.bind(address)


def relay(data, sender):
    for user in users:
        if user != sender:
            server.sendto(data, user)


while True:
    try:
        data, sender = server.recvfrom(65536)
    except OSError:
        continue
    if sender not in users:
        relay(data + b" joined!", sender)
        users[sender] = data
        server.sendto(b"You are connected!", sender)
        server.sendto(b"To terminate the connection to the server, enter leave", sender)
    else:
        relay(data, sender)
        if data == b"*" + users[sender] + b" left*":
            del users[sender]
"""
)

UDP_CLIENT = (
    _ARGUMENTS
    + """\
connection = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
connection.connect(address)


def show():
    while True:
        print(connection.recv(65536).decode(), flush=True)


name = input("What is your name? ")
connection.send(name.encode())
threading.Thread(target=show, daemon=True).start()
while (text := input()) != "leave":
    connection.send(f"{name}: {text}".encode())
connection.send(f"*{name} left*".encode())
"""
)

PROGRAMS = {
    "tcp_server.py": TCP_SERVER,
    "tcp_client.py": TCP_CLIENT,
    "udp_server.py": UDP_SERVER,
    "udp_client.py": UDP_CLIENT,
}


def raw(source: str) -> str:
    """The program in the dialect without newlines."""
    return changed(source, 'END = b"\\n"', 'END = b""')


def changed(source: str, old: str, new: str) -> str:
    """The program with one place changed."""
    assert source.count(old) == 1, old
    return source.replace(old, new)


def write_programs(folder: Path, **sources: str) -> Path:
    """A submission of the small programs, with some of them replaced: ``tcp_server=SOURCE``."""
    folder.mkdir(parents=True, exist_ok=True)
    for file, source in PROGRAMS.items():
        (folder / file).write_text(sources.pop(file[:-3], source), encoding="utf-8")
    assert not sources
    return folder


@contextlib.contextmanager
def world(
    folder: Path,
    variant: str,
    place: str | Network = "free-port",
    *,
    seed: int = 1,
    **sources: str,
) -> Iterator[Chat]:
    """The world of one check around the small programs, in a network or one of this kind."""
    found = submission.in_folder(write_programs(folder, **sources))
    place = network(place) if isinstance(place, str) else place
    with opened(variant, found, Profile(), place, random.Random(seed)) as chat:
        try:
            yield chat
        finally:
            chat.close()
            for process in chat.processes:
                _close(process)


def _close(process: Process) -> None:
    """Close the pipes of a process also where a loaded machine keeps their readers waiting."""
    for thread in process._drains:
        thread.join(PATIENCE)
    process.stop()


# Single processes.


@contextlib.contextmanager
def process(folder: Path, source: str, *arguments: str, **options: Any) -> Iterator[Process]:
    """A program, running in an empty folder, ended afterwards with all that it started."""
    script = folder / "program.py"
    script.write_text(source, encoding="utf-8")
    options = {"who": "program", "transcript": Transcript()} | options
    with sandbox.scratch_folder() as scratch:
        running = Process(script, list(arguments), scratch, **options)
        try:
            yield running
        finally:
            running.stop()
            _close(running)


def output(folder: Path, source: str, *arguments: str, typed: str = "") -> str:
    """What a program prints that runs to its end in the sandbox."""
    status, printed, complained = run(folder, source, *arguments, typed=typed)
    assert status == 0, complained
    return printed


def run(
    folder: Path, source: str, *arguments: str, typed: str = "", restless: bool = False
) -> tuple[int, str, str]:
    """A program's exit status, standard output and standard error, in the sandbox."""
    script = folder / "program.py"
    script.write_text(source, encoding="utf-8")
    with (
        sandbox.scratch_folder() as scratch,
        started(script, scratch, *arguments, restless=restless) as child,
    ):
        out, err = child.popen.communicate(typed.encode(), timeout=PATIENCE)
    assert child.status is not None
    return child.status, out.decode(), err.decode()


@contextlib.contextmanager
def started(
    script: Path, folder: Path, *arguments: str, box: Box = BARE, restless: bool = False
) -> Iterator[Child]:
    """One file of a submission, started, and ended afterwards."""
    child = box.start(script, list(arguments), folder, restless=restless)
    with child.popen:
        try:
            yield child
        finally:
            child.end()


class Lifeline:
    """A named pipe that tells which processes have come, and when all of them are gone."""

    def __init__(self, folder: Path) -> None:
        path = folder / "lifeline"
        os.mkfifo(path)
        self._read = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
        # Put at the top of a program: it holds the pipe open as long as it lives.
        self.source = (
            f"import os\nlifeline = open({str(path)!r}, 'w')\n"
            "print(os.getpid(), file=lifeline, flush=True)\n"
        )

    def come(self, processes: int = 1) -> list[int]:
        """Wait for so many processes; returns their ids."""
        data = b""
        for _ in range(100):
            if data.count(b"\n") >= processes:
                return [int(line) for line in data.splitlines()]
            assert select.select([self._read], [], [], PATIENCE)[0], "nobody came"
            data += os.read(self._read, 4096)
        raise AssertionError(f"expected {processes} processes, came {data!r}")

    def gone(self) -> bool:
        """Wait until no process holds the pipe; False if one goes on holding it."""
        for _ in range(100):
            if not select.select([self._read], [], [], PATIENCE)[0]:
                return False
            if not os.read(self._read, 4096):
                return True
        return False

    def close(self) -> None:
        """Give the pipe back."""
        os.close(self._read)


class Nameplate:
    """A name for a process that can be seen from outside of any sandbox (Linux)."""

    def __init__(self) -> None:
        self.name = f"chat-{os.getpid()}-{next(_numbers)}"[:15]  # the kernel keeps 15 bytes
        # 15 is PR_SET_NAME, prctl(2).
        self.source = f"import ctypes\nctypes.CDLL(None).prctl(15, b{self.name!r})\n"

    def come(self) -> None:
        """Wait until there is a process of this name."""
        assert self._becomes(True), f"no {self.name} came"

    def gone(self) -> bool:
        """Wait until there is none; False if one stays."""
        return self._becomes(False)

    def _becomes(self, there: bool) -> bool:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            names = [process.info["name"] for process in psutil.process_iter(["name"])]
            if (self.name in names) is there:
                return True
        return False


_numbers = itertools.count()


def spins_the_second_time(program: str, line: Lifeline, marker: Path) -> str:
    """The program as it is, but from its second start on it comes to the lifeline and hangs."""
    come = line.source.strip().replace("\n", "\n    ")
    return (
        f"import os\nif os.path.exists({str(marker)!r}):\n    {come}\n    while True: pass\n"
        f"open({str(marker)!r}, 'w').close()\n{program}"
    )


@contextlib.contextmanager
def lifeline(folder: Path) -> Iterator[Lifeline]:
    """A lifeline, closed afterwards."""
    line = Lifeline(folder)
    try:
        yield line
    finally:
        line.close()


def python(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """Run the interpreter of the tests from the root of the project, to its end."""
    options = {"cwd": ROOT, "timeout": PATIENCE, "capture_output": True} | options
    return subprocess.run(
        [sys.executable, *arguments], text=True, encoding="utf-8", check=False, **options
    )


# Deadlines that need no process.

IDLE = Look(alive=True, runnable=False, stirs=0, cpu=0.0)
GONE = Look(alive=False, runnable=False, stirs=0, cpu=0.0)


def patient(**_: float) -> Deadline:
    """A deadline for what is sure to come."""
    return Deadline(lambda: None, wall=PATIENCE, cap=PATIENCE)


def expired(**_: float) -> Deadline:
    """A deadline that is over at the first look: the process is gone."""
    return Deadline(lambda: GONE)


class Countdown(Deadline):
    """A deadline that is over after so many questions; ``then`` happens at each of them."""

    def __init__(self, questions: int, then: Callable[[], None] = lambda: None) -> None:
        super().__init__(lambda: None)
        self._questions, self._then = questions, then

    def over(self) -> bool:
        self._questions -= 1
        self._then()
        return self._questions < 0


def still(seconds: float) -> bool:
    """Settle at once: there is no process whose stillness could be awaited."""
    del seconds
    return True


# Made-up results.


def check_result(id_: str, verdict: Verdict = Verdict.PASS, **fields: Any) -> CheckResult:
    """What one check of the rubric may have found."""
    variant, _, name = id_.partition(".")
    row = rubric.row(name)
    points = row.max_points(variant)
    made = {
        "id": id_,
        "title": "A check.",
        "task": row.task_of(variant),
        "verdict": verdict,
        "points": points if verdict is Verdict.PASS else 0,
        "max_points": points,
        "star": row.star,
        "mandatory": row.mandatory,
    }
    return CheckResult(**made | fields)


def grade_result(*checks: CheckResult, mark: float | None = 100.0, **fields: Any) -> GradeResult:
    """What a grading of the TCP variant may have found."""
    variant = VariantResult(
        name="tcp",
        weight=1.0,
        points=sum(c.points for c in checks),
        max_points=100,
        mark=mark,
        stars=0,
        max_stars=len([row for row in rubric.rows("tcp") if row.star]),
        mandatory_failed=(),
        checks=checks,
    )
    made = {
        "schema_version": SCHEMA_VERSION,
        "submission": "lab4",
        "seed": 1,
        "duration_s": 1.0,
        "sandbox": SandboxInfo("limits", "namespace", "idle-aware", "landlock"),
        "mark": mark,
        "variants": (variant,),
    }
    return GradeResult(**made | fields)


def read_json(path: Path) -> Any:
    """A JSON file."""
    return json.loads(path.read_text(encoding="utf-8"))
