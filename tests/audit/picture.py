"""The picture of an audit: mutants against checks, as plain SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

WIDTH = 900
LABELS = 330  # pixels for the names of mutants
HEAD = 90  # pixels for the names of checks
ROW = 13
MARGIN = 12
LETTERS = 54  # as much of a label as there is room for

STYLE = """
  text { font: 9.5px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #3d4450 }
  .title { font: 600 14px system-ui, "DejaVu Sans", sans-serif; fill: #20242b }
  .group { font: 600 11px system-ui, "DejaVu Sans", sans-serif; fill: #20242b }
  .key { font: 11px system-ui, "DejaVu Sans", sans-serif }
  .paper { fill: #fbfbfc }
  .none { fill: #e9ebef }
  .skip { fill: #f4f5f7 }
  .found { fill: #2f6f9f }
  .stray { fill: #c2571a }
  .due { fill: none; stroke: #20242b; stroke-width: 1.3 }
  @media (prefers-color-scheme: dark) {
    text { fill: #b4bac4 }
    .title, .group { fill: #e6e9ee }
    .paper { fill: #16181d }
    .none { fill: #2a2e36 }
    .skip { fill: #1d2026 }
    .found { fill: #6cb0e0 }
    .stray { fill: #f08a4b }
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


def draw(title: str, checks: Sequence[str], groups: Mapping[str, Sequence[Row]]) -> str:
    """The whole picture; a group is a heading and the rows under it."""
    cell = (WIDTH - LABELS - 2 * MARGIN) / max(len(checks), 1)
    parts = _head(title, checks, cell)
    y = HEAD + 62
    for heading, rows in groups.items():
        parts.append(_text(MARGIN, y + 12, heading, "group"))
        y += 20
        for row in rows:
            parts += _row(row, checks, cell, y)
            y += ROW
        y += 10
    height = y + MARGIN
    return "\n".join(
        [
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}"'
            f' width="{WIDTH}" height="{height}" role="img">',
            f"<title>{escape(printable(title))}</title>",
            f"<style>{STYLE}</style>",
            f'<rect class="paper" width="{WIDTH}" height="{height}" rx="6"/>',
            *parts,
            "</svg>\n",
        ]
    )


def printable(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def _text(x: float, y: float, text: str, kind: str = "", more: str = "") -> str:
    kind = f' class="{kind}"' if kind else ""
    return f'<text{kind} x="{x:g}" y="{y:g}"{more}>{escape(printable(text))}</text>'


def _rect(kind: str, x: float, y: float, width: float, more: str = "") -> str:
    box = f'x="{x:.1f}" y="{y:g}" width="{width:.1f}" height="{ROW - 2}"'
    return f'<rect class="{kind}" {box}{more}/>'


def _head(title: str, checks: Sequence[str], cell: float) -> list[str]:
    parts = [_text(MARGIN, 24, title, "title")]
    x = MARGIN
    for kind, text in (
        ("found", "fails; paler: in some of the runs"),
        ("stray", "fails, and should not"),
        ("due", "should fail"),
        ("none", "passes"),
        ("skip", "skipped: a check that it needs did not pass"),
    ):
        parts += [_rect(kind, x, 35, 14), _text(x + 19, 45, text, "key")]
        x += 32 + 6.3 * len(text)
    for at, name in enumerate(checks):
        x = LABELS + MARGIN + (at + 0.5) * cell
        turn = f' transform="rotate(-60 {x:.1f} {HEAD + 56})"'
        parts.append(_text(round(x, 1), HEAD + 56, name, more=turn))
    return parts


def _row(row: Row, checks: Sequence[str], cell: float, y: float) -> list[str]:
    label = row.label if len(row.label) <= LETTERS else row.label[: LETTERS - 1] + "…"
    parts = [_text(MARGIN, y + 9, label)]
    for at, name in enumerate(checks):
        x = LABELS + MARGIN + at * cell
        share = row.shares.get(name, 0.0)
        kind = "skip" if row.skipped.get(name, 0.0) == 1 else "none"
        parts.append(_rect(kind, x, y, cell - 2))
        if share:
            kind = "stray" if row.due is not None and name not in row.due else "found"
            parts.append(_rect(kind, x, y, cell - 2, f' fill-opacity="{0.25 + 0.75 * share:.2f}"'))
        if row.due and name in row.due:
            parts.append(_rect("due", x, y, cell - 2))
    return parts
