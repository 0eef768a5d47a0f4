"""What a program of a submission that has ended tells: how, where, and what is not written."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from support import worlds
from support.worlds import needs_posix

from grader.chat.program import Program
from grader.chat.transcript import Transcript
from grader.fact import Fact, fact
from grader.result.check import Place
from grader.result.verdict import EventKind


def ended(folder: Path, source: str) -> Program:
    """A process that has run to its end."""
    with worlds.process(folder, source) as running:
        assert running.wait(worlds.patient()) is not None
    return running


def status(number: int) -> Fact:
    return fact("program-ended", file="program.py", status=number)


def complaining(number: int, complaint: str) -> Fact:
    return fact("complaining", how=status(number), complaint=complaint)


@pytest.mark.parametrize(
    ("source", "how"),
    [
        ("", status(0)),
        ("raise SystemExit(3)", status(3)),
        ("1 / 0", complaining(1, "ZeroDivisionError: division by zero")),
        ("raise SystemExit('port taken')", complaining(1, "port taken")),
        ("import sys; print('bye', file=sys.stderr)", status(0)),
    ],
)
def test_how_it_ended(source: str, how: Fact, tmp_path: Path) -> None:
    """How a process ended is known, with its last complaint if it ended badly."""
    assert ended(tmp_path, source).how_it_ended() == how


def test_how_it_ended_waits_for_the_last_complaint(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a process complained last is known, though its reader was kept waiting."""
    asked = threading.Event()

    class Slow(Transcript):
        def add(self, kind: EventKind, who: str, text: str = "", **more: Any) -> None:
            asked.wait(worlds.PATIENCE)
            super().add(kind, who, text, **more)

    source = "import os\nos.write(2, b'x' * 65536 + b'\\nport taken\\n')\nraise SystemExit(3)"
    with worlds.process(tmp_path, source, transcript=Slow()) as running:
        assert running._process.wait(worlds.PATIENCE) == 3
        join = running._drains[1].join

        def join_and_go_on(timeout: float) -> None:
            asked.set()
            join(timeout)

        monkeypatch.setattr(running._drains[1], "join", join_and_go_on)
        assert running.how_it_ended() == complaining(3, "port taken")


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


def test_how_it_ended_of_a_process_that_runs(tmp_path: Path) -> None:
    """Of a process that runs it is said that it does."""
    with worlds.process(tmp_path, "input()") as running:
        assert running.how_it_ended() == fact("program-runs", file="program.py")


@needs_posix
def test_how_it_ended_by_a_signal(tmp_path: Path) -> None:
    """A process that was killed is said to have been, by name."""
    running = ended(tmp_path, "import os, signal; os.kill(os.getpid(), signal.SIGABRT)")
    how = fact("program-signalled", file="program.py", signal="SIGABRT")
    assert running.how_it_ended() == how


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


def test_task_not_written_while_the_process_runs(tmp_path: Path) -> None:
    """A server whose thread has met the end of what is written may itself go on."""
    source = NOT_WRITTEN["another thread"] + "\nprint('ready')\ninput()"
    ready = threading.Event()
    with worlds.process(tmp_path, source, heard=lambda _: ready.set()) as running:
        assert ready.wait(worlds.PATIENCE)
        running.kill()
        running.wait(worlds.patient())
        assert running.not_written() == TASK
