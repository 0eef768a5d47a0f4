"""The result as Markdown: a table for each variant, and each failure with its steps.

Every text of a submission's stands in a code span or a fenced block, so that nothing in it
is read as Markdown or HTML (CommonMark: in code, only the closing run of backticks counts).
"""

from __future__ import annotations

from grader.language import _
from grader.reports.escape import visible
from grader.reports.explanation import title
from grader.reports.formats.plain import details, summary
from grader.reports.signs import EMOJI
from grader.reports.wording import number
from grader.result.check import CheckResult
from grader.result.grade import GradeResult, VariantResult
from grader.result.verdict import Verdict


def dumps(result: GradeResult) -> str:
    """Return the result as Markdown text."""
    lines = opening(result)
    for check in told(result):
        lines += ["", *heading(check), "", *fenced(details(result, check))]
    return "\n".join(lines) + "\n"


def opening(result: GradeResult) -> list[str]:
    """The mark, and a table for each variant."""
    mark, *rest = summary(result)
    lines = [f"# {code(result.submission)}: {mark}", ""]
    lines += [f"- {code(line)}" for line in rest]
    for variant in result.variants:
        lines += ["", *_table(variant)]
    return lines


def told(result: GradeResult) -> list[CheckResult]:
    """The checks that need an explanation."""
    return [check for check in result.checks if check.verdict not in (Verdict.PASS, Verdict.SKIP)]


def heading(check: CheckResult) -> list[str]:
    """The heading of the explanation of a check."""
    return [f"### {EMOJI[check.verdict]} {code(check.id)}", "", code(title(check))]


def _table(variant: VariantResult) -> list[str]:
    lines = [f"## {variant.name}", "", _("| | check | points | what it shows |")]
    lines.append("| --- | --- | ---: | --- |")
    for check in variant.checks:
        points = "★" if check.star else f"{number(check.points)} / {number(check.max_points)}"
        verdict = f"{EMOJI[check.verdict]} {check.verdict.value}"
        lines.append(f"| {verdict} | {code(check.name)} | {points} | {code(title(check))} |")
    return lines


def code(text: str) -> str:
    """A code span that shows this text, on one line, in a table cell too."""
    shown = visible(text).replace("|", "\\|")
    ticks = _ticks(shown, 1)
    return f"{ticks} {shown} {ticks}" if "`" in shown else f"`{shown}`"


def fenced(lines: list[str]) -> list[str]:
    """A fenced block that shows these lines."""
    ticks = _ticks("\n".join(lines), 3)
    return [f"{ticks}text", *lines, ticks]


def _ticks(text: str, least: int) -> str:
    """A run of backticks longer than any in the text."""
    longest = run = 0
    for character in text:
        run = run + 1 if character == "`" else 0
        longest = max(longest, run)
    return "`" * max(least, longest + 1)
