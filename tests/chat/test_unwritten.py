"""What a program says of its tasks that are not written, and what that excuses."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import worlds

from grader.chat.program import Program
from grader.chat.unwritten import Unwritten, is_altered, reached
from grader.result.check import Place

TITLE = "pass messages on to everyone else"
TASK = f"task 6: {TITLE}"
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


def ended(folder: Path, source: str) -> Program:
    """A process that has run to its end."""
    with worlds.process(folder, source) as running:
        assert running.wait(worlds.patient()) is not None
    return running


@pytest.mark.parametrize("source", NOT_WRITTEN.values(), ids=NOT_WRITTEN)
def test_task_not_written(source: str, tmp_path: Path) -> None:
    """The task is named whose NotImplementedError was reached, in whatever thread."""
    (task,) = ended(tmp_path, source).unwritten({6})
    assert (task.number, task.title) == (6, TITLE)


@pytest.mark.parametrize("source", WRITTEN.values(), ids=WRITTEN)
def test_nothing_that_is_not_written(source: str, tmp_path: Path) -> None:
    """Anything else that a process complains is not about a task."""
    assert ended(tmp_path, source).unwritten({6}) == []


def test_task_that_the_file_does_not_have(tmp_path: Path) -> None:
    """A task that is not in the file is not believed."""
    assert ended(tmp_path, f"raise NotImplementedError({TASK!r})").unwritten({5, 7}) == []


def test_several_tasks(tmp_path: Path) -> None:
    """Each task that was reached is there once, the lowest first, with its first gap."""
    script = tmp_path / "tcp_server.py"
    gap = '    raise NotImplementedError("task {}: {}")\n'
    script.write_text(gap.format(6, "talk") + gap.format(5, "come") * 2, encoding="utf-8")
    said = "NotImplementedError: task {}: {}\n"
    complaints = said.format(6, "talk") + said.format(5, "come") * 2
    assert reached(complaints, {5, 6}, script) == [
        Unwritten(5, "come", Place("tcp_server.py", 2)),
        Unwritten(6, "talk", Place("tcp_server.py", 1)),
    ]


def test_file_that_is_gone(tmp_path: Path) -> None:
    """A program that removes its own file keeps nobody from a verdict."""
    source = f"import os\nos.unlink(__file__)\nraise NotImplementedError({TASK!r})"
    assert ended(tmp_path, source).unwritten({6}) == [Unwritten(6, TITLE, None)]


ALTERED = [
    ("alice1: hello2", "alice1: alice1: hello2"),
    ("alice1: hello2", "hello2"),
    ("alice1: hello2", "alice1: hello2!"),
    ("bob3 joined!", "bob3 joined"),
    ("*bob3 left*", "bob3 left"),
    ("You are connected!", "You are connected"),
]
OTHERS = [
    ("alice1: hello2", "alice1: hello2"),
    ("alice1: hello2", "alice1: fence3"),
    ("bob3 joined!", "*bob3 left*"),
    ("*bob3 left*", "bob3: hello"),
    ("*bob3 left*", "bob3"),
    ("You are connected!", "To terminate the connection to the server, enter leave"),
    ("You are connected!", "name"),
    ("name", "names"),
]


@pytest.mark.parametrize(("expected", "came"), ALTERED)
def test_altered(expected: str, came: str) -> None:
    """A message that is missing has come as another text."""
    assert is_altered(expected, ["name", came])


@pytest.mark.parametrize(("expected", "came"), OTHERS)
def test_not_altered(expected: str, came: str) -> None:
    """A message that came as it is, or only others that did, is altered by nobody."""
    assert not is_altered(expected, [came])
