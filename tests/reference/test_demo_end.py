"""How the demo ends: whatever fails or comes in between, no process is left."""

from __future__ import annotations

import re
import signal
import subprocess
from pathlib import Path

import pytest
from support.demo import ON_POSIX, PATIENCE, command, processes_with, run


def test_server_fails(port: int, copy: Path) -> None:
    """The last words of a server that cannot start are one line on stderr."""
    (copy / "tcp_server.py").write_text('import sys\nsys.exit("no chat today")\n')
    done = run("--fast", "--port", port, folder=copy)
    assert done.returncode == 1
    assert done.stderr == "demo: the server has ended: no chat today\n"
    assert not processes_with(port)


DESERTER = """
import socket, sys
connection = socket.create_connection(("127.0.0.1", int(sys.argv[-1])))
lines = connection.makefile("rw", encoding="utf-8", newline="\\n")
lines.readline()
print("What is your name? ", end="", flush=True)
lines.write(input() + "\\n")
lines.flush()
print(lines.readline(), lines.readline(), sep="", end="")
"""


def test_client_fails(port: int, copy: Path) -> None:
    """A client that ends in the middle is one line on stderr, and the others end."""
    (copy / "tcp_client.py").write_text(DESERTER, encoding="utf-8")
    done = run("--fast", "--port", port, folder=copy)
    assert done.returncode == 1
    assert re.fullmatch(r"demo: alice: no line 'bob joined!', it has ended; .*\n", done.stderr)
    assert not processes_with(port)


@ON_POSIX
@pytest.mark.parametrize(("number", "status"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
def test_interrupted(port: int, number: str, status: int) -> None:
    """A signal ends the demo and all of its processes, without a traceback."""
    with subprocess.Popen(
        command("--port", port),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    ) as demo:
        assert demo.stdout and demo.stderr
        while "The server starts" not in demo.stdout.readline():
            assert demo.poll() is None
        assert processes_with(port)
        demo.send_signal(getattr(signal, number))
        assert demo.wait(PATIENCE) == status
        assert demo.stderr.read() == ""
    assert not processes_with(port)


@ON_POSIX
def test_nobody_reads(port: int) -> None:
    """When the other end of the pipe is closed, the demo ends quietly, with its processes."""
    with subprocess.Popen(
        command("--fast", "--port", port), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as demo:
        assert demo.stdout and demo.stderr
        demo.stdout.close()
        assert demo.wait(PATIENCE) == 1
        assert demo.stderr.read() == b""
    assert not processes_with(port)
