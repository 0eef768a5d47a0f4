"""A sequence diagram as SVG: only classes; a style sheet gives them their colours.

The lanes stand as far apart as their names need. A message stands over its arrow, and may run on
over the lanes behind it. All text is real text.
"""

from __future__ import annotations

from itertools import accumulate
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from grader.language import _
from grader.reports.diagram.sequence import ARROW, FENCE, GAP, Diagram, Row, not_drawn
from grader.reports.escape import visible
from grader.reports.transcript_text import shown

# All in pixels.
EDGE, LANE, LANES = 70, 190, 760  # from the edge to a lane, to the next one, to the last one
NOTED = 270  # from the last lane to the edge where something is said beside it
NARROWEST = 460
BOX = 128  # for a name
NAME, HEAD = 24, 40  # the box of a name, and where the rows begin
ARROW_HEIGHT, NOTE_HEIGHT, REMARK = 36, 26, 18  # the height of a row, and of what is wrong with it
CELL = 7.3  # the width of a character in the fixed-width font of 12 pixels
TALL = 16  # more rows than these have the names below them as well


def draw(diagram: Diagram) -> str:
    """The element ``svg`` of a diagram."""
    element = _Picture(diagram).element
    ElementTree.indent(element, space="")
    return ElementTree.tostring(element, encoding="unicode")


def sentence(diagram: Diagram) -> str:
    """What a diagram shows, for those who do not see it."""
    names = ", ".join(visible(shown(name), 24) for name in diagram.lanes)
    phrases = [_("messages between {names}, in order of time").format(names=names)]
    for row in diagram.rows:
        remark = row.remark
        if remark and row.source != row.target:
            source, target = (visible(shown(name), 24) for name in (row.source, row.target))
            way = _("{text}, from {source} to {target}, {remark}")
            text = visible(row.text, 60)
            phrases.append(way.format(text=text, source=source, target=target, remark=remark))
        elif row.loud:
            phrases.append(f"{visible(row.text, 60)} {remark}".rstrip())
    return "; ".join(phrases)


