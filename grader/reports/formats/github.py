"""The result for GitHub Actions: a summary in Markdown, and annotations at the student's lines.

Formats: docs.github.com, "Workflow commands for GitHub Actions". The summary is Markdown as in
:mod:`grader.reports.formats.markdown`, with each failure folded and drawn. An annotation is a line
``::error file=…,line=…,title=…::message`` on the standard output.
"""

from __future__ import annotations

import os
import re

from grader.language import N_, _
from grader.reports.diagram import mermaid
from grader.reports.diagram.sequence import diagram
from grader.reports.escape import visible
from grader.reports.explanation import Label, rows
from grader.reports.formats.lines import LEVELS, LONG, Problem, one_line, problems
from grader.reports.formats.markdown import code, fenced, heading, opening, told
from grader.reports.formats.plain import details
from grader.reports.sentences import say
from grader.result.check import CheckResult
from grader.result.grade import GradeResult

SUMMARY = "GITHUB_STEP_SUMMARY"  # the variable that names the file of the summary
LIMIT = 900_000  # bytes; GitHub takes 1 MiB
MAX_DIAGRAM = 50_000  # characters; Mermaid draws no more
FOLDED = N_("What the check did, what it expected and what it got instead")
COMMANDS = {"error": "error", "warning": "warning", "info": "notice"}
TOLD = (Label.HINT, Label.READ)  # beside the message of an annotation
NO_DIAGRAMS = N_("The diagrams are left out: the summary would be too long.")
NO_DETAILS = N_("The failures are not explained here: the summary would be too long.")


def dumps(result: GradeResult) -> str:
    """Return the summary: as much of it as GitHub takes."""
    head, checks = opening(result), told(result)
    drawn = [line for check in checks for line in _section(result, check, _drawn(check))]
    plain = [line for check in checks for line in _section(result, check, [])]
    whole = [head + drawn, [*head, "", _(NO_DIAGRAMS), *plain], [*head, "", _(NO_DETAILS)]]
    texts = [_tamed("\n".join(lines) + "\n") for lines in whole]
    return next((text for text in texts if len(text.encode()) <= LIMIT), texts[-1])


def summarized(result: GradeResult) -> bool:
    """Append the summary to the file that GitHub names; whether it could be done."""
    path = os.environ.get(SUMMARY)
    if not path:
        return False
    try:
        with open(path, "a", encoding="utf-8", newline="\n") as file:
            file.write(dumps(result))
    except OSError:
        return False
    return True


def workflow_commands(result: GradeResult) -> str:
    """Return a workflow command for each problem.

    GitHub shows ten of each level: what is mandatory comes first, then what is worth most.
    """
    ordered = sorted(
        problems(result),
        key=lambda p: (LEVELS.index(p.level), not p.check.mandatory, -p.check.max_points),
    )
    return "".join(f"{_annotation(problem)}\n" for problem in ordered)


def _section(result: GradeResult, check: CheckResult, drawn: list[str]) -> list[str]:
    block = ["", "```mermaid", *drawn, "```"] if drawn else []
    message = ["", code(say(check.message))] if check.message else []
    folded = [*fenced(details(result, check)), *block, "", "</details>"]
    opened = ["<details>", f"<summary>{_(FOLDED)}</summary>", ""]
    return ["", *heading(check), *message, "", *opened, *folded]


def _drawn(check: CheckResult) -> list[str]:
    sequence = diagram(check)
    lines = mermaid.draw(sequence) if sequence else []
    return lines if len("\n".join(lines)) < MAX_DIAGRAM else []


def _tamed(text: str) -> str:
    """The summary may be printed, too: no line of it is a workflow command then.

    GitHub obeys ``::`` at the start of a line, blanks aside, and the older ``##[`` anywhere.
    """
    return re.sub(r"^(\s*)::", r"\1\\x3a:", text, flags=re.MULTILINE).replace("##[", "\\x23#[")


def _annotation(problem: Problem) -> str:
    check = problem.check
    line = f",line={problem.line}" if problem.line else ""
    place = f"file={_property(visible(problem.file, LONG))}{line}"
    text = [one_line(check)]
    text += [f"{row.label.word}: {visible(row.text)}" for row in rows(check) if row.label in TOLD]
    title = _property(visible(check.id))
    return f"::{COMMANDS[problem.level]} {place},title={title}::{_data(chr(10).join(text))}"


def _data(text: str) -> str:
    """The text of a command: what is not visible has been escaped, but for our line ends."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
