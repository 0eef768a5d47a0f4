"""``python -m grader reset 3``: puts one task back as it was handed out.

The functions of the task are those of the skeleton again; what was there is kept beside it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader import language, reports
from grader.assignment.variants import VARIANTS, Role
from grader.cli import arguments, printable
from grader.cli.exit_status import ExitStatus
from grader.grading.options import add_to, usual_folder
from grader.language import _
from grader.reports.calling import COMMAND

SKELETON = Path(__file__).resolve().parents[1] / "skeleton"  # in a handout


def parser() -> arguments.Parser:
    """The arguments."""
    made = arguments.Parser(
        prog=COMMAND.replace("-s grade ", "-s reset "),
        description=_("Put one task back as it was handed out; your version is kept beside it."),
    )
    made.add_argument("task", type=int, metavar="N", help=_("the number of the task"))
    made.add_argument("path", nargs="?", metavar=_("PATH"), help=_("folder (default: lab4)"))
    add_to(made.add_argument, language.default(), ["--lang"])
    return made


def run(words: Sequence[str], asked: str) -> int:
    """Put a task back; returns the exit status."""
    reader = parser()
    options = reader.parse_args(words)
    printable.settle(asked, [("table", "")])
    folder = Path(options.path) if options.path else usual_folder()
    try:
        name, kept = put_back(options.task, folder, SKELETON)
    except (OSError, ValueError) as error:
        reader.error(str(error))
    line = _("task {number} of {file} is as it was handed out; your version: {kept}")
    print(line.format(number=options.task, file=name, kept=kept))
    return ExitStatus.GRADED


def put_back(task: int, folder: Path, skeleton: Path) -> tuple[str, str]:
    """Put a task back; returns the file and where the old one is. Raises ValueError and OSError."""
    if not skeleton.is_dir():
        line = _("there is no skeleton here; in the kit itself: nox -s skeleton -- --force")
        raise ValueError(line)
    for name in (variant.file(role) for variant in VARIANTS for role in Role):
        fresh = (skeleton / f"{name}.txt").read_text(encoding="utf-8")
        functions = list(_functions_of(task, fresh))
        if functions:
            path = folder / name
            data = path.read_bytes()
            kept = _unused(path, task)
            new = _with(data.decode(), fresh, functions, name)
            kept.write_bytes(data)
            reports.write_whole(path, new.encode())
            return name, kept.name
    raise ValueError(_("task {number}: no such task").format(number=task))


def _functions_of(task: int, source: str) -> Iterator[str]:
    """The names of the functions in which a task has its gaps."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            text = ast.get_source_segment(source, node) or ""
            if f'NotImplementedError("task {task}: ' in text:
                yield node.name


def _with(source: str, fresh: str, functions: Sequence[str], name: str) -> str:
    """A file with these functions as they are in another. Raises ValueError."""
    for function in functions:
        try:
            start, end = _lines_of(source, function)
        except SyntaxError as error:
            line = _("{file}, line {number}: it cannot be read as Python; mend that first")
            raise ValueError(line.format(file=name, number=error.lineno)) from None
        from_, to = _lines_of(fresh, function)
        lines, new = source.splitlines(keepends=True), fresh.splitlines(keepends=True)
        source = "".join([*lines[:start], *new[from_:to], *lines[end:]])
    return source


def _lines_of(source: str, function: str) -> tuple[int, int]:
    """The lines of a function. Raises SyntaxError, and ValueError where there is none."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and node.name == function:
            return node.lineno - 1, node.end_lineno or node.lineno
    raise ValueError(_("the function {name} is not there any more").format(name=function))


def _unused(path: Path, task: int) -> Path:
    """A name beside a file that nothing has yet."""
    names = (path.with_name(f"{path.name}.task{task}.{n}.bak") for n in range(1, 1000))
    return next(name for name in names if not name.exists())
