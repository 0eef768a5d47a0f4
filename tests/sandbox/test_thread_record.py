"""Who has started the threads of a program, by its own account."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import worlds

from grader.sandbox import waiting
from grader.sandbox.box import scratch_folder
from grader.sandbox.process import Process
from grader.sandbox.thread_record import MAX_LINE, ThreadRecord

SLEEP = "import threading, time\ndef sleep(): threading.Event().wait()\n"
TOLD = "print(threading.main_thread() and ids(), flush=True)\ninput()\n"
IDS = "def ids(): return max(t.native_id for t in threading.enumerate())\n"
BY_THE_PROGRAM = {
    "thread": "threading.Thread(target=sleep, daemon=True).start()",
    "another name": "import threading as t\nlist(map(t.Thread.start, [t.Thread(target=sleep)]))",
    "partial": "import functools\n"
    "make = functools.partial(threading.Thread, daemon=True)\nmake(target=sleep).start()",
    "timer": "threading.Timer(60, sleep).start()",
    "subclass": "class Mine(threading.Thread):\n    def start(self): super().start()\n"
    "Mine(target=sleep).start()",
    "thread of a thread": "def go(): threading.Thread(target=sleep).start()\n"
    "t = threading.Thread(target=go)\nt.start()\nt.join()",
    "text": "exec('threading.Thread(target=sleep).start()')",
}


@contextlib.contextmanager
def started(folder: Path, source: str) -> Iterator[Process]:
    """A running program."""
    script = folder / "program.py"
    script.write_text(source, encoding="utf-8")
    with scratch_folder() as scratch, worlds.started(script, scratch) as process:
        yield process


def record(process: Process) -> ThreadRecord:
    assert process.record is not None
    return process.record


def newest(process: Process) -> int:
    """The id that the program has printed."""
    return int(process.stdout.readline())


@pytest.mark.parametrize("made", BY_THE_PROGRAM.values(), ids=BY_THE_PROGRAM)
def test_thread_of_the_program(made: str, tmp_path: Path) -> None:
    """Whoever starts a thread has made it, by whatever name the class was reached."""
    with started(tmp_path, f"{SLEEP}{IDS}{made}\n{TOLD}") as process:
        assert record(process).maker(newest(process), worlds.PATIENCE) == ""


def test_thread_of_a_library(tmp_path: Path) -> None:
    """A thread that an executor starts is not the program's."""
    source = "from concurrent.futures import ThreadPoolExecutor as Pool\nPool().submit(sleep)\n"
    with started(tmp_path, f"{SLEEP}{IDS}{source}{TOLD}") as process:
        maker = record(process).maker(newest(process), worlds.PATIENCE)
        assert maker == "concurrent.futures.thread"
        assert record(process).libraries() == [maker]
        assert record(process).made() == 0


def test_low_level_thread(tmp_path: Path) -> None:
    """Of a thread that _thread starts nothing is noted."""
    source = "import _thread\n_thread.start_new_thread(sleep, ())\n"
    source += "threading.Thread(target=sleep).start()\nprint(0, flush=True)\ninput()\n"
    with started(tmp_path, SLEEP + source) as process:
        newest(process)
        assert record(process).made(1, worlds.PATIENCE) == 1
        assert len(record(process)._makers) == 1


def test_forked_child_keeps_the_record(tmp_path: Path) -> None:
    """The threads of a forked child are noted as well."""
    if not hasattr(os, "fork"):
        pytest.skip("needs fork")
    source = (
        "import os\nif os.fork() == 0:\n    threading.Thread(target=sleep).start()\n"
        "    print(ids(), flush=True)\ninput()\n"
    )
    with started(tmp_path, SLEEP + IDS + source) as process:
        assert record(process).maker(newest(process), worlds.PATIENCE) == ""


@worlds.needs_proc
def test_another_program_keeps_no_record(tmp_path: Path) -> None:
    """What a program starts, or becomes, is not it, and writes nothing of its threads."""
    source = (
        "import os, sys\nprint(os.getpid(), flush=True)\ninput()\n"
        "os.execv(sys.executable, [sys.executable, '-c', 'print(1, flush=True); input()'])\n"
    )
    with started(tmp_path, source) as process:
        pid = newest(process)
        assert record(process).name in waiting.files(pid).values()
        process.stdin.write(b"\n")
        assert process.stdout.readline() == b"1\n"
        assert record(process).name not in waiting.files(pid).values()


def test_closed_record_harms_nobody(tmp_path: Path) -> None:
    """A program that closes all that it has inherited can start threads."""
    source = "import os, threading\nos.closerange(3, 1000)\n"
    source += "threading.Thread(target=print, args=('done',)).start()\n"
    assert worlds.output(tmp_path, source) == "done\n"


def test_forged_record(tmp_path: Path) -> None:
    """What is not a line of the record is passed over, however long it is."""
    source = (
        "import os, threading\n"
        "for n in range(3, 1000):\n"
        "    try: os.write(n, b'no\\n-1 x\\n' + b'9' * 500_000 + b'\\n7 \\xff\\n')\n"
        "    except OSError: pass\n"
        "threading.Thread(target=print, args=('done',)).start()\ninput()\n"
    )
    with started(tmp_path, source) as process:
        assert process.stdout.readline() == b"done\n"
        assert record(process).made(1, worlds.PATIENCE) == 1
        assert all(len(maker) <= MAX_LINE for maker in record(process)._makers.values())


def test_thread_class_looks_the_same(tmp_path: Path) -> None:
    """A program that looks at Thread.start finds its name and what it says of itself."""
    source = "import threading\ns = threading.Thread.start\n"
    source += "print(s.__qualname__, s.__module__, (s.__doc__ or '').split()[0])"
    assert worlds.output(tmp_path, source) == "Thread.start threading Start\n"


def test_names(tmp_path: Path) -> None:
    """A thread is noted with the id that stacks have, and its name on one line, cut."""
    source = "t = threading.Thread(target=sleep, name='я\\n 7 x' * 50)\nt.start()\nprint(t.ident)\n"
    with started(tmp_path, SLEEP + source) as process:
        ident = newest(process)
        assert record(process).made(1, worlds.PATIENCE) == 1
        assert record(process).names() == {ident: ("я 7 x" * 50)[:40]}
