"""Where the threads of a program stand, asked for by a signal."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import worlds
from support.worlds import needs_posix

from grader.sandbox.box import scratch_folder
from grader.sandbox.process import Process
from grader.sandbox.stacks import MAX_BYTES, SIGNAL, Stacks, parse
from grader.submission.own_files import OwnFiles
from grader.submission.stacks import Frame, Stack

DEADLOCK = """\
import threading
lock = threading.Lock()
def relay():
    with lock:
        pass
def serve():
    with lock:
        print("in", flush=True)
        relay()
threading.Thread(target=serve, name="alice's \\n thread", daemon=True).start()
input()
"""
ANSWER = """\
Thread 0x00007f01 (most recent call first):
  File "/usr/lib/python3.11/threading.py", line 320 in wait
  File "/submission/program.py", line 2 in serve
  File "/submission/program.py", line 99 in serve
  File "/submission/other.py", line 1 in serve
  File "/usr/lib/python3.11/threading.py", line 982 in run

Current thread 0x00007f02 [Thread-9] (most recent call first):
  File "/submission/program.py", line 1 in h\\xe4ll\\u043e
  File "/run/boot.py", line 230 in <module>

Thread 0x00007f03 (most recent call first):
  File "/usr/lib/python3.11/selectors.py", line 468 in select
"""


@contextlib.contextmanager
def started(folder: Path, source: str) -> Iterator[Process]:
    """A running program that has printed a line."""
    script = folder / "program.py"
    script.write_text(source, encoding="utf-8")
    with scratch_folder() as scratch, worlds.started(script, scratch) as process:
        assert process.stdout.readline()
        yield process


def ask(process: Process) -> str:
    assert process.stacks is not None
    return process.stacks.ask(process.send_signal)


@needs_posix
def test_stacks_of_a_program(tmp_path: Path) -> None:
    """Each thread is told with its name and its own frames, the innermost first."""
    with started(tmp_path, DEADLOCK) as process:
        assert process.record is not None
        assert process.record.made(1, worlds.PATIENCE) == 1
        names = process.record.names()
        other, first = parse(ask(process), OwnFiles(tmp_path), names)
    own = (Frame("program.py", 4, "relay"), Frame("program.py", 9, "serve"))
    assert other == Stack("alice's thread", own)
    assert first == Stack("MainThread", (Frame("program.py", 11, "<module>"),))


@needs_posix
def test_a_program_that_is_asked_goes_on(tmp_path: Path) -> None:
    """A program notices nothing of being asked, however often it is."""
    with started(tmp_path, "print('in', flush=True)\nprint(input(), flush=True)\n") as process:
        answers = [ask(process) for _ in range(3)]
        assert all("in <module>" in answer for answer in answers)
        process.stdin.write(b"hello\n")
        assert process.stdout.readline() == b"hello\n"
        assert process.stderr.read() == b""


@needs_posix
@pytest.mark.parametrize(
    "source",
    [
        "import signal\nsignal.signal(signal.SIGURG, signal.SIG_DFL)\n",
        "import signal\nsignal.signal(signal.SIGURG, lambda *_: None)\n",
        "import os\nos.closerange(3, 1000)\n",
        "import faulthandler, signal\nfaulthandler.unregister(signal.SIGURG)\n",
    ],
)
def test_a_program_that_does_not_answer(source: str, tmp_path: Path) -> None:
    """Where the program has replaced the handler or closed the pipe there are no stacks."""
    with started(tmp_path, f"{source}print('in', flush=True)\ninput()\n") as process:
        assert ask(process) == ""
        assert process.status is None


@needs_posix
def test_what_was_written_unasked_is_no_answer(tmp_path: Path) -> None:
    """A program that has filled the pipe with nonsense is not kept waiting, nor believed."""
    source = (
        "import os\n"
        "for n in range(200, 300):\n"
        "    try: os.write(n, b'Thread 0x1 (most recent call first):\\n' * 20_000)\n"
        "    except OSError: pass\n"
        "print('in', flush=True)\ninput()\n"
    )
    with started(tmp_path, source) as process:
        assert ask(process).count("\n") < 20


@needs_posix
def test_endless_nonsense_has_an_end() -> None:
    """Of a program that never stops writing no more is read than there may be."""
    reading, writing = os.pipe()
    stacks = Stacks(reading)
    os.set_blocking(writing, False)

    def flood(_signal: int) -> None:
        os.write(writing, b"x" * 60_000)

    try:
        assert len(stacks.ask(flood)) <= MAX_BYTES
    finally:
        os.close(writing)
        stacks.close()


@needs_posix
def test_signal_does_nothing_by_itself() -> None:
    """A program that does not handle the signal, or not yet, is not ended by it."""
    assert signal.Signals(SIGNAL) is signal.SIGURG


@pytest.fixture
def files(tmp_path: Path) -> OwnFiles:
    (tmp_path / "program.py").write_text("def serve():\n    wait()\n")
    return OwnFiles(tmp_path, "/submission")


def test_parse(files: OwnFiles) -> None:
    """Own lines that exist count; what was called from there is told by its file."""
    waiting, first = parse(ANSWER, files, {0x7F01: "Thread-1 (serve)"})
    frame = Frame("program.py", 2, "serve")
    assert waiting == Stack("Thread-1 (serve)", (frame,), ("threading.py",))
    assert first == Stack("MainThread", (Frame("program.py", 1, "hällо"),))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n" * 100_000,
        '  File "/submission/program.py", line 1 in serve\n',
        "Thread 0x1 (most recent call first):\n" * 100_000,
        'Thread 0x1 (most recent call first):\n  File "/etc/passwd", line 1 in x\n',
        'Thread 0x1 (most recent call first):\n  File "/submission/program.py", line 9 in x\n',
        f'Thread 0x1 (most recent call first):\n  File "{"/" * 100_000}", line 1 in x\n',
        'Thread 0x1 (most recent call first):\n  File "\\Uffffffff\\ud800", line 1 in x\n',
    ],
)
def test_nonsense(text: str, files: OwnFiles) -> None:
    """What is not a stack of the program's own is passed over."""
    assert parse(text, files, {}) == ()
