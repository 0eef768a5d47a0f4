"""The score table as a picture.

``python -m kit.screenshot RESULT.json OUT.svg``
"""

from __future__ import annotations

import argparse
import html
import io
import re
from collections.abc import Sequence
from pathlib import Path

from rich.cells import cell_len
from rich.console import Console

from grader.reports.calling import COMMAND
from grader.reports.terminal import table
from grader.result import codec
from grader.result.grade import GradeResult

WIDTH = 96
CELL = 12.2  # the width of a character in a picture by rich
# Rich's own loads a font from the web, and cuts every line at the edge by a path of its own.
FORMAT = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height:g}">
<style>
text {{ font: {char_height}px ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace }}
.{unique_id}-title {{ font: bold 18px system-ui, sans-serif }}
{styles}
</style>
{chrome}
<g transform="translate({terminal_x} {terminal_y})">
{backgrounds}
{matrix}
</g>
</svg>
"""
TEXT = re.compile(r'<text class="(t-r\d+)" x="(\S+)" y="(\S+)" [^>]*>([^<]*)</text>\n?')


def svg(
    result: GradeResult,
    *,
    width: int = WIDTH,
    title: str = "nox -s grade",
    command: str = COMMAND,
) -> str:
    """Return the score table as an SVG that loads nothing from elsewhere."""
    console = Console(
        file=io.StringIO(),
        record=True,
        width=width,
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
        no_color=False,
    )
    table.write(result, console, command=command)
    drawn = console.export_svg(title=title, code_format=FORMAT, unique_id="t")
    lines = TEXT.sub(_short, drawn).splitlines()
    return "".join(f"{line.strip()}\n" for line in lines if line.strip())


def _short(text: re.Match[str]) -> str:
    """A text without the blanks after it; each states its length, whatever the font is."""
    class_, x, y, content = text.groups()
    plain = html.unescape(content).replace("\N{NO-BREAK SPACE}", " ").rstrip()
    if not plain:
        return ""
    shown = html.escape(plain, quote=False).replace(" ", "\N{NO-BREAK SPACE}")
    length = f"{CELL * cell_len(plain):g}"
    return f'<text class="{class_}" x="{x}" y="{y}" textLength="{length}">{shown}</text>\n'


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw a result file."""
    parser = argparse.ArgumentParser(prog="python -m kit.screenshot", description=__doc__)
    parser.add_argument("result", type=Path, metavar="RESULT.json")
    parser.add_argument("out", type=Path, metavar="OUT.svg")
    options = parser.parse_args(arguments)
    result = codec.loads(options.result.read_text(encoding="utf-8"))
    options.out.write_text(svg(result), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
