"""One process of a submission: started, listened to, ended."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from support import lifelines, worlds
from support.lifelines import Lifeline
from support.worlds import needs_linux, needs_posix, needs_proc

from grader.chat import transcript
from grader.chat.output import MAX_OUTPUT
from grader.chat.program import Program
from grader.chat.transcript import Transcript
from grader.sandbox import reaper


@pytest.fixture
def line(tmp_path: Path) -> Iterator[Lifeline]:
    with lifelines.lifeline(tmp_path) as made:
        yield made


class Heard:
    """Collects what a process prints."""

    def __init__(self) -> None:
        self.data = b""
        self._changed = threading.Condition()

    def __call__(self, data: bytes) -> None:
        with self._changed:
            self.data += data
            self._changed.notify_all()

    def wait_for(self, text: bytes) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: text in self.data, worlds.PATIENCE)


@pytest.fixture
def heard() -> Heard:
    return Heard()


def ended(folder: Path, source: str) -> Program:
    """A process that has run to its end."""
    with worlds.process(folder, source) as running:
        assert running.wait(worlds.patient()) is not None
    return running


def test_what_is_printed_is_heard(tmp_path: Path, heard: Heard) -> None:
    """Whoever listens hears what the process prints."""
    with worlds.process(tmp_path, "print('hello')", heard=heard):
        assert heard.wait_for(b"hello\n")


def test_question_without_newline_is_heard(tmp_path: Path, heard: Heard) -> None:
    """A question is heard while the process waits for the answer."""
    with worlds.process(tmp_path, "input('name? ')", heard=heard):
        assert heard.wait_for(b"name? ")


def test_complaints_are_not_heard(tmp_path: Path, heard: Heard) -> None:
    """What goes to standard error is not what the process prints."""
    source = "import sys; print('one', file=sys.stderr); print('two')"
    with worlds.process(tmp_path, source, heard=heard) as running:
        assert heard.wait_for(b"two\n")
        assert running.wait(worlds.patient()) == 0
    assert heard.data.split() == [b"two"]


def test_end_of_output_is_told(tmp_path: Path) -> None:
    """Whoever listens is told when no more will come."""
    end = threading.Event()
    with worlds.process(tmp_path, "print('hello')", ended=end.set):
        assert end.wait(worlds.PATIENCE)


def test_transcript_has_output_and_complaints(tmp_path: Path) -> None:
    """The transcript shows what the process printed and complained."""
    notes = Transcript()
    source = "import sys; sys.stdout.write('hello'); sys.stderr.write('sorry')"
    with worlds.process(tmp_path, source, who="server", transcript=notes) as running:
        running.wait(worlds.patient())
    assert {(e.who, e.kind, e.text) for e in notes.events()} == {
        ("server", "prints", "hello"),
        ("server", "complains", "sorry"),
    }


def test_what_is_typed_arrives(tmp_path: Path, heard: Heard) -> None:
    """A line that is typed is what the process reads."""
    with worlds.process(tmp_path, "print(input() + '!')", heard=heard) as running:
        running.type("€")
        assert heard.wait_for("€!".encode())


def test_typing_to_a_process_that_is_gone(tmp_path: Path) -> None:
    """Typing to a process that is gone is no error."""
    with worlds.process(tmp_path, "") as running:
        running.wait(worlds.patient())
        running.type("hello")
        running.end_input()
        running.type("hello")
        assert running.status == 0


def test_end_of_input(tmp_path: Path, heard: Heard) -> None:
    """The process meets the end of its input."""
    source = "try: input()\nexcept EOFError: print('end')"
    with worlds.process(tmp_path, source, heard=heard) as running:
        running.end_input()
        assert heard.wait_for(b"end\n")


@needs_posix
def test_interrupt(tmp_path: Path, heard: Heard) -> None:
    """Ctrl+C arrives as KeyboardInterrupt."""
    source = (
        "try:\n"
        "    print('ready')\n"
        "    while True: pass\n"
        "except KeyboardInterrupt: raise SystemExit(7)"
    )
    with worlds.process(tmp_path, source, heard=heard) as running:
        assert heard.wait_for(b"ready")
        running.interrupt()
        assert running.wait(worlds.patient()) == 7


@needs_posix
def test_kill(tmp_path: Path) -> None:
    """A process that is killed has no chance to say so."""
    with worlds.process(tmp_path, "try: input()\nfinally: print('no')") as running:
        running.kill()
        assert running.wait(worlds.patient()) == -9
        assert not running.alive


def test_alive(tmp_path: Path) -> None:
    """A process that runs is alive and has no status."""
    with worlds.process(tmp_path, "input()") as running:
        assert running.alive
        assert running.status is None


def test_wait_is_over_with_the_deadline(tmp_path: Path) -> None:
    """A process that does not end in time has no status."""
    with worlds.process(tmp_path, "input()") as running:
        assert running.wait(worlds.Countdown(2)) is None


def test_wait_gets_the_status_of_a_process_that_has_just_ended(tmp_path: Path) -> None:
    """A deadline that is over because the process ended is not the end of the wait."""
    with worlds.process(tmp_path, "raise SystemExit(3)") as running:
        assert running.wait(worlds.expired()) == 3


@needs_proc
def test_sample(tmp_path: Path) -> None:
    """A sample of the process says whether it is alive."""
    with worlds.process(tmp_path, "input()") as running:
        before = running.sample()
        running.kill()
        running.wait(worlds.patient())
        after = running.sample()
    assert before is not None and before.alive
    assert after is not None and not after.alive


FLOOD = "import sys\nfor _ in range(500): sys.{stream}.write('x' * 65536)\n"


@pytest.mark.parametrize("stream", ["stdout", "stderr"])
def test_flood_blocks_nobody(stream: str, tmp_path: Path) -> None:
    """A process that prints without end can go on, and the grader keeps only the beginning."""
    heard: list[int] = []
    notes = Transcript()
    options = {"heard": lambda data: heard.append(len(data)), "transcript": notes}
    with worlds.process(tmp_path, FLOOD.format(stream=stream), **options) as running:
        assert running.wait(worlds.patient()) == 0
        running.stop()
        assert len(running._stdout.text) + len(running._stderr.text) == MAX_OUTPUT
    assert sum(heard) <= MAX_OUTPUT + 65536
    assert sum(len(e.text) for e in notes.events()) <= MAX_OUTPUT


def test_small_pieces_do_not_fill_the_transcript(tmp_path: Path) -> None:
    """A process that prints a letter at a time leaves a transcript of bounded length."""
    source = "import sys\nfor _ in range(5000): sys.stdout.write('x')"
    notes = Transcript()
    with worlds.process(tmp_path, source, transcript=notes) as running:
        assert running.wait(worlds.patient()) == 0
    assert len(notes.events()) <= 2 * transcript.MAX_EVENTS + 1


def test_stop_ends_it(tmp_path: Path) -> None:
    """Stopping a process ends it."""
    with worlds.process(tmp_path, "input()") as running:
        running.stop()
        assert not running.alive


def test_stop_twice(tmp_path: Path) -> None:
    """A process can be stopped again, which says nothing new about it."""
    with worlds.process(tmp_path, "raise SystemExit(3)") as running:
        running.wait(worlds.patient())
        running.stop()
        running.stop()
        assert running.status == 3


@needs_posix
def test_stop_ends_its_children(line: Lifeline, tmp_path: Path) -> None:
    """Stopping a process ends what it has started."""
    child = line.source + "import time; time.sleep(1000)"
    source = f"import subprocess, sys\nsubprocess.run([sys.executable, '-c', {child!r}])"
    with worlds.process(tmp_path, source) as running:
        line.come()
        running.stop()
        assert line.gone()


@needs_linux
def test_stop_does_not_wait_for_a_daemon(
    line: Lifeline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A daemon that holds the output open does not keep the grader waiting."""
    monkeypatch.setattr(reaper, "end_tree", end_only_itself)
    daemon_source = line.source.replace("\n", "\n    ") + "input()"
    source = f"import os\nif os.fork() == 0:\n    os.setsid()\n    {daemon_source}"
    with worlds.process(tmp_path, source) as running:
        (daemon,) = line.come()
        running.stop()
        os.kill(daemon, signal.SIGKILL)
    assert line.gone()


def end_only_itself(pid: int) -> None:
    """An end of the tree that does not find the daemon."""


@pytest.mark.parametrize(
    ("source", "short"),
    [
        ('raise RuntimeError("can\'t start new thread")', True),
        ("import os, errno; raise OSError(errno.EMFILE, os.strerror(errno.EMFILE))", True),
        ("import os, errno; raise OSError(errno.EAGAIN, os.strerror(errno.EAGAIN))", True),
        ("raise MemoryError", True),
        ("1 / 0", False),
        ("print('Too many open files')", False),
    ],
)
def test_running_short(source: str, short: bool, tmp_path: Path) -> None:
    """A program that complains of having no more of something has run short."""
    assert ended(tmp_path, source).has_run_short() is short
