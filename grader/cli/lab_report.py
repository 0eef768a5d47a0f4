"""``python -m grader report``: the lab report of a submission, graded and recorded for it."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Sequence
from pathlib import Path

from grader import language, reports
from grader.assignment.variants import VARIANTS, Role
from grader.cli import arguments, printable, show
from grader.cli.exit_status import CannotGoOn, ExitStatus
from grader.fact import FactError
from grader.grading.options import add_to, request_of
from grader.grading.request import Request
from grader.language import _
from grader.reports.calling import COMMAND
from grader.reports.lab import contents
from grader.reports.sentences import say
from grader.result.grade import GradeResult

OPTIONS = (
    *("--server", "--client", "--mode", "--variant"),
    *("--seed", "--sandbox", "--portable", "--lang"),
)


def parser() -> arguments.Parser:
    """The arguments."""
    made = arguments.Parser(
        prog=COMMAND.replace("-s grade ", "-s report "),
        description=_("Write the lab report: a page to print, or a document from a template."),
    )
    add = made.add_argument
    add("path", nargs="?", metavar=_("PATH"), help=_("folder to report on (default: lab4)"))
    add("--name", default="", metavar=_("NAME"), help=_("the student, for the title page"))
    add("--group", default="", metavar=_("GROUP"), help=_("the student's group"))
    add("--teacher", default="", metavar=_("NAME"), help=_("who the report is for"))
    add("--university", default="", metavar=_("NAME"), help=_("the head of the title page"))
    add("--output", metavar=_("FILE"), help=_("where it goes (default: report.html, report.docx)"))
    add("--docx", metavar=_("TEMPLATE"), help=_("fill the placeholders of this .docx"))
    add("--result", metavar=_("FILE"), help=_("a stored result of it: nothing is graded then"))
    add_to(add, language.default(), OPTIONS)
    made.set_defaults(only=[], task=None, jobs=None)
    return made


def run(words: Sequence[str], asked: str) -> int:
    """Write the report that these arguments ask for; returns the exit status."""
    reader = parser()
    options = reader.parse_args(words)
    printable.settle(asked, [("html", "report")])  # a file has all letters
    target = Path(options.output or ("report.docx" if options.docx else "report.html"))
    try:
        if options.docx and not Path(options.docx).is_file():
            raise ValueError(_("{path}: expected a .docx template").format(path=options.docx))
        request = request_of(options)
        result = show.read(options.result) if options.result else _graded(request)
    except FactError as error:
        reader.error(say(error.fact))
    except ValueError as error:
        reader.error(str(error))
    try:
        _write(_report(options, request, result), options.docx, target)
    except CannotGoOn as error:
        reader.exit(ExitStatus.GRADER_FAILED, f"grader: {error}\n")
    sys.stdout.write(_("written: {path}").format(path=target) + "\n")
    return ExitStatus.GRADED


def _graded(request: Request) -> GradeResult:
    from grader.cli.progress import grade

    return grade(request)


def _report(options: Namespace, request: Request, result: GradeResult) -> contents.Report:
    from grader.grading import recording

    who = (options.name, options.group, options.teacher, options.university)
    folder = Path(request.submission) if request.submission else None
    return contents.Report(
        student=contents.Student(*who),
        result=result,
        recordings=tuple(recording.recorded(request)),
        listings=tuple(_listings(request)),
        answers=contents.answers(folder) if folder else {},
    )


def _listings(request: Request) -> list[tuple[str, str]]:
    """The programs, each with its text."""
    paths = [Path(path) for path in (request.server, request.client) if path]
    if request.submission:
        names = (variant.file(role) for variant in VARIANTS for role in Role)
        paths = [Path(request.submission, name) for name in names]
    there = [path for path in paths if path.is_file()]
    return [(path.name, path.read_text(encoding="utf-8", errors="replace")) for path in there]


def _write(report: contents.Report, template: str, target: Path) -> None:
    """Write the page, or the document. Raises CannotGoOn."""
    try:
        if template:
            from grader.reports.lab import document

            document.write(report, Path(template), target)
        else:
            from grader.reports.lab import page

            reports.write_whole(target.resolve(), page.dumps(report).encode())
    except ModuleNotFoundError as error:
        line = _("--docx needs the package docxtpl; install it with: {command}")
        command = f"{sys.executable} -m pip install docxtpl"
        raise CannotGoOn(line.format(command=command)) from error
    except OSError as error:
        raise CannotGoOn(_("cannot write the result: {reason}").format(reason=error)) from error
    except contents.NotFilled as error:
        raise CannotGoOn(str(error)) from None
