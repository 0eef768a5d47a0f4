"""What is in lab4/, and what it does before anything is written."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from support.skeletons import FIRST_TASKS, MAIN, PROGRAM, ROOT, each_file, run

from kit import gaps, skeleton


def test_lab4_is_up_to_date():
    """What is in lab4/ is what the reference makes."""
    assert skeleton.check(ROOT / "reference", ROOT / "lab4") == []


@pytest.mark.parametrize(("variant", "numbers"), [("tcp", range(1, 12)), ("udp", range(12, 21))])
def test_tasks_are_in_order(variant: str, numbers: range):
    """The tasks of a variant are all there, in order, the server's before the client's."""
    found = []
    for name in (f"{variant}_server.py", f"{variant}_client.py"):
        text = (ROOT / "reference" / name).read_text(encoding="utf-8")
        found += list(gaps.tasks(text))
    assert found == list(numbers)


@each_file
def test_gaps_are_short(name: str):
    """No gap takes more than eleven lines."""
    text = (ROOT / "reference" / name).read_text(encoding="utf-8")
    for gap in re.findall(r"# >>> .*\n((?:.*\n)*?) *# <<<", text):
        code = [line for line in gap.splitlines() if not re.match(r" *#|$", line)]
        assert len(code) <= 11


@each_file
def test_lab4_compiles(name: str):
    """Each file is Python."""
    path = ROOT / "lab4" / name
    compile(path.read_text(encoding="utf-8"), str(path), "exec")


@each_file
def test_lab4_imports_standard_library(name: str):
    """Students need nothing but Python."""
    text = (ROOT / "lab4" / name).read_text(encoding="utf-8")
    modules = set(re.findall(r"^(?:import|from) (\w+)", text, flags=re.MULTILINE))
    assert modules <= sys.stdlib_module_names


@each_file
def test_help(name: str):
    """--help works before anything is written."""
    ended = run(ROOT / "lab4" / name, "--help")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "--host" in ended.stdout and "14901" in ended.stdout


@each_file
def test_untouched(name: str):
    """A file in which nothing is written yet says in one line what comes first."""
    ended = run(ROOT / "lab4" / name, "--port", "0")
    task = FIRST_TASKS[name]
    number = task.partition(":")[0]
    assert ended.stderr == f"not written yet: {task} (see tasks.md, {number})\n"
    assert (ended.returncode, ended.stdout) == (1, "")


def test_thread_reaches_task(tmp_path: Path):
    """A thread that reaches a gap says in one line which task that is."""
    path = tmp_path / "made.py"
    path.write_text(skeleton.generate(PROGRAM + MAIN), encoding="utf-8")
    ended = run(path)
    assert ended.stderr == "not written yet: task 3: split the byte stream (see tasks.md, task 3)\n"
    assert ended.returncode == 0


def test_thread_fails(tmp_path: Path):
    """Any other error of a thread looks as always."""
    path = tmp_path / "made.py"
    made = skeleton.generate(PROGRAM + MAIN).replace("NotImplementedError(", "ValueError(", 1)
    path.write_text(made, encoding="utf-8")
    ended = run(path)
    assert ended.stderr.startswith("Exception in thread")
    assert "ValueError: task 3" in ended.stderr


@pytest.mark.parametrize("written", ["pass", "raise SystemExit(0)"])
def test_finished_file(tmp_path: Path, written: str):
    """A file in which everything is written runs and ends as if the last lines were not there."""
    path = tmp_path / "made.py"
    made = skeleton.generate(PROGRAM + MAIN)
    gap = made.index('raise NotImplementedError("')
    end = made.index("\n", gap)
    path.write_text(made[:gap] + written + made[end:], encoding="utf-8")
    ended = run(path)
    assert (ended.returncode, ended.stdout, ended.stderr) == (0, "", "")
