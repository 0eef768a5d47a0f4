"""tasks.md and hints.md say what the skeleton, the reference and the rubric say."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from grader.assignment import rubric
from grader.assignment.variants import VARIANTS
from grader.grading.titles import titles
from grader.result.verdict import Verdict
from kit import gaps, skeleton

ROOT = Path(__file__).resolve().parents[2]
TASKS = (ROOT / "tasks.md").read_text(encoding="utf-8")
HINTS = (ROOT / "hints.md").read_text(encoding="utf-8")
LAB4 = [ROOT / "lab4" / name for name in skeleton.FILES]
REFERENCE = [ROOT / "reference" / name for name in skeleton.FILES]
# Hand-written text: what is between the markers is made from the rubric.
WRITTEN = re.sub(r"<!-- rubric: .*?<!-- end of rubric -->", "", TASKS, flags=re.DOTALL)
NAMES = {row.name for row in rubric.RUBRIC}


def headings(text: str) -> list[str]:
    """The tasks that have a section, ``task 1: open …``, in their order."""
    return [f"task {rest}" for rest in re.findall(r"^## Task (.*)$", text, re.MULTILINE)]


def section(text: str, task: int) -> str:
    """What is said under the heading of a task."""
    found = re.search(rf"^## Task {task}: .*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    assert found, f"no section of task {task}"
    return found[0]


def places(path: Path) -> list[tuple[str, int]]:
    """The function around each gap of a skeleton file, and its task."""
    found: list[tuple[str, int]] = []
    for function in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(function, ast.FunctionDef):
            tasks = re.findall(r"NotImplementedError\('task (\d+)", ast.unparse(function))
            found += [(function.name, int(task)) for task in tasks]
    return found


def test_headings_are_the_titles_of_the_reference() -> None:
    """Each task has one section, in order, headed by its title."""
    tasks: dict[int, str] = {}
    for path in REFERENCE:
        tasks |= gaps.tasks(path.read_text(encoding="utf-8"))
    assert headings(TASKS) == [f"task {number}: {tasks[number]}" for number in sorted(tasks)]


def test_hints_have_the_same_headings() -> None:
    """Each task has hints, under the same heading."""
    assert headings(HINTS) == headings(TASKS)


def test_the_skeleton_raises_the_headings() -> None:
    """What the skeleton says is not written yet is found among the headings."""
    raised: set[str] = set()
    for path in LAB4:
        source = path.read_text(encoding="utf-8")
        raised |= set(re.findall(r'NotImplementedError\("(.*)"\)', source))
    assert raised == set(headings(TASKS))


@pytest.mark.parametrize("path", LAB4, ids=lambda p: p.name)
def test_tasks_stand_under_their_file(path: Path) -> None:
    """A task comes after the sentence that names its file, and before the next one."""
    part = TASKS.split(f"The file is `lab4/{path.name}`.")[1].split("The file is `lab4/")[0]
    there = {int(number) for number in re.findall(r"^## Task (\d+)", part, re.MULTILINE)}
    assert there == {task for _, task in places(path)}


@pytest.mark.parametrize("path", LAB4, ids=lambda p: p.name)
def test_every_function_is_named_in_its_task(path: Path) -> None:
    """A task names each function in which it has a gap, with its arguments."""
    functions = {
        node.name: f"`{node.name}({ast.unparse(node.args)})`"
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }
    for function, task in places(path):
        assert functions[function] in section(TASKS, task)


def test_checks_that_are_mentioned_exist() -> None:
    """Every ``tcp.…`` or ``udp.…`` in the text is the id of a check."""
    said = set(re.findall(r"`((?:tcp|udp)\.[a-z-]+)`", TASKS + HINTS))
    assert said <= set(rubric.check_ids())


def test_short_names_that_are_mentioned_exist() -> None:
    """A name with a hyphen in backquotes is the name of a check."""
    assert set(re.findall(r"`([a-z]+(?:-[a-z]+)+)`", TASKS + HINTS)) <= NAMES


def test_commands_name_checks_that_exist() -> None:
    """What follows --only in a command is a check."""
    named = re.findall(r"--only ([\w.-]+)", TASKS)
    assert named
    assert set(named) <= set(rubric.check_ids())


def test_every_check_is_mentioned() -> None:
    """Every check of the rubric is in the list of its own task."""
    for variant in VARIANTS:
        for row in rubric.rows(variant):
            line = f"- `{variant}.{row.name}` ("
            assert TASKS.count(line) == 1
            assert line in section(TASKS, row.task_of(variant))


def test_mandatory_checks_are_named_in_the_text() -> None:
    """The section on marking names the mandatory checks."""
    part = WRITTEN.split("## How marking works")[1].split("\n## ")[0]
    for row in rubric.RUBRIC:
        assert (f"`{row.name}`" in part) is bool(row.mandatory)


@pytest.mark.parametrize("name", ["tasks.md", "tasks.ru.md"])
def test_what_a_chat_for_two_keeps_is_told(name: str) -> None:
    """Marking and the legend of the table say the points; marking, whose threads count."""
    text = (ROOT / name).read_text(encoding="utf-8")
    legend = text.split("<!-- rubric: core -->")[0].rpartition("\n## ")[2]
    marking = text[text.index("| ERROR |") : text.index("--only tcp.two-users ")]
    for part in (marking, legend):
        assert " 76" in part
    for word in ("`socketserver`", "`ThreadPoolExecutor`", "`threading.Thread`"):
        assert word in marking


# OPEN is told of chats of their own protocol alone, which have a page of their own.
TOLD = [verdict for verdict in Verdict if verdict is not Verdict.OPEN]


@pytest.mark.parametrize("verdict", TOLD, ids=lambda v: v.value)
def test_verdicts_are_explained(verdict: Verdict) -> None:
    """Each verdict has a row of its own."""
    assert f"\n| {verdict.value} | " in TASKS


@pytest.mark.parametrize("path", REFERENCE, ids=lambda p: p.name)
@pytest.mark.parametrize("default", ['HOST = "127.0.0.1"', "PORT = 14901"])
def test_defaults_are_those_of_the_reference(path: Path, default: str) -> None:
    """The host and the port in the text are the defaults of each program."""
    assert f"\n{default}\n" in path.read_text(encoding="utf-8")
    assert f"`{default.split(' = ')[1].strip(chr(34))}`" in WRITTEN


def test_by_hand_commands_use_the_defaults() -> None:
    """The tiny clients go where a server without arguments is."""
    commands = re.findall(r"^python3 -c .*$", TASKS, re.MULTILINE)
    assert len(commands) >= 8
    for command in commands:
        assert "('127.0.0.1', 14901)" in command or "socketpair" in command


def test_by_hand_commands_are_quoted_for_every_shell() -> None:
    """The tiny clients have nothing in them that some shell would take for its own."""
    for command in re.findall(r"^python3 -c (.*)$", TASKS, re.MULTILINE):
        assert re.fullmatch(r'"[^"$`!%^&<>|]*"', command)


def test_by_hand_commands_are_python() -> None:
    """The tiny clients can be compiled."""
    for command in re.findall(r'^python3 -c "(.*)"$', TASKS, re.MULTILINE):
        compile(command, "tasks.md", "exec")


def test_buffer_is_that_of_the_reference() -> None:
    """The tiny UDP client receives as much as the reference does."""
    assert "recv(16384)" in TASKS
    for name in ("tcp_server.py", "udp_server.py", "udp_client.py"):
        text = (ROOT / "reference" / name).read_text(encoding="utf-8")
        assert "\nBUFFER_SIZE = 16384\n" in text


@pytest.mark.parametrize(
    "text",
    [
        '"name"',
        '"You are connected!"',
        '"To terminate the connection to the server, enter leave"',
        'f"{name} joined!"',
        'left*"',
    ],
)
@pytest.mark.parametrize("name", ["tcp_server.py", "udp_server.py"])
def test_protocol_is_that_of_the_servers(name: str, text: str) -> None:
    """The servers of the reference send what the table of the protocol says."""
    part = WRITTEN.split("## What goes over the wire")[1].split("\n## ")[0]
    assert text in (ROOT / "reference" / name).read_text(encoding="utf-8")
    assert text.removeprefix("f").strip('"').replace("{name}", "alice") in part


@pytest.mark.parametrize(
    ("text", "example"),
    [
        ('f"{name}: {text}"', "`alice: hello`"),
        ('f"*{name} left*"', "`*alice left*`"),
        ('input("What is your name? ")', "`What is your name? `"),
        ('!= "leave"', "`leave`"),
    ],
)
@pytest.mark.parametrize("name", ["tcp_client.py", "udp_client.py"])
def test_protocol_is_that_of_the_clients(name: str, text: str, example: str) -> None:
    """The clients of the reference send what the table of the protocol says."""
    part = WRITTEN.split("## What goes over the wire")[1].split("\n## ")[0]
    assert text in (ROOT / "reference" / name).read_text(encoding="utf-8")
    assert example in part


def test_links_lead_somewhere() -> None:
    """Each link within tasks.md has a heading, and each other one a file."""
    anchors = {
        re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-")
        for heading in re.findall(r"^#+ (.*)$", TASKS, re.MULTILINE)
    }
    for link in re.findall(r"\]\(([^)]+)\)", TASKS + HINTS):
        if link.startswith("#"):
            assert link.removeprefix("#") in anchors
        else:
            assert (ROOT / link).is_file()


def test_hints_hold_no_code() -> None:
    """Hints are ideas: there is no code block among them."""
    assert "```" not in HINTS
    assert not re.search(r"^(?: {4}|\t)", HINTS, re.MULTILINE)


def test_titles_are_in_the_text() -> None:
    """The line that students read in the table stands in tasks.md word for word."""
    title_of = titles()
    assert all(title_of[name] in TASKS for name in NAMES)
