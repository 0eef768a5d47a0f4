"""The arguments of the command line: what is graded, and what is shown of it."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from grader import language, reports
from grader.cli.exit_status import ExitStatus
from grader.grading import options as grading_options
from grader.language import N_, _
from grader.reports import escape
from grader.reports.calling import COMMAND
from grader.reports.formats.gradescope import VISIBILITIES

# What argparse itself says, as far as these arguments make it.
WORDS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("expected one argument"),
    N_("expected at least one argument"),
    N_("the following arguments are required: %s"),
    N_("unrecognized arguments: %s"),
    N_("ignored explicit argument %r"),
    N_("invalid %(type)s value: %(value)r"),
    N_("invalid choice: %(value)r (choose from %(choices)s)"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
)
# It asks gettext for them in the language of the environment; the one asked for may be another.
argparse._ = _  # type: ignore[attr-defined]


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line."""

    def error(self, message: str) -> NoReturn:
        """Say what was wrong, and where help is."""
        problem = "".join(escape.escaped(message))  # it may quote a path, or what is in a file
        line = _("grader: {problem} (see --help)").format(problem=problem)
        self.exit(ExitStatus.WRONG_ARGUMENTS, f"{line}\n")


def parser() -> Parser:
    """The arguments."""
    arguments = Parser(
        prog=COMMAND,
        description=_("Grade a chat submission and print a score table."),
        epilog=_(
            "exit status: 0 graded, 1 below --fail-under, 2 wrong arguments or nothing "
            "to grade, 3 the grader itself failed, 130 interrupted"
        ),
    )
    add = arguments.add_argument
    add("path", nargs="?", metavar=_("PATH"), help=_(grading_options.FOLDER_HELP))
    grading_options.add_to(add, language.default())
    add_outputs(arguments)
    add("--fail-under", type=_mark, metavar=_("MARK"), help=_("exit with 1 for a lower mark"))
    add("--watch", action="store_true", help=_("grade again on each save; stop with Ctrl+C"))
    add(
        "--no-cache",
        action="store_true",
        help=_("do not compare with the last run, and do not keep this one"),
    )
    add("--list", action="store_true", help=_("list all checks and exit"))
    return arguments


def add_outputs(arguments: Parser) -> None:
    """Add what says how a result is shown, for a grading and for a stored result."""
    add = arguments.add_argument
    add("--trace", action="store_true", help=_("show the whole transcript of each check shown"))
    add("--next", action="store_true", help=_("show only what to do next"))
    add("--format", action=_Outputs, choices=tuple(reports.FORMATS), help=_("default: table"))
    add(
        "--output",
        action=_Outputs,
        metavar=_("FILE"),
        help=_("write the format named before it to a file"),
    )
    add(
        "--stdout-visibility",
        choices=VISIBILITIES,
        default="hidden",
        help=_("for gradescope: who sees what the autograder prints (default: hidden)"),
    )


def add_language(arguments: Parser) -> None:
    """Add ``--lang``."""
    grading_options.add_to(arguments.add_argument, language.default(), ["--lang"])


def language_of(words: Sequence[str] | None) -> str:
    """The language asked for: errors in the other arguments are told in it, so it is read first."""
    arguments = Parser(add_help=False, allow_abbrev=False)
    add_language(arguments)
    lang: str = arguments.parse_known_args(words)[0].lang
    return lang


class _Outputs(argparse.Action):
    """Collects pairs of ``--format`` and ``--output``, in any order, in ``outputs``."""

    def __call__(self, parser: Any, namespace: Any, values: Any, option: Any = None) -> None:
        pairs: list[list[str]] = getattr(namespace, "outputs", [])
        at = ("--format", "--output").index(self.option_strings[0])
        if not pairs or pairs[-1][at]:
            pairs.append(["", ""])
        pairs[-1][at] = values
        namespace.outputs = pairs


def agree(options: argparse.Namespace) -> None:
    """Raises ValueError when the arguments contradict each other."""
    outputs = getattr(options, "outputs", [])
    for name in ("watch", "next"):
        if not getattr(options, name, False):
            continue
        if getattr(options, "list", False):
            raise ValueError(_("expected --{name} or --list, not both").format(name=name))
        if any(path for _format, path in outputs):
            line = _("--{name} writes to the terminal: it cannot be used with --output")
            raise ValueError(line.format(name=name))
        if any(format not in ("", "table") for format, _path in outputs):
            line = _("--{name} writes to the terminal: the only --format is table")
            raise ValueError(line.format(name=name))
    if not hasattr(options, "fail_under"):
        return
    if options.watch and options.fail_under is not None:
        raise ValueError(_("--watch does not end with a mark: it cannot be used with --fail-under"))
    if options.task is not None and options.fail_under is not None and not options.list:
        raise ValueError(_("--fail-under needs a mark: it cannot be used with --task"))
    if options.only and options.fail_under is not None and not options.list:
        raise ValueError(_("--fail-under needs a mark: it cannot be used with --only"))


def outputs(options: argparse.Namespace) -> list[tuple[str, str]]:
    """The formats asked for, each with its file; without one it is printed.

    Raises ValueError when two would be printed, or a file cannot be one.
    """
    pairs = [(format or "table", path) for format, path in getattr(options, "outputs", [("", "")])]
    printed = [format for format, path in pairs if not path]
    if len(printed) > 1:
        line = _("--format {format}: expected --output FILE after it")
        raise ValueError(line.format(format=printed[0]))
    paths = [Path(path) for _format, path in pairs if path]
    for path in paths:
        if path.is_dir():
            line = _("--output {path}: it is a folder, expected a file")
            raise ValueError(line.format(path=path))
        if not path.resolve().parent.is_dir():
            line = _("--output {path}: its folder does not exist")
            raise ValueError(line.format(path=path))
    if len({path.resolve() for path in paths}) < len(paths):
        raise ValueError(_("--output: expected a different file for each format"))
    return pairs


def _mark(text: str) -> float:
    with contextlib.suppress(ValueError):
        mark = float(text)
        if 0 <= mark <= 100:
            return mark
    line = _("{text}: expected a mark from 0 to 100")
    raise argparse.ArgumentTypeError(line.format(text=text))