class _Picture:
    def __init__(self, diagram: Diagram) -> None:
        self._diagram = diagram
        others = max(len(diagram.lanes) - 1, 1)
        lane = min(LANE, LANES // others)
        self._x = {name: EDGE + lane * at for at, name in enumerate(diagram.lanes)}
        self._width = max(EDGE + lane * others + self._behind(), NARROWEST)
        heights = [_height(row) for row in diagram.rows]
        self._tops = list(accumulate(heights, initial=HEAD))
        again = len(diagram.rows) > TALL
        below = (NAME + 8 if again else 8) + (NOTE_HEIGHT if diagram.others else 0)
        height = self._tops[-1] + below
        self.element = Element(
            "svg",
            {
                "xmlns": "http://www.w3.org/2000/svg",
                "class": "sequence",
                "role": "img",
                "aria-label": sentence(diagram),
                "width": str(self._width),
                "height": str(height),
                "viewBox": f"0 0 {self._width} {height}",
            },
        )
        self._lives()
        self._names(2)
        for top, row in zip(self._tops, diagram.rows, strict=False):
            self._row(row, top)
        if again:
            self._names(self._tops[-1] + 4)
        if diagram.others:
            note = not_drawn(diagram)
            self._text(self.element, EDGE, height - 8, note, "quiet")

    def _behind(self) -> int:
        """The width to the right of the last lane."""
        last = self._diagram.lanes[-1]
        notes = (row for row in self._diagram.rows if row.source == last and not _is_arrow(row))
        return NOTED if any(notes) else EDGE

    def _names(self, top: int) -> None:
        for name, x in self._x.items():
            box = {"class": "name", "x": x - BOX // 2, "y": top, "rx": 4}
            self._add(self.element, "rect", **box, width=BOX, height=NAME)
            fits = visible(shown(name), int((BOX - 8) / CELL))
            self._text(self.element, x, top + 16, fits, "name middle")

    def _lives(self) -> None:
        """A line for each lane, from joining to leaving."""
        for name, x in self._x.items():
            life = self._diagram.life(name)
            begin = self._line_of(life.start) if life.start else NAME + 2
            ends = life.stop < len(self._diagram.rows)
            end = self._line_of(life.stop - 1) if ends else self._tops[-1] + 4
            self._add(self.element, "line", class_="life", x1=x, y1=begin, x2=x, y2=end)

    def _line_of(self, number: int) -> int:
        """The height at which a row has its arrow or dot."""
        row = self._diagram.rows[number]
        return self._tops[number] + (28 if _is_arrow(row) else 13)

    def _row(self, row: Row, top: int) -> None:
        kind = f"{row.kind.value} loud" if row.loud else row.kind.value
        group = SubElement(self.element, "g", {"class": f"{kind} lost" if row.lost else kind})
        if _is_arrow(row):
            self._arrow(group, row, top)
        elif row.kind in (FENCE, GAP):
            self._through_all(group, row, top)
        else:
            self._note(group, row, top)

    def _arrow(self, group: Element, row: Row, top: int) -> None:
        """A message over a line with a head; a cross where it never arrived."""
        start, end, y = self._x[row.source], self._x[row.target], top + 28
        step = 1 if end > start else -1
        tip = end - 2 * step
        self._add(group, "line", class_="way", x1=start, y1=y, x2=tip - 6 * step, y2=y)
        if row.lost:
            x = tip - 6 * step
            self._add(group, "path", d=f"M{x - 5} {y - 5}l10 10m0 -10l-10 10", class_="cross")
        else:
            self._add(group, "path", d=f"M{tip} {y}l{-9 * step} -5v10z", class_="head")
        left = min(start, end) + 10
        self._said(group, row, left, top + 21)
        if row.remark:
            self._text(group, left, y + 15, f"\u2717 {row.remark}", "remark")

    def _note(self, group: Element, row: Row, top: int) -> None:
        """A dot on a lane, and a text beside it."""
        x, remark = self._x[row.source], row.remark
        self._add(group, "circle", cx=x, cy=top + 13, r=4)
        self._said(group, row, x + 10, top + 17)
        if remark:
            self._text(group, x + 10, top + 33, f"\u2717 {remark}", "remark")

    def _said(self, group: Element, row: Row, x: int, y: int) -> None:
        """The text of a row from here to the edge, shortened where it is too long."""
        room = self._width - x - 6
        sign = "\u2717 " if row.loud and not row.remark else ""
        shown_text = visible(row.text, int(room / CELL) - len(sign)) or _("(an empty line)")
        self._text(group, x, y, sign + shown_text, "said")

    def _through_all(self, group: Element, row: Row, top: int) -> None:
        """A fence is a dotted line; a gap is a piece of the picture that is missing."""
        if row.kind is GAP:
            self._add(group, "rect", x=0, y=top + 3, width=self._width, height=NOTE_HEIGHT - 6)
        else:
            y = top + 13
            self._add(group, "line", class_="way", x1=0, y1=y, x2=self._width, y2=y)
        sign = "\u22ee " if row.kind is GAP else ""
        self._text(group, EDGE + 10, top + 17, f"{sign}{visible(row.text, 40)}", "said")

    def _text(self, parent: Element, x: int, y: int, text: str, class_: str) -> None:
        self._add(parent, "text", class_=class_, x=x, y=y).text = text

    def _add(self, parent: Element, tag: str, **values: object) -> Element:
        written = {name.rstrip("_"): str(value) for name, value in values.items()}
        return SubElement(parent, tag, written)


def _is_arrow(row: Row) -> bool:
    return row.kind is ARROW and row.source != row.target


def _height(row: Row) -> int:
    remark = REMARK if row.remark else 0
    return (ARROW_HEIGHT if _is_arrow(row) else NOTE_HEIGHT) + remark
