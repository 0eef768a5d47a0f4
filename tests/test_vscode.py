"""The tasks for VS Code: what they run is there, and takes their arguments.

That the pattern of the problems finds what is printed is shown in reports/test_problems.py.
"""

from __future__ import annotations

import ast
from typing import Any

import pytest
from support import worlds

from grader.cli import arguments

TASKS = worlds.read_json(worlds.ROOT / ".vscode" / "tasks.json")["tasks"]
RUN = [task for task in TASKS if "command" in task]
GRADE = ["noxfile.py", "-s", "grade"]


@pytest.mark.parametrize("task", RUN, ids=lambda task: task["label"])
def test_a_task_can_be_run(task: dict[str, Any]) -> None:
    """It starts Python, which the Windows installer calls py, with a command of the README."""
    assert task["type"] == "process"  # no shell: nothing has to be quoted
    assert (task["command"], task["windows"]) == ("python3", {"command": "py"})
    if task["args"][:3] == GRADE:
        dashes, *words = task["args"][3:] or ["--"]
        options = arguments.parser().parse_args(words)
        arguments.agree(options)
        assert dashes == "--" and arguments.outputs(options)
    else:
        (file,) = task["args"]
        assert ast.parse((worlds.ROOT / file).read_text(encoding="utf-8"))


def test_tasks_depend_on_tasks() -> None:
    """Whoever is named is there, once."""
    labels = [task["label"] for task in TASKS]
    assert len(set(labels)) == len(labels)
    named = [label for task in TASKS for label in task.get("dependsOn", [])]
    assert named and set(named) <= set(labels)


def test_two_clients_share_a_terminal() -> None:
    """The clients of a variant stand side by side, each in a panel of its own."""
    for task in TASKS:
        pair = [other for other in RUN if other["label"] in task.get("dependsOn", [])]
        shown = [(other["presentation"]["group"], other["presentation"]["panel"]) for other in pair]
        assert len(set(shown)) <= 1
        assert all(panel == "dedicated" for _, panel in shown)


def test_one_task_lists_the_problems() -> None:
    """It is the one that the key for tests starts, and it prints lines for the pattern."""
    (grade,) = [task for task in TASKS if task["problemMatcher"]]
    assert grade["group"] == {"kind": "test", "isDefault": True}
    assert grade["args"][-2:] == ["--format", "lines"]
