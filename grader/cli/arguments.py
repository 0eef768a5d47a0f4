"""The arguments of the command line, and what they ask for."""

from __future__ import annotations

import argparse
import contextlib
import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NoReturn

from grader import language, reports
from grader.assignment import rubric, variants
from grader.assignment.variants import TCP, UDP, Variant
from grader.grading import runner
from grader.language import N_, _
from grader.reports.formats.gradescope import VISIBILITIES
from grader.sandbox import levels
from grader.submission import intake

ALL = "all"  # variants
WRONG = 2  # the exit status for wrong arguments
# What argparse itself says, as far as these arguments make it.
WORDS = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("expected one argument"),
    N_("expected at least one argument"),
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
        line = _("grader: {problem} (see --help)").format(problem=message)
        self.exit(WRONG, f"{line}\n")


def parser() -> Parser:
    """The arguments."""
    made = Parser(
        prog="python -m grader",
        description=_("Grade a chat submission and print a score table."),
        epilog=_(
            "exit status: 0 graded, 1 below --fail-under, 2 wrong arguments or nothing "
            "to grade, 3 the grader itself failed, 130 interrupted"
        ),
    )
    add = made.add_argument
    add("path", nargs="?", metavar="PATH", help=_("folder to grade (default: lab4)"))
    add("--server", metavar="FILE", help=_("grade this server instead of a folder"))
    add("--client", metavar="FILE", help=_("grade this client instead of a folder"))
    add("--variant", choices=(*variants.NAMES, ALL), help=_("what to grade (default: all)"))
    add("--only", nargs="+", default=[], metavar="CHECK", help=_("run only these checks"))
    add("--seed", type=int, metavar="N", help=_("replay a run: the same names and texts"))
    add("--trace", action="store_true", help=_("show the whole transcript of each check shown"))
    add("--format", action=_Outputs, choices=tuple(reports.FORMATS), help=_("default: table"))
    add("--output", action=_Outputs, metavar="FILE", help=_("write the format before it to a file"))
    add(
        "--stdout-visibility",
        choices=VISIBILITIES,
        default="hidden",
        help=_("for gradescope: who sees what the autograder prints (default: hidden)"),
    )
    add("--fail-under", type=_mark, metavar="MARK", help=_("exit with 1 for a lower mark"))
    add("--sandbox", choices=levels.LEVELS, help=_("this sandbox and no other"))
    add("--portable", action="store_true", help=_("use nothing that only Linux has"))
    add("--watch", action="store_true", help=_("grade again on each save; Ctrl+C ends"))
    add("--next", action="store_true", help=_("show only what comes next"))
    add("--no-cache", action="store_true", help=_("neither know the last run nor keep this one"))
    _add_language(made)
    add("--list", action="store_true", help=_("list all checks and exit"))
    return made


def _add_language(made: Parser) -> None:
    made.add_argument(
        "--lang",
        type=_language,
        default=language.default(),
        metavar="LANG",
        help=_("language of all texts: en or ru (default: that of your system)"),
    )


def _language(text: str) -> str:
    if text not in language.LANGUAGES:
        line = _("{text}: expected one of {languages}")
        languages = ", ".join(language.LANGUAGES)
        raise argparse.ArgumentTypeError(line.format(text=text, languages=languages))
    return text


def language_of(words: Sequence[str] | None) -> str:
    """The language asked for: it is needed before all other arguments, which may be wrong."""
    made = Parser(add_help=False, allow_abbrev=False)
    _add_language(made)
    found: str = made.parse_known_args(words)[0].lang
    return found


class _Outputs(argparse.Action):
    """Collects pairs of ``--format`` and ``--output``, in whatever order, in ``outputs``."""

    def __call__(self, parser: Any, namespace: Any, values: Any, option: Any = None) -> None:
        made: list[list[str]] = getattr(namespace, "outputs", [])
        at = ("--format", "--output").index(self.option_strings[0])
        if not made or made[-1][at]:
            made.append(["", ""])
        made[-1][at] = values
        namespace.outputs = made


