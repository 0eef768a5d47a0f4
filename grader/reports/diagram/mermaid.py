"""A sequence diagram as Mermaid text, which GitHub draws.

The lanes are called p0, p1 and so on; what a submission wrote is only ever shown. In it all but
plain characters become codes, ``#59;``, so that no text ends a line, a diagram or a block.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from grader.reports.diagram.sequence import ARROW, Diagram, Row, not_drawn
from grader.reports.escape import visible
from grader.reports.transcript_text import shown

TEXT = 60  # columns of a text
LOUD = "rgba(248, 81, 73, 0.25)"  # behind what a failure is about; on light pages and dark ones
BLANK = 160  # one that is shown beside another one
# The word "end" may end the diagram (https://mermaid.js.org/syntax/sequenceDiagram.html).
UNSAFE = re.compile(r"[^A-Za-z0-9 .,!?*]|^ | $| (?= )|\be(?=nd\b)", re.IGNORECASE)


def draw(diagram: Diagram) -> list[str]:
    """The lines of a diagram."""
    alias = {name: f"p{at}" for at, name in enumerate(diagram.lanes)}
    lines = ["sequenceDiagram"]
    lines += [f"participant {alias[name]} as {escaped(shown(name))}" for name in diagram.lanes]
    for row in diagram.rows:
        drawn = _row(row, alias)
        lines += [f"rect {LOUD}", *drawn, "end"] if row.loud else drawn
    if diagram.others:
        lines.append(_note(alias.values(), not_drawn(diagram).strip("()")))
    return lines


def escaped(text: str) -> str:
    """A text that Mermaid shows and never reads."""
    return UNSAFE.sub(_code, visible(text, TEXT)) or f"#{BLANK};"


def _code(found: re.Match[str]) -> str:
    return f"#{BLANK if found[0] == ' ' else ord(found[0])};"


def _row(row: Row, alias: Mapping[str, str]) -> Iterator[str]:
    """What happened; below it, what is wrong with it."""
    lanes = [alias[name] for name in (row.source, row.target) if name]
    if row.kind is ARROW and row.source != row.target:
        arrow = "--x" if row.lost else "->>"
        yield f"{arrow.join(lanes)}: {escaped(row.text)}"
    else:
        yield _note(lanes or alias.values(), row.text)
    if row.remark:
        yield _note(lanes, f"✗ {row.remark}")


def _note(lanes: Iterable[str], text: str) -> str:
    """A note from the first of these lanes to the last."""
    ends = sorted(set(lanes), key=lambda lane: int(lane[1:]))
    over = ends if len(ends) == 1 else [ends[0], ends[-1]]
    return f"Note over {','.join(over)}: {escaped(text)}"
