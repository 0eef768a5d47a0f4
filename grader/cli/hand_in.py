"""``python -m grader hand-in``: the programs and the page of their grading, in one zip.

What is missing is said before anything is graded. ``nox -s grade`` of the zip gives the same mark.
"""

from __future__ import annotations

import sys
import zipfile
from collections.abc import Sequence
from pathlib import Path

from grader import language, reports
from grader.assignment.variants import VARIANTS, Role
from grader.chat.unwritten import GAP, lines_of
from grader.cli import arguments, printable
from grader.cli.exit_status import ExitStatus
from grader.fact import FactError
from grader.grading.options import add_to, request_of
from grader.language import _
from grader.reports.calling import COMMAND
from grader.reports.formats.plain import mark_line
from grader.reports.sentences import say
from grader.result.grade import GradeResult

OPTIONS = ("--seed", "--sandbox", "--portable", "--lang")
PAGE = "result.html"
WHEN = (2020, 1, 1, 0, 0, 0)  # the same files make the same zip


def parser() -> arguments.Parser:
    """The arguments."""
    made = arguments.Parser(
        prog=COMMAND.replace("-s grade ", "-s hand-in "),
        description=_("Pack the programs and the page of their grading, to be handed in."),
    )
    add = made.add_argument
    add("path", nargs="?", metavar=_("PATH"), help=_("folder to hand in (default: lab4)"))
    add("--output", metavar=_("FILE"), help=_("where it goes (default: lab4-hand-in.zip)"))
    add_to(add, language.default(), OPTIONS)
    usual: dict[str, object] = {"only": [], "task": None, "jobs": None, "mode": "protocol"}
    made.set_defaults(**usual, server=None, client=None, variant=None)
    return made


def run(words: Sequence[str], asked: str) -> int:
    """Pack what these arguments name; returns the exit status."""
    reader = parser()
    options = reader.parse_args(words)
    printable.settle(asked, [("table", "")])
    try:
        request = request_of(options)
    except FactError as error:
        reader.error(say(error.fact))
    folder = Path(request.submission)
    target = Path(options.output or f"{folder.name}-hand-in.zip")
    for line in missing(folder):
        print(line)
    from grader.cli.progress import grade

    result = grade(request)
    try:
        write(folder, result, target)
    except OSError as error:
        reason = _("cannot write the result: {reason}").format(reason=error)
        reader.exit(ExitStatus.GRADER_FAILED, f"grader: {reason}\n")
    print(mark_line(result))
    sys.stdout.write(_("written: {path}").format(path=target) + "\n")
    return ExitStatus.INTERRUPTED if result.interrupted else ExitStatus.GRADED


def missing(folder: Path) -> list[str]:
    """A line for each program that is not there, or has a task that is not written."""
    told = []
    for name in (variant.file(role) for variant in VARIANTS for role in Role):
        path = folder / name
        if not path.is_file():
            told.append(_("{file} is missing: it is not handed in").format(file=name))
        elif gaps := sum(line.lstrip().startswith(GAP) for line in lines_of(path)):
            line = _("{file}: not written yet in {count} places; it is handed in as it is")
            told.append(line.format(file=name, count=gaps))
    return told


def write(folder: Path, result: GradeResult, target: Path) -> None:
    """Write the zip, whole or not at all. Raises OSError."""
    files = {path.name: path.read_bytes() for path in sorted(folder.glob("*.py"))}
    answers = folder / "answers.md"
    if answers.is_file():
        files[answers.name] = answers.read_bytes()
    files[PAGE] = reports.dumps(result, "html").encode()
    beside = target.with_name(f".{target.name}.tmp")
    try:
        with zipfile.ZipFile(beside, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in files.items():
                entry = zipfile.ZipInfo(name, WHEN)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, data)
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)
