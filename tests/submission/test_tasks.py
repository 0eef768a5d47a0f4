"""Which task a line belongs to."""

from __future__ import annotations

import re

import pytest
from support.worlds import ROOT

from grader.assignment.tasks import FUNCTIONS
from grader.submission.tasks import task_of

SKELETON = ROOT / "lab4"
RAISED = re.compile(r'raise NotImplementedError\("task (\d+): ')


@pytest.mark.parametrize("file", FUNCTIONS)
def test_functions_are_those_of_the_skeleton(file: str) -> None:
    """In each gap the task is the gap's, and every function in the table has one."""
    text = (SKELETON / file).read_text(encoding="utf-8")
    tasks = []
    for number, line in enumerate(text.splitlines(), 1):
        if gap := RAISED.search(line):
            assert task_of(file, text, number) == int(gap[1]), f"{file}, line {number}"
            tasks.append(int(gap[1]))
    assert sorted(tasks) == sorted(FUNCTIONS[file].values())


def of_line(code: str, text: str) -> int | None:
    (number,) = (n for n, line in enumerate(text.splitlines(), 1) if line == code)
    return task_of("tcp_server.py", text, number)


def skeleton() -> str:
    return (SKELETON / "tcp_server.py").read_text(encoding="utf-8")


def test_lines_that_are_given() -> None:
    """What stands in no gap's function belongs to no task."""
    text = skeleton()
    assert of_line("import socket", text) is None
    assert of_line("        self.connection = connection", text) is None


def test_what_cannot_be_parsed() -> None:
    """A syntax error is in a task, too."""
    text = skeleton().replace("def leave(user):", "def leave(user)")
    assert of_line("def leave(user)", text) == 7


def test_code_at_the_margin() -> None:
    """What follows a function and is in none belongs to no task; a comment ends no function."""
    text = skeleton().replace("def relay(user", "users[1]\n\n\ndef relay(user")
    assert of_line("users[1]", text) is None
    text = skeleton().replace("    for line in lines:\n", "# mine\n    for line in lines: pass\n")
    assert of_line("    for line in lines: pass", text) == 6


def test_programs_of_another_making() -> None:
    """A function that is called like one of the skeleton's may be anything."""
    text = skeleton().replace("def leave(", "def depart(")
    assert of_line("def depart(user):", text) is None
    assert task_of("server.py", skeleton(), 100) is None
