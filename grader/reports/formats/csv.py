"""The result as one line of CSV (RFC 4180), to be collected in a table of all submissions.

The columns: submission, mark, then for each variant its points, mark and stars, then the
checks that did not pass, the seconds and the seed. Without a mark the field is empty.
"""

from __future__ import annotations

import csv
import io

from grader.reports.escape import visible
from grader.result.grade import GradeResult
from grader.result.verdict import Verdict

VARIANTS = ("tcp", "udp")  # each has its columns, whatever was graded: tables are put together
FORMULA = ("=", "+", "-", "@")  # a spreadsheet would calculate what begins so


def header() -> list[str]:
    """The names of the columns."""
    names = [f"{v}_{what}" for v in VARIANTS for what in ("points", "mark", "stars")]
    return ["submission", "mark", *names, "not_passed", "seconds", "seed"]


def dumps(result: GradeResult) -> str:
    """Return the result as one line."""
    variants = {variant.name: variant for variant in result.variants}
    row: list[str] = [_text(result.submission), _number(result.mark)]
    for name in VARIANTS:
        found = variants.get(name)
        values = (found.points, found.mark, found.stars) if found else (None, None, None)
        row += [_number(value) for value in values]
    row.append(" ".join(check.id for check in result.checks if check.verdict is not Verdict.PASS))
    row += [_number(result.duration_s), str(result.seed)]
    file = io.StringIO()
    csv.writer(file, lineterminator="\r\n").writerow(row)
    return file.getvalue()


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:g}"


def _text(text: str) -> str:
    shown = visible(text)
    return f"'{shown}" if shown.startswith(FORMULA) else shown
