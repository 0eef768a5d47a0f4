"""What ``python -m grader`` does: list the checks, grade on each save, or grade once.

What help and the list do not need is imported where it is used: it takes longer than they do.
"""

from __future__ import annotations

import contextlib
import importlib
import shutil
import sys
import textwrap
from argparse import Namespace
from collections.abc import Sequence

import msgspec

from grader import language
from grader.assignment import modes
from grader.assignment.check_ids import check_id
from grader.cli import arguments, packed, printable
from grader.cli.exit_status import CannotGoOn, ExitStatus
from grader.fact import FactError
from grader.grading.options import chosen_variants, request_of
from grader.grading.request import Request
from grader.grading.titles import titles
from grader.language import _
from grader.reports.sentences import say
from grader.reports.sentences.own import TITLES
from grader.reports.wording import points

# Commands of their own, by their first word.
OTHERS = {
    "report": "grader.cli.lab_report",
    "hand-in": "grader.cli.hand_in",
    "reset": "grader.cli.reset",
}
SHOW = "show"  # the first word of the command that shows a stored result


def run(words: Sequence[str] | None) -> int:
    """Read the arguments and do what they ask for; returns the exit status."""
    words = sys.argv[1:] if words is None else words
    printable.use(language.default())  # a wrong --lang is told in it
    asked = printable.use(arguments.language_of(words))
    if words[:1] == [SHOW]:
        from grader.cli import show

        return show.run(words[1:], asked)
    if words[:1] and words[0] in OTHERS:
        module = importlib.import_module(OTHERS[words[0]])
        return int(module.run(words[1:], asked))
    parser = arguments.parser()
    options = parser.parse_args(words)
    try:
        arguments.agree(options)
    except ValueError as error:
        parser.error(str(error))
    if options.list:
        printable.settle(asked, [("table", "")])
        return print_list(options)
    with contextlib.ExitStack() as stack:
        try:
            name = stack.enter_context(packed.opened(options))
            request = request_of(options)
            outputs = arguments.outputs(options)
        except FactError as error:
            parser.error(say(error.fact))
        except ValueError as error:
            parser.error(str(error))
        if name:
            request = msgspec.structs.replace(request, label=name)
        printable.settle(asked, outputs)
        try:
            return _graded(options, request, outputs)
        except CannotGoOn as error:
            parser.exit(ExitStatus.GRADER_FAILED, f"grader: {error}\n")


def _graded(options: Namespace, request: Request, outputs: list[tuple[str, str]]) -> int:
    """Grade on each save, or once; returns the exit status. Raises CannotGoOn."""
    if options.watch:
        from grader.cli import watch

        watch.run(options)
        return ExitStatus.GRADED
    from grader.cli import grade_once

    return grade_once.run(options, request, outputs)


def print_list(options: Namespace) -> int:
    """Print a line for each check: id, points, task, title."""
    title_of = TITLES if options.mode == modes.OWN else titles()
    for variant in chosen_variants(options.variant):
        for row in modes.rows(options.mode, variant):
            worth = _("star") if row.star else points(row.max_points(variant))
            id_, number = check_id(variant.name, row.name), row.task_of(variant)
            task = _("task {number}").format(number=f"{number:2}") if number else ""
            print(_listed(f"{id_:22} {worth:>9}  {task}  ", _(title_of[row.name])))
    sys.stdout.flush()
    return ExitStatus.GRADED


def _listed(start: str, title: str) -> str:
    """A line of the list; on a terminal the title goes on below itself, whole words a line."""
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    if width < len(start) + 20:
        return start + title
    below = " " * len(start)
    lines = textwrap.wrap(
        title, width - 1, initial_indent=below, subsequent_indent=below, break_on_hyphens=False
    )
    return start + "\n".join(lines)[len(start) :]
