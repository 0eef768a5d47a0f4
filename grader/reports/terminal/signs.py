"""The signs of the score table, and what stands for them where the output knows only ASCII."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from rich.box import Box
from rich.console import Console
from rich.text import Text

from grader.reports.escape import visible, visible_lines
from grader.reports.signs import ASCII, SIGNS
from grader.result.verdict import Verdict

# One line under the head, one above the sum, as rich.box.SIMPLE; rich replaces
# that one by a full frame where the output is not Unicode.
_SHAPE = "    \n    \n {0}{0} \n    \n {0}{0} \n {0}{0} \n    \n    \n"

STYLES: Mapping[Verdict, str] = {
    Verdict.PASS: "green",
    Verdict.FAIL: "bold red",
    Verdict.TODO: "yellow",
    Verdict.SKIP: "dim",
    Verdict.OPEN: "bold blue",
    Verdict.ERROR: "bold magenta",
}


@dataclass(frozen=True)
class Signs:
    """What one output can show."""

    encoding: str
    symbols: Mapping[Verdict, str]
    star: str
    times: str
    arrow: str
    next: str
    box: Box

    def verdict(self, verdict: Verdict) -> Text:
        """Symbol and word of a verdict; the symbol alone never has to be understood."""
        return Text(f"{self.symbols[verdict]} {verdict.value}", STYLES[verdict])

    def text(self, text: str, style: str = "", limit: int = 400) -> Text:
        """One line of text, harmless whoever wrote it."""
        return Text(visible(text, limit, self.encoding), style)

    def lines(self, text: str, style: str = "") -> Text:
        """Text of several lines, harmless whoever wrote it."""
        return Text("\n".join(visible_lines(text, encoding=self.encoding)), style)


def signs_for(console: Console) -> Signs:
    """The signs that a console can show: all of them in a Unicode encoding, else ASCII."""
    encoding = console.encoding
    if encoding.startswith("utf"):
        box = Box(_SHAPE.format("─"))
        return Signs(encoding, SIGNS, star="★", times="×", arrow="→", next="▸", box=box)
    box = Box(_SHAPE.format("-"), ascii=True)
    return Signs(encoding, ASCII, star="*", times="x", arrow="->", next=">", box=box)
