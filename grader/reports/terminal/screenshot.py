"""The score table as a picture.

``python -m grader.reports.terminal.screenshot RESULT.json OUT.svg``
"""

from __future__ import annotations

import argparse
import io
import re
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from grader.reports.terminal import table
from grader.result import codec
from grader.result.grade import GradeResult

WIDTH = 96


def svg(result: GradeResult, *, width: int = WIDTH, title: str = "nox -s grade") -> str:
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
    table.write(result, console)
    # Rich links a font on the web; any fixed-width font does, each line states its length.
    return re.sub(r"@font-face \{.*?\}\s*", "", console.export_svg(title=title), flags=re.DOTALL)


def main(arguments: Sequence[str] | None = None) -> None:
    """Draw a result file."""
    parser = argparse.ArgumentParser(
        prog="python -m grader.reports.terminal.screenshot", description=__doc__
    )
    parser.add_argument("result", type=Path, metavar="RESULT.json")
    parser.add_argument("out", type=Path, metavar="OUT.svg")
    options = parser.parse_args(arguments)
    result = codec.loads(options.result.read_text(encoding="utf-8"))
    options.out.write_text(svg(result) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
