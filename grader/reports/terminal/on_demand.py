"""What ``--watch`` adds for a key: the hint of the next task, the trace of the first failure."""

from __future__ import annotations

import re
from pathlib import Path

from rich.console import Console
from rich.text import Text

from grader import language
from grader.language import _
from grader.reports.calling import COMMAND
from grader.reports.terminal import explain, next_step
from grader.reports.terminal.next_only import alone
from grader.reports.terminal.progress import waits_for
from grader.reports.terminal.signs import signs_for
from grader.result.grade import GradeResult
from grader.result.verdict import Verdict

ROOT = Path(__file__).resolve().parents[3]


def hint(result: GradeResult, console: Console) -> None:
    """Print what the page of hints says of the next task."""
    check = next_step.next_check(result)
    text = ""
    if check is not None:
        text = section(waits_for(check) if check.verdict is Verdict.TODO else check.task)
    console.print()
    console.print(Text(text or _("There is no hint: nothing is left to write.")))


def section(task: int) -> str:
    """The hints of a task in the language in use; nothing where there are none."""
    lang = language.in_use()
    page = ROOT / ("hints.md" if lang == "en" else f"hints.{lang}.md")
    try:
        text = page.read_text(encoding="utf-8")
    except OSError:
        return ""
    found = re.search(rf"^## \w+ {task}: .*?(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)
    return found[0].removeprefix("## ").strip() if found else ""


def trace(result: GradeResult, console: Console) -> None:
    """Print the first failure with its diagram and its transcript."""
    failed = next((check for check in result.checks if check.verdict is Verdict.FAIL), None)
    if failed is None:
        console.print()
        console.print(Text(_("There is no trace: no check has failed.")))
        return
    shown = alone(result, failed)
    explain.write(shown, console, signs_for(console), trace=True, command=COMMAND)
