"""The control questions, and the teacher's key to them, as they stand in their pages.

A question is an item of a numbered list, with the number of its task in brackets; the key has the
same numbers. ``questions.md`` is handed out, ``reference/key.md`` is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from grader.reports.lab.contents import TASK, items

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Question:
    """A control question."""

    number: int
    task: int
    text: str
    key: str


def page(name: str, lang: str) -> str:
    """The name of a page in a language: ``questions.md``, ``questions.ru.md``."""
    return f"{name}.md" if lang == "en" else f"{name}.{lang}.md"


def read(lang: str, root: Path = ROOT) -> tuple[Question, ...]:
    """All questions in a language. Raises OSError, and KeyError where the key has a gap."""
    asked = items((root / page("questions", lang)).read_text(encoding="utf-8"))
    keys = items((root / "reference" / page("key", lang)).read_text(encoding="utf-8"))
    found = []
    for number, text in asked.items():
        task = TASK.match(text)
        if task is None:
            raise ValueError(f"{page('questions', lang)}: question {number} names no task")
        found.append(Question(number, int(task[1]), text[task.end() :], keys[number]))
    return tuple(found)
