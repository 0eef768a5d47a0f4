"""What a chat's windows showed, as a picture: the server above, the clients side by side."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from rich.cells import cell_len, chop_cells

from grader.reports.escape import visible
from grader.reports.transcript_text import shown
from grader.result.recording import Line, Picture, Window

# In pixels.
CELL, ROW = 7.3, 17  # of the fixed-width font of 12 pixels
BAR, EDGE, GAP = 22, 10, 12
COLUMNS = 56  # of a client's window
MOST = 24  # lines of a window; the middle of more is left out


def draw(picture: Picture) -> str:
    """The element ``svg`` of a picture."""
    server, *clients = picture.windows
    width = CELL * COLUMNS + 2 * EDGE
    whole = len(clients) * width + (len(clients) - 1) * GAP
    root = Element(
        "svg", {"xmlns": "http://www.w3.org/2000/svg", "class": "windows", "role": "img"}
    )
    top = _window(root, server, 0, 0, whole)
    heights = [
        _window(root, client, at * (width + GAP), top + GAP, width)
        for at, client in enumerate(clients)
    ]
    height = top + GAP + max(heights, default=0)
    root.set("viewBox", f"0 0 {whole:g} {height:g}")
    root.set("width", f"{whole:g}")
    return ElementTree.tostring(root, encoding="unicode")


def _window(root: Element, window: Window, x: float, y: float, width: float) -> float:
    """Draw one window; returns its height."""
    columns = int((width - 2 * EDGE) / CELL)
    rows = _fitting([row for line in window.lines for row in _rows(line, columns)])
    height = BAR + ROW * max(len(rows), 1) + 2 * EDGE
    at = {"x": f"{x + 0.5:g}", "y": f"{y + 0.5:g}"}
    SubElement(
        root,
        "rect",
        {**at, "width": f"{width - 1:g}", "height": f"{height - 1:g}", "class": "window"},
    )
    SubElement(root, "rect", {**at, "width": f"{width - 1:g}", "height": f"{BAR}", "class": "bar"})
    title = {"x": f"{x + EDGE:g}", "y": f"{y + BAR - 6:g}", "class": "title"}
    SubElement(root, "text", title).text = visible(shown(window.name), 40)
    for number, (printed, typed) in enumerate(rows):
        base = y + BAR + EDGE + ROW * number + 12
        if typed:
            mark = {"x": f"{x + EDGE + CELL * cell_len(printed):g}", "y": f"{base - 12:g}"}
            size = {
                "width": f"{CELL * cell_len(typed):g}",
                "height": f"{ROW - 1}",
                "class": "typed",
            }
            SubElement(root, "rect", mark | size)
        text = SubElement(root, "text", {"x": f"{x + EDGE:g}", "y": f"{base:g}"})
        text.text = printed
        if typed:
            SubElement(text, "tspan", {"class": "typed"}).text = typed
    return height


def _rows(line: Line, columns: int) -> Iterator[tuple[str, str]]:
    """A line in rows that fit: what was printed and what was typed in each."""
    printed, typed = (visible(text, 2000) for text in (line.printed, line.typed))
    start = cell_len(printed)
    if start + cell_len(typed) <= columns:
        yield printed, typed
        return
    yield from ((part, "") for part in chop_cells(printed, columns))
    yield from (("", part) for part in chop_cells(typed, columns))


def _fitting(rows: list[tuple[str, str]]) -> list[tuple[str, str]]:
    half = MOST // 2
    return rows if len(rows) <= MOST else [*rows[:half], ("…", ""), *rows[-half:]]
