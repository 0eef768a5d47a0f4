"""A sequence diagram as text: lanes of a few columns, and the texts to the right of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rich.cells import cell_len
from rich.text import Text

from grader.reports.diagram.sequence import ARROW, FENCE, GAP, Diagram, Row, not_drawn
from grader.reports.escape import encodes, visible
from grader.reports.transcript_text import shown

LANE = (7, 12)  # columns of a lane: at least, at most
TEXT = 46  # columns for the texts, if the lanes leave them
DRAWN = re.compile(r"[0-9a-f]{6}$")  # what makes a name unique


@dataclass(frozen=True)
class Pens:
    """The signs to draw with."""

    life: str
    line: str
    dashed: str
    left: str
    right: str
    cross: str
    fence: str
    note: str
    gap: str
    above: str


UNICODE = Pens("│", "─", "╌", "◂", "▸", "✗", "·", "●", "⋮", "↑")
ASCII = Pens("|", "-", "~", "<", ">", "x", ".", "o", ":", "^")


def draw(diagram: Diagram, width: int, encoding: str = "utf-8") -> list[Text]:
    """The lines of a drawing, each at most ``width`` columns wide."""
    pens = UNICODE if all(encodes(encoding, sign) for sign in vars(UNICODE).values()) else ASCII
    lane = (width - TEXT) // len(diagram.lanes)
    drawing = _Drawing(diagram, pens, max(LANE[0], min(LANE[1], lane)), width, encoding)
    return list(drawing.lines())


class _Drawing:
    def __init__(self, diagram: Diagram, pens: Pens, lane: int, width: int, encoding: str) -> None:
        self._diagram, self._pens, self._lane = diagram, pens, lane
        self._encoding = encoding
        self._lanes = lane * len(diagram.lanes)
        self._room = max(width - self._lanes - 1, 1)
        self._at = {name: lane // 2 + lane * n for n, name in enumerate(diagram.lanes)}

    def lines(self) -> Iterator[Text]:
        """The names, then a line for each row."""
        yield from self._names()
        for number, row in enumerate(self._diagram.rows):
            yield from self._row(number, row)
        if self._diagram.others:
            yield Text(not_drawn(self._diagram), "dim")

    def _names(self) -> Iterator[Text]:
        """A name over its lane, in two lines: what makes it unique in the second."""
        parts = []
        for name in self._diagram.lanes:
            drawn = DRAWN.search(name)
            parts.append((name[: drawn.start()], drawn[0]) if drawn else (shown(name), ""))
        for line in zip(*parts, strict=True):
            names = (visible(part, self._lane - 1, self._encoding) for part in line)
            yield Text("".join(f"{part:^{self._lane}}" for part in names).rstrip(), "bold")

    def _row(self, number: int, row: Row) -> Iterator[Text]:
        """The line of a row; behind it, or below it, what is wrong with it."""
        alive = [" "] * self._lanes
        for lane, at in self._at.items():
            if number in self._diagram.life(lane):
                alive[at] = self._pens.life
        style = "bold red" if row.loud else "dim" if row.kind in (FENCE, GAP) else ""
        text = visible(row.text, self._room, self._encoding)
        remark = row.remark
        fits = cell_len(text) + 2 + cell_len(remark) <= self._room
        beside = f"{text}  {remark}" if remark and fits else text
        yield self._line(alive, row).append(f" {beside}", style)
        if remark and not fits:
            below = visible(f"{self._pens.above} {remark}", self._room, self._encoding)
            yield Text("".join(alive)).append(f" {below}", style)

    def _line(self, alive: list[str], row: Row) -> Text:
        """The lanes beside a row, and what goes from one to another."""
        cells = list(alive)
        if row.kind is ARROW and row.source != row.target:
            self._arrow(cells, row)
        elif row.kind is FENCE:
            cells = [self._pens.fence if cell == " " else cell for cell in cells]
        elif row.kind is GAP:
            cells = [self._pens.gap if cell != " " else cell for cell in cells]
        else:
            cells[self._at[row.source]] = self._pens.note
        text = Text("".join(cells), "dim" if row.kind in (FENCE, GAP) else "")
        if row.loud:
            text.stylize("bold red", *self._span(row))
        return text

    def _span(self, row: Row) -> tuple[int, int]:
        """The columns from one of its lanes to the other."""
        ends = sorted((self._at[row.source], self._at[row.target]))
        return ends[0], ends[1] + 1

    def _arrow(self, cells: list[str], row: Row) -> None:
        start, end = self._at[row.source], self._at[row.target]
        step = 1 if end > start else -1
        line = self._pens.dashed if row.lost else self._pens.line
        for at in range(start + step, end, step):
            cells[at] = line
        head = self._pens.right if step == 1 else self._pens.left
        cells[end - step] = self._pens.cross if row.lost else head
