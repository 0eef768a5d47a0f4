"""The arguments of ``class``: one command that grades, others that work on what is stored."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from pathlib import Path

from grader import language
from grader.assignment import modes, variants
from grader.cli.arguments import Parser, add_language
from grader.grading import options as grading_options
from grader.grading.options import ALL
from grader.language import N_, _

OUT = "class"  # the folder beside the one that is graded
HELP: Mapping[str, str] = {
    "grade": N_("grade a class: a folder, a zip or a tar with what was handed in"),
    "status": N_("say how far the class is, and what needs the teacher's eyes"),
    "show": N_("show what is known of one person"),
    "decide": N_("store a teacher's decision about a check or a mark"),
    "publish": N_("write the gradebook, filled-in worksheets and pages to send back"),
    "pairs": N_("rank similar work"),
    "forget": N_("remove people and what they handed in; statistics stay"),
}


def out_folder(options: argparse.Namespace) -> Path:
    """Where the class is stored: beside what is graded, unless told otherwise."""
    if options.out:
        return Path(options.out)
    source = getattr(options, "source", None)
    return Path(source).absolute().parent / OUT if source else Path(OUT)


def parser(command: str) -> Parser:
    """The arguments of one command."""
    prog = "nox -s class --" if command == "grade" else f"nox -s class -- {command}"
    others = ", ".join(name for name in HELP if name != "grade")
    epilog = _(
        "exit status: 0 all graded, 1 somebody needs a look, 2 wrong arguments, "
        "3 the grader itself failed, 130 interrupted. Other commands: {others}"
    ).format(others=others)
    made = Parser(prog=prog, description=_(HELP[command]), epilog=epilog)
    ADDERS[command](made)
    made.add_argument("--out", metavar="DIR", help=_("where the class is stored (default: class)"))
    add_language(made)
    return made


def _grade(made: Parser) -> None:
    add = made.add_argument
    add("source", metavar="FOLDER", help=_("what was handed in: a folder, a zip or a tar"))
    add("--roster", metavar="FILE", help=_("a list of the class as CSV: names, groups, e-mails"))
    add("--jobs", type=_positive, metavar="N", help=_("so many gradings at once"))
    add(
        "--again",
        nargs="+",
        default=[],
        metavar="ID",
        help=_("grade these again: ids, or errors, or all"),
    )
    add("--trust", action="store_true", help=_("run submissions also where only limits hold them"))
    add("--mode", choices=modes.MODES, help=_(grading_options.OPTIONS["--mode"]["help"]))
    add(
        "--variant",
        choices=(*variants.NAMES, ALL),
        help=_(grading_options.OPTIONS["--variant"]["help"]),
    )
    add("--steady", action=argparse.BooleanOptionalAction, default=True, help=STEADY())
    add("--scheduler", metavar="ADDRESS", help=_("grade on the Dask cluster at tcp://HOST:PORT"))
    add("--anonymous", action="store_true", help=_("use numbers in place of names everywhere"))
    _marking(made)
    grading_options.add_to(add, language.default(), ["--seed", "--sandbox", "--portable"])


def STEADY() -> str:  # noqa: N802 (stands among constants)
    """The help of ``--steady``."""
    return _("play checks that failed again with two more seeds (default: yes)")


def _marking(made: Parser) -> None:
    add = made.add_argument
    add(
        "--rubric", metavar="FILE", help=_("points, weights, mandatory checks and late rules: TOML")
    )
    add(
        "--defence",
        metavar="FILE",
        help=_("points that a defence adds or caps: CSV, columns id and add or cap"),
    )
    add("--keep", choices=("best", "last"), help=_("which attempt counts (default: last)"))
    add("--count", choices=("best", "first"), help=_("which play of an unsteady check counts"))
    add("--out-of", type=_above_zero, metavar="N", help=_("the highest mark (default: 100)"))


def _show(made: Parser) -> None:
    made.add_argument("id", metavar="ID", help=_("a person, as status shows them"))


def _decide(made: Parser) -> None:
    _show(made)
    made.add_argument(
        "what", nargs="+", metavar="[CHECK] VALUE", help=_("points of a check, or the mark")
    )
    made.add_argument("--reason", required=True, metavar="TEXT", help=_("why, for the page"))


def _publish(made: Parser) -> None:
    add = made.add_argument
    add("--anyway", action="store_true", help=_("also while rows need the teacher's eyes"))
    add(
        "--worksheet",
        metavar="FILE",
        help=_("fill in this worksheet of Moodle, or gradebook of Canvas"),
    )
    add("--names", metavar="FILE", help=_("who is behind the numbers (default: class-names.csv)"))
    add("--column", metavar="TITLE", help=_("which assignment of a Canvas gradebook"))
    add("--separator", choices=(",", ";"), help=_("between the columns of gradebook.csv"))
    _marking(made)


def _forget(made: Parser) -> None:
    made.add_argument("ids", nargs="+", metavar="ID", help=_("people, or: all"))


def _pairs(made: Parser) -> None:
    made.add_argument(
        "--with",
        dest="others",
        nargs="+",
        default=[],
        metavar="FOLDER",
        help=_("compare with earlier classes, too"),
    )


def _nothing(_made: Parser) -> None:
    """Add nothing."""


ADDERS: Mapping[str, Callable[[Parser], None]] = {
    "grade": _grade,
    "status": _nothing,
    "show": _show,
    "decide": _decide,
    "publish": _publish,
    "pairs": _pairs,
    "forget": _forget,
}


def _positive(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= 1000:
        return int(text)
    raise argparse.ArgumentTypeError(_("{text}: expected a number from 1").format(text=text))


def _above_zero(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = 0
    if 0 < value <= 10_000:
        return value
    raise argparse.ArgumentTypeError(_("{text}: expected a number from 1").format(text=text))
