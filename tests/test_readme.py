"""README.ru.md says what README.md says to students and to teachers."""

from __future__ import annotations

import re
from pathlib import Path

from grader.cli.exit_status import ExitStatus

ROOT = Path(__file__).resolve().parent.parent
ENGLISH, RUSSIAN = ((ROOT / n).read_text(encoding="utf-8") for n in ("README.md", "README.ru.md"))
# What maintainers do is told in English alone.
SHARED = ENGLISH.partition("\n## For maintainers\n")[0]
# A page of its own tells of the class in Russian.
CLASS = re.compile(r"\n### A whole class\n.*?(?=\n##)", re.DOTALL)
SHARED = CLASS.sub("\n    python3 noxfile.py -s class --\n", SHARED)


def test_the_same_sessions_are_named() -> None:
    """Whatever a student or a teacher can start is told in both."""
    sessions = [set(re.findall(r"-s ([a-z-]+)", text)) for text in (SHARED, RUSSIAN)]
    assert sessions[0] - {"tests", "audit"} == sessions[1]


def test_the_same_options_are_named() -> None:
    """Every option that the English page names."""
    options = [set(re.findall(r"(?<![\w-])--[a-z-]+", text)) for text in (SHARED, RUSSIAN)]
    assert options[0] <= options[1]


def test_all_exit_statuses_are_told() -> None:
    """Each page has a table with a row for each."""
    for text in (ENGLISH, RUSSIAN):
        assert {int(n) for n in re.findall(r"^\| (\d+) \|", text, re.MULTILINE)} == set(ExitStatus)
