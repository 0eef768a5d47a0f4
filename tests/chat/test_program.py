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
from grader.chat.program import MAX_OUTPUT, Program
from grader.chat.transcript import Transcript
from grader.result.verdict import Place
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
def test_look(tmp_path: Path) -> None:
    """A look at the process says whether it is alive."""
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
        assert len(running._stdout) + len(running._stderr) == MAX_OUTPUT
    assert sum(heard) <= MAX_OUTPUT + 65536
    assert sum(len(e.text) for e in notes.events()) <= MAX_OUTPUT


def test_small_pieces_do_not_fill_the_transcript(tmp_path: Path) -> None:
    """A process that prints a letter at a time leaves a transcript of bounded length."""
    source = "import sys\nfor _ in range(5000): sys.stdout.write('x')"
    notes = Transcript()
    with worlds.process(tmp_path, source, transcript=notes) as running:
        assert running.wait(worlds.patient()) == 0
    assert len(notes.events()) <= 2 * transcript.MAX_EVENTS + 1


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("", "program.py ended with status 0"),
        ("raise SystemExit(3)", "program.py ended with status 3"),
        ("1 / 0", "program.py ended with status 1: ZeroDivisionError: division by zero"),
        ("raise SystemExit('port taken')", "program.py ended with status 1: port taken"),
        ("import sys; print('bye', file=sys.stderr)", "program.py ended with status 0"),
    ],
)
def test_ending(source: str, words: str, tmp_path: Path) -> None:
    """How a process ended is said in words, with its last complaint if it ended badly."""
    assert ended(tmp_path, source).how_it_ended() == words


def test_ending_waits_for_the_last_complaint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a process complained last is known, though its reader was kept waiting."""
    asked = threading.Event()

    class Slow(Transcript):
        def add(self, kind: str, who: str, text: str, *, fence: bool = False) -> None:
            asked.wait(worlds.PATIENCE)
            super().add(kind, who, text, fence=fence)

    source = "import os\nos.write(2, b'x' * 65536 + b'\\nport taken\\n')\nraise SystemExit(3)"
    with worlds.process(tmp_path, source, transcript=Slow()) as running:
        assert running._process.wait(worlds.PATIENCE) == 3
        join = running._drains[1].join

        def join_and_go_on(timeout: float) -> None:
            asked.set()
            join(timeout)

        monkeypatch.setattr(running._drains[1], "join", join_and_go_on)
        assert running.how_it_ended() == "program.py ended with status 3: port taken"


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("\n\n1 / 0\n", 3),
        ("def serve():\n    1 / 0\n\nserve()\n", 2),
        ("import json\njson.loads('x')\n", 2),  # in a line of the library that this one calls
        ("\nx = (\n", 2),
        ("raise SystemExit(1)\n", None),
        ("import sys; print('  File \"program.py\", line 99', file=sys.stderr)\n", None),
        ("\n# so:\nraise NotImplementedError('task 3: x')\n".replace("'", '"'), 3),
    ],
)
def test_place_where_it_broke(source: str, line: int | None, tmp_path: Path) -> None:
    """The last of its own lines in a traceback is where a program broke."""
    place = ended(tmp_path, source).place()
    assert place == (Place("program.py", line) if line else None)


def test_no_place_in_a_file_that_is_gone(tmp_path: Path) -> None:
    """A program that removes its own file keeps nobody from a verdict."""
    source = "import os\nos.unlink(__file__)\n1 / 0\n"
    assert ended(tmp_path, source).place() is None


def test_ending_of_a_process_that_runs(tmp_path: Path) -> None:
    """Of a process that runs it is said that it does."""
    with worlds.process(tmp_path, "input()") as running:
        assert running.how_it_ended() == "program.py runs"


@needs_posix
def test_ending_by_a_signal(tmp_path: Path) -> None:
    """A process that was killed is said to have been, by name."""
    running = ended(tmp_path, "import os, signal; os.kill(os.getpid(), signal.SIGABRT)")
    assert running.how_it_ended() == "program.py was ended by SIGABRT"


TASK = "task 6: pass messages on to everyone else"
NOT_WRITTEN: dict[str, str] = {
    "main thread": f"raise NotImplementedError({TASK!r})",
    "another thread": (
        "import threading\n"
        f"def serve(): raise NotImplementedError({TASK!r})\n"
        "thread = threading.Thread(target=serve); thread.start(); thread.join()"
    ),
    "said instead of raised": f"import sys; print('not written yet: {TASK}', file=sys.stderr)",
    "said in Russian": (
        "import sys; sys.stderr.reconfigure(encoding='utf-8')\n"
        f"print('ещё не написано: {TASK} (см. tasks.ru.md, задание 6)', file=sys.stderr)"
    ),
    "before something else": (
        f"try: raise NotImplementedError({TASK!r})\n"
        "except NotImplementedError: import traceback; traceback.print_exc(); 1 / 0"
    ),
}
WRITTEN: dict[str, str] = {
    "nothing": "",
    "another exception": f"raise ValueError({TASK!r})",
    "another text": "raise NotImplementedError('later')",
    "printed": f"print('NotImplementedError: {TASK}')",
    "only mentioned": f"import sys; print('# NotImplementedError: {TASK}', file=sys.stderr)",
}


@pytest.mark.parametrize("source", NOT_WRITTEN.values(), ids=NOT_WRITTEN)
def test_task_not_written(source: str, tmp_path: Path) -> None:
    """The task is named whose NotImplementedError was reached, in whatever thread."""
    assert ended(tmp_path, source).not_written() == TASK


@pytest.mark.parametrize("source", WRITTEN.values(), ids=WRITTEN)
def test_nothing_that_is_not_written(source: str, tmp_path: Path) -> None:
    """Anything else that a process complains is not about a task."""
    assert ended(tmp_path, source).not_written() == ""


def test_task_not_written_while_the_process_runs(tmp_path: Path, heard: Heard) -> None:
    """A server whose thread has met the end of what is written may itself go on."""
    source = NOT_WRITTEN["another thread"] + "\nprint('ready')\ninput()"
    with worlds.process(tmp_path, source, heard=heard) as running:
        assert heard.wait_for(b"ready")
        running.kill()
        running.wait(worlds.patient())
        assert running.not_written() == TASK


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
