"""What students read of the twenty most frequent mistakes, in both languages."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from support.changes import graded

from grader import language
from grader.reports.terminal import explain
from grader.reports.terminal.console import make_console
from grader.reports.terminal.signs import signs_for
from mistakes import golden
from mistakes.explained import EXPLAINED
from mistakes.judging import BY_NAME, causes_of

FAILURES = golden.read()
COMMAND = "python3 noxfile.py -s grade --"  # on Windows too


def told(name: str) -> str:
    """The explanation of one mistake's failure, as it stands on a terminal of 80 columns."""
    check = FAILURES[name]
    failing = graded({check.id: lambda _: check}, [check.variant])
    data = io.BytesIO()
    file = io.TextIOWrapper(data, encoding="utf-8", newline="\n")
    console = make_console(file, width=80)
    explain.write(failing, console, signs_for(console), trace=False, command=COMMAND)
    file.flush()
    lines = data.getvalue().decode().splitlines()
    return "".join(f"{line.rstrip()}\n" for line in lines)


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_texts(lang: str) -> None:
    """The texts are those that were kept; UPDATE_GOLDEN=1 keeps them anew, to be read."""
    language.use(lang)
    text = "\n".join(f"# {name}\n{told(name)}" for name in FAILURES)
    path = Path(__file__).with_name(f"golden.{lang}.txt")
    if os.environ.get("UPDATE_GOLDEN") == "1":
        path.write_text(text, encoding="utf-8", newline="\n")
    assert text == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FAILURES)
def test_what_is_kept_is_true(name: str) -> None:
    """The cause is one that may be named; the line, where one is known, is of the right task."""
    check = FAILURES[name]
    assert check.name == golden.CHECKS[name]
    assert set(causes_of(check)) <= set(EXPLAINED.get(name, ()))
    assert check.place is None or check.task == BY_NAME[name].task


def test_there_are_twenty() -> None:
    """Twenty mistakes of all kinds, none of them twice."""
    assert len(FAILURES) == 20
    assert {BY_NAME[name].role for name in FAILURES} == {"server", "client"}
