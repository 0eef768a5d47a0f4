"""The gaps in a reference file: what students write themselves, between two markers.

    # >>> task 3: split the byte stream into lines
    #: Comes in: bytes, cut anywhere. Goes out: yield each whole line.
    (the solution)
    # <<< task 3

Both markers stand alone on their lines, indented like the solution. The lines that start with ``#:`` come right after
the first marker and are what students see of the gap, above ``raise NotImplementedError("task 3: split …")``.
A task may have more than one gap; its title is the same everywhere.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass

from grader.language import _

MARKER = re.compile(r"#\s*(>>>|<<<)")
OPENS = re.compile(r"(?P<indent> *)# >>> task (?P<number>[1-9][0-9]*)(?P<title>:.*)?")
CLOSES = re.compile(r"(?P<indent> *)# <<< task (?P<number>[1-9][0-9]*)")
CONTRACT = re.compile(r"(?P<indent> *)#:( (?P<text>.*))?")

WIDTH = 120  # columns of a line in the skeleton


class MarkerError(Exception):
    """A marker in a reference file is wrong: the number of its line, and what is wrong with it."""

    def __init__(self, line: int, text: str) -> None:
        super().__init__(text)
        self.line = line


@dataclass(frozen=True)
class Gap:
    """What students write themselves: where it starts, its task, and the contract they see."""

    line: int
    indent: str
    number: int
    title: str
    contract: tuple[str, ...]

    def lines(self) -> list[str]:
        """The lines that stand in the skeleton in place of the gap."""
        text = f"task {self.number}: {_(self.title)}"
        head = _("Task {number}: {title}.").format(number=self.number, title=_(self.title))
        comment = [head, *self.contract_lines()]
        message = text.replace("\\", "\\\\").replace('"', '\\"')
        return [
            *(f"{self.indent}# {line}".rstrip() for line in comment),
            f'{self.indent}raise NotImplementedError("{message}")',
        ]

    def contract_lines(self) -> list[str]:
        """The contract in the language in use; in English in its own lines."""
        text = " ".join(self.contract)
        if _(text) == text:
            return list(self.contract)
        return textwrap.wrap(_(text), WIDTH - len(self.indent) - len("# "), break_on_hyphens=False)


def parse(source: str) -> list[str | Gap]:
    """Split a reference file into its lines and its gaps; raise MarkerError where a marker is wrong."""
    parts: list[str | Gap] = []
    titles: dict[int, str] = {}
    numbered = enumerate(source.splitlines(), start=1)
    for number, line in numbered:
        if CONTRACT.fullmatch(line):
            raise MarkerError(
                number, 'stray "#:" line: it belongs right after the marker that opens a gap'
            )
        if not MARKER.search(line):
            parts.append(line)
            continue
        if CLOSES.fullmatch(line):
            raise MarkerError(number, f'stray marker "{line.strip()}": no gap is open')
        gap = read_gap(number, line, numbered)
        if titles.setdefault(gap.number, gap.title) != gap.title:
            raise MarkerError(
                number, f'task {gap.number} is called "{titles[gap.number]}" further up'
            )
        parts.append(gap)
    return parts


def read_gap(number: int, line: str, following: enumerate[str]) -> Gap:
    """Read one gap, from its first marker on, up to and with its last."""
    opened = OPENS.fullmatch(line)
    if not opened:
        raise MarkerError(
            number,
            f'malformed marker "{line.strip()}": expected "# >>> task N: title" alone on a line',
        )
    task, indent = int(opened["number"]), opened["indent"]
    title = (opened["title"] or "").removeprefix(":").strip()
    if not title:
        raise MarkerError(number, f'task {task} has no title: expected "# >>> task {task}: title"')
    contract: list[str] = []
    solution: dict[int, str] = {}  # line number -> line
    for at, inside in following:
        closed = CLOSES.fullmatch(inside)
        if closed:
            if int(closed["number"]) != task:
                raise MarkerError(
                    at, f"the end of task {closed['number']} stands in the gap of task {task}"
                )
            check_indent(at, inside, indent)
            check_solution(solution, number, task, indent)
            return Gap(number, indent, task, title, tuple(contract))
        if OPENS.fullmatch(inside):
            raise MarkerError(
                at, f"nested marker: the gap of task {task}, line {number}, is still open"
            )
        if MARKER.search(inside):
            raise MarkerError(
                at,
                f'malformed marker "{inside.strip()}": expected "# <<< task {task}" alone on a line',
            )
        asked = CONTRACT.fullmatch(inside)
        if asked and solution:
            raise MarkerError(
                at, 'stray "#:" line: it belongs right after the marker that opens a gap'
            )
        if asked:
            check_indent(at, inside, indent)
            contract.append(asked["text"] or "")
        else:
            solution[at] = inside
    raise MarkerError(number, f"the gap of task {task} is never closed")


def check_solution(solution: dict[int, str], opened: int, task: int, indent: str) -> None:
    """A solution has code in it, which starts in the column of the marker and never leaves it to the left."""
    filled = {number: line for number, line in solution.items() if line.strip()}
    if all(line.lstrip().startswith("#") for line in filled.values()):
        raise MarkerError(opened, f"the gap of task {task} is empty")
    first = min(filled)
    check_indent(first, filled[first], indent)
    for number, line in filled.items():
        if not line.startswith(indent):
            raise MarkerError(
                number, f"wrong indentation: less than that of the marker in line {opened}"
            )


def check_indent(number: int, line: str, indent: str) -> None:
    """Markers, contract and the first line of the solution stand in one column."""
    width = len(line) - len(line.lstrip())
    if width != len(indent):
        raise MarkerError(
            number,
            f"wrong indentation: {width} blanks, the marker that opens the gap has {len(indent)}",
        )


def tasks(source: str) -> dict[int, str]:
    """The tasks of a reference file, number to title, in their order in the file."""
    return {part.number: part.title for part in parse(source) if isinstance(part, Gap)}
