"""Skeletons in Russian."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
from support.skeletons import FIRST_TASKS, ROOT, each_file, run

from grader import language
from grader.chat import unwritten
from kit import gaps, skeleton

WORDS = re.compile(r".*(?:[а-яё]|[a-z] ).*")


@pytest.fixture
def russian() -> dict[str, str]:
    """The skeletons of the real reference, in Russian."""
    language.use("ru")
    return skeleton.build(ROOT / "reference")


def test_titles_are_the_russian_headings(russian: dict[str, str]):
    """What a Russian skeleton says is not written yet is found among the headings."""
    text = (ROOT / "tasks.ru.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## Задание (\d+: .*)$", text, flags=re.MULTILINE)
    raised = re.findall(r'NotImplementedError\("task (.*)"\)', "".join(russian.values()))
    assert set(raised) == set(headings)


@each_file
def test_only_remarks_differ(name: str, russian: dict[str, str]):
    """The code of a Russian skeleton is that of the English one, but for what it complains."""
    english = (ROOT / "lab4" / name).read_text(encoding="utf-8")
    trees = []
    for text in (english, russian[name]):
        tree = ast.parse(text.partition("def say_next_task(")[0])
        for node in ast.walk(tree):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
                node.value.value = "a docstring"
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                node.value = WORDS.sub("words", node.value)
            if isinstance(node, ast.Raise) and "task " in ast.unparse(node):
                node.exc = None
        trees.append(ast.dump(tree))
    assert trees[0] == trees[1]


@each_file
def test_russian_lines_fit(name: str, russian: dict[str, str]):
    """No line is longer than those of the English skeleton may be."""
    assert not [line for line in russian[name].splitlines() if len(line) > gaps.WIDTH]


@each_file
def test_no_remark_is_left_in_english(name: str, russian: dict[str, str]):
    """All comments and docstrings have been translated."""
    english = (ROOT / "reference" / name).read_text(encoding="utf-8")
    for text in skeleton.texts(english):
        assert f"# {text}\n" not in russian[name] and f'"""{text}"""' not in russian[name]


@each_file
def test_untouched_in_russian(name: str, russian: dict[str, str], tmp_path: Path):
    """A Russian file in which nothing is written yet says so in one line."""
    path = tmp_path / name
    path.write_text(russian[name], encoding="utf-8")
    ended = run(path, "--port", "0")
    number = FIRST_TASKS[name].partition(":")[0].removeprefix("task ")
    assert ended.stderr.startswith(f"ещё не написано: задание {number}: ")
    assert ended.stderr.endswith(f" (см. tasks.ru.md, задание {number})\n")
    assert (ended.returncode, ended.stdout) == (1, "")
    found = unwritten.SAID.search(ended.stderr)
    assert found and found[1] == number.removeprefix("task ") and "(" not in found[2]


def test_the_language_is_an_option(kit: Path):
    """The command writes and checks the skeleton in the language asked for."""
    assert skeleton.main(["--force", "--lang", "ru"], root=kit) == 0
    text = (kit / "lab4" / "udp_client.py").read_text(encoding="utf-8")
    assert "# Задание 20: завершайтесь корректно.\n" in text
    assert skeleton.main(["--check", "--lang", "ru"], root=kit) == 0
    assert skeleton.main(["--check"], root=kit) == 1
