"""The tasks that a program has reached and that are not written yet, as it says so itself.

The skeleton raises NotImplementedError in each gap. A submission may print any such line as well:
a task that is not in its file is not believed, and any other one earns nothing.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

from grader.assignment import protocol
from grader.assignment.protocol import WELCOME
from grader.result.check import Place

SAID = re.compile(
    r"^(?:NotImplementedError|not written yet|ещё не написано): (?:task|задание) (\d{1,6}): (.*?)"
    r"(?: \((?:see|см\.) tasks\.(?:ru\.)?md.*)?$",
    re.MULTILINE,
)
GAP = "raise NotImplementedError"
ALIKE = 0.75  # of two lines of the welcome; the two that there are have less in common


class Unwritten(NamedTuple):
    """A task whose NotImplementedError was reached."""

    number: int
    title: str
    place: Place | None  # the first of its gaps that is left


def reached(complaints: str, tasks: Collection[int], script: Path) -> list[Unwritten]:
    """Those of these tasks of a file that its complaints name, each once."""
    said = {int(number): title.strip() for number, title in SAID.findall(complaints)}
    lines = lines_of(script) if said else []
    return [
        Unwritten(number, title, _gap(f"task {number}: ", lines, script.name))
        for number, title in sorted(said.items())
        if number in tasks
    ]


def lines_of(script: Path) -> list[str]:
    """The lines of a file; none of one that has removed itself, and gains nothing by that."""
    try:
        return script.read_text(encoding="utf-8", errors="replace").split("\n")
    except OSError:
        return []


def _gap(task: str, lines: list[str], file: str) -> Place | None:
    raising = (number for number, line in enumerate(lines, 1) if GAP in line and task in line)
    return next((Place(file, number) for number in raising), None)


def is_altered(expected: str, came: Iterable[str]) -> bool:
    """Whether a message that is missing has come after all, as another text.

    That nobody has written the rest yet excuses what is missing, not what is wrong.
    """
    return any(text != expected and _is_like(expected, text) for text in came)


def _is_like(expected: str, text: str) -> bool:
    if expected in WELCOME:
        return SequenceMatcher(None, expected, text).ratio() > ALIKE
    said = protocol.text_of(expected)
    if said:
        return said in text
    name = protocol.about(expected)
    others = (protocol.joined(name), protocol.left(name), protocol.message(name, ""))
    named = bool(name) and name in text and text.strip() != name
    return named and not any(other in text for other in others)
