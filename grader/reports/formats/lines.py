"""What is wrong, at the line where it is: a list as compilers print it, for editors.

``lab4/tcp_server.py:41: error: tcp.join-notice: message (expected …, got …)``, a line for each
check that did not pass, and at the end the mark. Where no line is known it is the first one of
the file that the check runs.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath

from grader.assignment.variants import Role, file_name
from grader.language import _
from grader.reports.code_rows import why
from grader.reports.escape import visible
from grader.reports.explanation import message, title, whose_fault
from grader.reports.formats.plain import mark_line
from grader.reports.sentences import say
from grader.result.check import CheckResult
from grader.result.grade import GradeResult
from grader.result.verdict import Verdict

LEVELS = ("error", "warning", "info")
LONG = 4000  # for a path: shortened it would lead nowhere


@dataclass(frozen=True)
class Problem:
    """A check that did not pass, and where to look."""

    level: str  # one of LEVELS
    file: str  # as seen from where the grader was started
    line: int  # 0 where it is not known
    check: CheckResult


def dumps(result: GradeResult) -> str:
    """Return the list as text."""
    return "\n".join([*map(_line, problems(result)), mark_line(result)]) + "\n"


def _line(problem: Problem) -> str:
    place = f"{visible(problem.file, LONG)}:{problem.line or 1}"
    return f"{place}: {problem.level}: {visible(problem.check.id)}: {one_line(problem.check)}"


def problems(result: GradeResult) -> list[Problem]:
    """All of them, in the order of the rubric. What was skipped waits for another one."""
    return [
        Problem(_level(check), _file(result, check), check.place.line if check.place else 0, check)
        for check in result.checks
        if check.verdict not in (Verdict.PASS, Verdict.SKIP)
    ]


def one_line(check: CheckResult) -> str:
    """What is wrong, in a line."""
    text = visible(message(check) or title(check))
    if check.verdict is Verdict.ERROR:
        return f"{text} ({whose_fault(check)})"
    if check.expected:
        expected, got = (_shown(say(fact)) for fact in (check.expected, check.got))
        both = _("{message} (expected {expected}, got {got})")
        text = both.format(message=text, expected=expected, got=got)
    reason = why(check)
    return f"{text}; {visible(reason)}" if reason else text


def _shown(text: str) -> str:
    return visible(text.removesuffix("\n"), 120) if text else _("nothing")


def _level(check: CheckResult) -> str:
    """An error costs points; a star that is missed does not, and a task may not be its turn."""
    if check.verdict is Verdict.TODO:
        return "info"
    return "warning" if check.star and check.verdict is Verdict.FAIL else "error"


def _file(result: GradeResult, check: CheckResult) -> str:
    """The file that the check runs: in the folder given, or the one given by itself."""
    role = check.roles[0]
    file = check.place.file if check.place else file_name(check.variant, role)
    if not result.submission.endswith(".py"):
        return PurePath(result.submission, file).as_posix()
    given = [PurePath(path) for path in result.submission.split(".py ")]
    paths = [path.as_posix().removesuffix(".py") + ".py" for path in given]
    likely = paths[0 if role == Role.SERVER.value else -1]
    return next((path for path in paths if PurePath(path).name == file), likely)