def agree(options: argparse.Namespace) -> None:
    """Raises ValueError when what is to be shown cannot be shown together."""
    outputs = getattr(options, "outputs", [])
    for name in ("watch", "next"):
        if not getattr(options, name):
            continue
        if options.list:
            raise ValueError(_("expected --{name} or --list, not both").format(name=name))
        if any(path for _format, path in outputs):
            line = _("--{name} shows a page: expected no --output")
            raise ValueError(line.format(name=name))
        if any(format not in ("", "table") for format, _path in outputs):
            line = _("--{name} shows a page: expected no --format but table")
            raise ValueError(line.format(name=name))
    if options.watch and options.fail_under is not None:
        raise ValueError(_("--watch has no mark to end with: expected no --fail-under"))


def outputs(options: argparse.Namespace) -> list[tuple[str, str]]:
    """The formats asked for, each with its file; without one it is printed.

    Raises ValueError when two would be printed, or a file cannot be one.
    """
    found = [(format or "table", path) for format, path in getattr(options, "outputs", [("", "")])]
    printed = [format for format, path in found if not path]
    if len(printed) > 1:
        line = _("--format {format}: expected --output FILE after it")
        raise ValueError(line.format(format=printed[0]))
    paths = [Path(path) for _format, path in found if path]
    for path in paths:
        if path.is_dir():
            line = _("--output {path}: it is a folder, expected a file")
            raise ValueError(line.format(path=path))
        if not path.resolve().parent.is_dir():
            line = _("--output {path}: its folder does not exist")
            raise ValueError(line.format(path=path))
    if len({path.resolve() for path in paths}) < len(paths):
        raise ValueError(_("--output: expected another file for each format"))
    return found


def _mark(text: str) -> float:
    with contextlib.suppress(ValueError):
        mark = float(text)
        if 0 <= mark <= 100:
            return mark
    line = _("{text}: expected a mark from 0 to 100")
    raise argparse.ArgumentTypeError(line.format(text=text))


def chosen_variants(options: argparse.Namespace) -> tuple[Variant, ...]:
    """The variants asked for."""
    if options.variant in (None, ALL):
        return variants.VARIANTS
    return (variants.variant(options.variant),)


def request(options: argparse.Namespace) -> runner.Request:
    """What is to be graded. Raises ValueError and NotFound, each with a line for the user."""
    wanted = chosen_variants(options)
    single = options.server or options.client
    if single:
        if options.path:
            raise ValueError(_("expected PATH or --server/--client, not both"))
        if options.variant == ALL:
            raise ValueError(_("--server/--client: expected --variant tcp or --variant udp"))
        wanted = wanted if options.variant else (_variant_of(single),)
        found = intake.from_files(wanted[0], _path(options.server), _path(options.client))
    else:
        found = intake.in_folder(Path(options.path or "lab4"), wanted)
    return runner.Request(
        label=found.label,
        variants=tuple(variant.name for variant in wanted),
        seed=random.SystemRandom().randrange(10**6) if options.seed is None else options.seed,
        submission="" if single else str(Path(options.path or "lab4").resolve()),
        server=str(Path(options.server).resolve()) if options.server else "",
        client=str(Path(options.client).resolve()) if options.client else "",
        portable=options.portable,
        sandbox=_level(options),
        notes=found.notes,
        lang=options.lang,
        checks=_chosen(options.only, wanted, options.fail_under is not None),
    )


def _level(options: argparse.Namespace) -> str:
    if options.sandbox is None:
        return "auto"
    if options.portable:
        raise ValueError(_("expected --portable or --sandbox, not both"))
    try:
        levels.choose(options.sandbox)
    except levels.Unavailable as error:
        raise ValueError(f"--sandbox: {error}") from None
    return str(options.sandbox)


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None


def _variant_of(path: str) -> Variant:
    """The one that the file's name tells; TCP if it tells none."""
    return UDP if UDP.name in Path(path).name.lower() else TCP


def _chosen(only: Sequence[str], wanted: Sequence[Variant], fail_under: bool) -> tuple[str, ...]:
    if only and fail_under:
        raise ValueError(_("--fail-under needs a mark: it cannot be used with --only"))
    known = rubric.check_ids(wanted)
    chosen: list[str] = []
    for word in (part for argument in only for part in argument.split(",") if part):
        ids = [id_ for id_ in known if word in (id_, id_.partition(".")[2])]
        if not ids:
            line = _("--only {word}: no such check here; --list shows them all")
            raise ValueError(line.format(word=word))
        chosen += ids
    if only and not chosen:
        raise ValueError(_("--only: expected the name of a check; --list shows them all"))
    return tuple(dict.fromkeys(chosen))
