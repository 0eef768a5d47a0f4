"""The picture of an audit: mutants against checks, as one plain SVG.

A table is a field of cells with marks on it. Marks of one kind are one path, in which cells that
lie side by side are one piece: an element for each cell would weigh ten times as much.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from xml.sax.saxutils import escape

LABELS = 342  # pixels for the names of mutants
COLUMN, ROW = 19, 13  # the size of a cell in pixels
NAMES = 86  # pixels for the names of checks
BEHIND = 46  # pixels for the last of those, which is slanted
MARGIN = 12
NARROWEST = 880  # as wide as the key
LETTERS = 56  # as much of a label as there is room for

KEY = (
    ("found", "fails; paler: in some of the runs"),
    ("stray", "fails, and should not"),
    ("due", "should fail"),
    ("none", "passes"),
    ("skip", "skipped: a check that it needs did not pass"),
)
STYLE = """
text { font: 9.5px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #3d4450 }
.title { font: 600 14px system-ui, "DejaVu Sans", sans-serif; fill: #20242b }
.group { font: 600 11px system-ui, "DejaVu Sans", sans-serif; fill: #20242b }
.key { font: 11px system-ui, "DejaVu Sans", sans-serif }
path { fill: none }
.paper { fill: #fbfbfc }
.lines { stroke: #fbfbfc; stroke-width: 2 }
.none { fill: #dfe3e9 }
.skip { stroke: #f1f3f6 }
.found { stroke: #2f6f9f }
.stray { stroke: #c2571a }
.due { stroke: #20242b; stroke-width: 1.3; vector-effect: non-scaling-stroke }
@media (prefers-color-scheme: dark) {
text { fill: #b4bac4 }
.title, .group { fill: #e6e9ee }
.paper { fill: #16181d }
.lines { stroke: #16181d }
.none { fill: #353a44 }
.skip { stroke: #1f2329 }
.found { stroke: #6cb0e0 }
.stray { stroke: #f08a4b }
.due { stroke: #e6e9ee }
}
"""


@dataclass(frozen=True)
class Row:
    """One mutant: how often each check failed, and which ones are to fail (None: unknown)."""

    label: str
    shares: Mapping[str, float]
    skipped: Mapping[str, float]
    due: frozenset[str] | None = None


@dataclass(frozen=True)
class Table:
    """The checks, and under each heading the mutants of one file."""

    checks: Sequence[str]
    groups: Mapping[str, Sequence[Row]]


def draw(title: str, tables: Mapping[str, Table]) -> str:
    """The whole picture; a table stands under its name."""
    parts, y = [_text(MARGIN, 24, title, "title"), *_key(34)], 62
    for number, (name, table) in enumerate(tables.items()):
        parts.append(_text(MARGIN, y + 18, name, "title"))
        parts.append(_names(number, table.checks))
        y += 24
        for heading, rows in table.groups.items():
            top = y + NAMES
            parts.append(_text(MARGIN, top - 6, heading, "group"))
            parts.append(f'<use href="#names{number}" y="{top - 6}"/>')
            parts += _labels(top, rows)
            parts += _cells(top, rows, table.checks)
            y = top + ROW * len(rows) + 6
        y += 20
    most = max((len(table.checks) for table in tables.values()), default=0)
    return _svg(title, max(LABELS + COLUMN * most + BEHIND, NARROWEST), y, parts)


def printable(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _svg(title: str, width: int, height: int, parts: Iterable[str]) -> str:
    tile = f'width="{COLUMN}" height="{ROW}" x="{LABELS}" patternUnits="userSpaceOnUse"'
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}"'
            f' width="{width}" height="{height}" role="img">',
            f"<title>{escape(printable(title))}</title>",
            f"<style>{STYLE}</style>",
            f'<pattern id="grid" {tile}><path class="lines" d="M0 0H{COLUMN}V{ROW}H0z"/></pattern>',
            f'<rect class="paper" width="{width}" height="{height}" rx="6"/>',
            *parts,
            "</svg>\n",
        ]
    )


def _text(x: float, y: int, text: str, kind: str = "") -> str:
    kind = f' class="{kind}"' if kind else ""
    return f'<text{kind} x="{x:g}" y="{y}">{escape(printable(text))}</text>'


def _key(y: int) -> Iterator[str]:
    x = MARGIN
    for kind, text in KEY:
        cell = "M0 0h1v1h-1z" if kind == "due" else "M0 .5h1"
        path = f'<path class="{kind}" d="{cell}"/>'
        if kind == "none":
            path = '<rect class="none" width="1" height="1"/>'
        yield f'<g transform="translate({x} {y})scale(15 11)">{path}</g>'
        yield _text(x + 20, y + 10, text, "key")
        x += 34 + round(6.2 * len(text))


def _names(number: int, checks: Sequence[str]) -> str:
    """The names of checks, slanted, to be used over each group."""
    texts = (
        f'<text transform="translate({LABELS + COLUMN * at + 11})rotate(-60)">'
        f"{escape(printable(name))}</text>"
        for at, name in enumerate(checks)
    )
    return f'<defs><g id="names{number}">{"".join(texts)}</g></defs>'


def _labels(top: int, rows: Sequence[Row]) -> Iterator[str]:
    for at, row in enumerate(rows):
        label = row.label if len(row.label) <= LETTERS else row.label[: LETTERS - 1] + "…"
        yield _text(MARGIN, top + ROW * at + 10, label)


def _cells(top: int, rows: Sequence[Row], checks: Sequence[str]) -> Iterator[str]:
    """The field, the marks on it, and the gaps between the cells."""
    box = f'width="{COLUMN * len(checks)}" height="{ROW * len(rows)}"'
    yield f'<g transform="translate({LABELS} {top})"><rect class="none" {box}/>'
    yield f'<g transform="scale({COLUMN} {ROW})translate(0 .5)">'
    table = [[_mark(row, name) for name in checks] for row in rows]
    for mark in sorted({mark for marks in table for mark in marks if mark}):
        kind, strength = mark
        paler = f' stroke-opacity="{strength:.2f}"' if strength < 1 else ""
        pieces = "".join(_pieces(table, mark))
        yield f'<path class="{kind}"{paler} d="{pieces}"/>'
    yield "</g></g>"
    # The tiles of the pattern begin at the top of the field.
    yield f'<g transform="translate(0 {top})"><rect fill="url(#grid)" x="{LABELS}" {box}/></g>'
    due = "".join(
        f"M{x} {y}h1v1h-1z"
        for y, row in enumerate(rows)
        for x, name in enumerate(checks)
        if row.due and name in row.due
    )
    place = f"translate({LABELS} {top})scale({COLUMN} {ROW})"
    yield f'<path class="due" transform="{place}" d="{due}"/>' if due else ""


Mark = tuple[str, float]


def _mark(row: Row, name: str) -> Mark | None:
    """The kind of a cell, and how strong its colour is; none for a check that passed."""
    if share := row.shares.get(name, 0.0):
        kind = "stray" if row.due is not None and name not in row.due else "found"
        return kind, 0.25 + 0.75 * share
    return ("skip", 1.0) if row.skipped.get(name, 0.0) == 1 else None


def _pieces(table: Sequence[Sequence[Mark | None]], mark: Mark) -> Iterator[str]:
    for y, marks in enumerate(table):
        x = 0
        for found, alike in groupby(marks):
            width = len(list(alike))
            if found == mark:
                yield f"M{x} {y}h{width}"
            x += width
