"""The command line: ``python -m grader [PATH]``. Arguments in, exit status out.

Exit status: 0 graded; 1 graded and below ``--fail-under``; 2 wrong arguments or nothing to
grade; 3 the grader itself failed.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import sys
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NoReturn

from grader import plugin, reports, rubric, sandbox, session, submission
from grader.reports import live, table
from grader.verdict import GradeResult

GRADED, BELOW, WRONG_ARGUMENTS, GRADER_FAILED, INTERRUPTED = 0, 1, 2, 3, 130


class Parser(argparse.ArgumentParser):
    """A parser whose complaints are one line."""

    def error(self, message: str) -> NoReturn:
        """Say what was wrong, and where help is."""
        self.exit(WRONG_ARGUMENTS, f"grader: {message} (see --help)\n")


def parser() -> Parser:
    """The arguments."""
    made = Parser(
        prog="python -m grader",
        description="Grade a chat submission and print a score table.",
        epilog="exit status: 0 graded, 1 below --fail-under, 2 wrong arguments or nothing "
        "to grade, 3 the grader itself failed, 130 interrupted",
    )
    add = made.add_argument
    add("path", nargs="?", metavar="PATH", help="folder to grade (default: lab4)")
    add("--server", metavar="FILE", help="grade this server instead of a folder")
    add("--client", metavar="FILE", help="grade this client instead of a folder")
    add("--variant", choices=("tcp", "udp", "all"), help="what to grade (default: all)")
    add("--only", nargs="+", default=[], metavar="CHECK", help="run only these checks")
    add("--seed", type=int, metavar="N", help="replay a run: the same names and texts")
    add("--trace", action="store_true", help="show the whole transcript of each check shown")
    add("--format", choices=tuple(reports.FORMATS), default="table", help="default: table")
    add("--output", metavar="FILE", help="write the result to a file instead")
    add("--fail-under", type=_mark, metavar="MARK", help="exit with 1 for a lower mark")
    add("--sandbox", choices=sandbox.LEVELS, help="this sandbox and no other")
    add("--portable", action="store_true", help="use nothing that only Linux has")
    add("--list", action="store_true", help="list all checks and exit")
    return made


def _mark(text: str) -> float:
    with contextlib.suppress(ValueError):
        mark = float(text)
        if 0 <= mark <= 100:
            return mark
    raise argparse.ArgumentTypeError(f"{text}: expected a mark from 0 to 100")


def request(options: argparse.Namespace) -> session.Request:
    """What is to be graded. Raises ValueError and NotFound, each with a line for the user."""
    variants = rubric.VARIANTS if options.variant in (None, "all") else (options.variant,)
    single = options.server or options.client
    if single:
        if options.path:
            raise ValueError("expected PATH or --server/--client, not both")
        if options.variant == "all":
            raise ValueError("--server/--client: expected --variant tcp or --variant udp")
        variants = (options.variant or _variant_of(single),)
        found = submission.from_files(variants[0], _path(options.server), _path(options.client))
    else:
        found = submission.in_folder(Path(options.path or "lab4"), variants)
    return session.Request(
        label=found.label,
        variants=variants,
        seed=random.SystemRandom().randrange(10**6) if options.seed is None else options.seed,
        submission="" if single else str(Path(options.path or "lab4").resolve()),
        server=str(Path(options.server).resolve()) if options.server else "",
        client=str(Path(options.client).resolve()) if options.client else "",
        portable=options.portable,
        sandbox=_level(options),
        notes=found.notes,
        checks=_chosen(options.only, variants, options.fail_under is not None),
    )


def _level(options: argparse.Namespace) -> str:
    if options.sandbox is None:
        return "auto"
    if options.portable:
        raise ValueError("expected --portable or --sandbox, not both")
    try:
        sandbox.choose(options.sandbox)
    except sandbox.Unavailable as error:
        raise ValueError(f"--sandbox: {error}") from None
    return str(options.sandbox)


def _path(text: str | None) -> Path | None:
    return Path(text) if text else None


def _variant_of(path: str) -> str:
    name = Path(path).name.lower()
    return "udp" if "udp" in name else "tcp"


def _chosen(only: Sequence[str], variants: tuple[str, ...], fail_under: bool) -> tuple[str, ...]:
    if only and fail_under:
        raise ValueError("--fail-under needs a mark: it cannot be used with --only")
    known = rubric.check_ids(variants)
    chosen: list[str] = []
    for word in (part for argument in only for part in argument.split(",") if part):
        ids = [id_ for id_ in known if word in (id_, id_.partition(".")[2])]
        if not ids:
            raise ValueError(f"--only {word}: no such check here; --list shows them all")
        chosen += ids
    if only and not chosen:
        raise ValueError("--only: expected the name of a check; --list shows them all")
    return tuple(dict.fromkeys(chosen))


def print_list(variants: tuple[str, ...] = rubric.VARIANTS) -> None:
    """Print a line for each check: id, points, task, title."""
    titles = plugin.titles()
    for variant in variants:
        for row in rubric.rows(variant):
            points = "star" if row.star else f"{row.max_points(variant)} points"
            id_ = f"{variant}.{row.name}"
            print(f"{id_:22} {points:>9}  task {row.task_of(variant):2}  {titles[row.name]}")


def report(result: GradeResult, options: argparse.Namespace) -> None:
    """Print or write the result. Raises OSError where it cannot be written."""
    if options.output:
        reports.write_file(result, options.format, options.output)
    elif options.format == "table":
        table.write(result, reports.make_console(), trace=options.trace)
    else:
        print(reports.FORMATS[options.format](result))
    if sys.stdout is not None:  # closed from the beginning
        sys.stdout.flush()


def status(result: GradeResult, fail_under: float | None) -> int:
    """The exit status that says how the grading went."""
    if result.has_error:
        return GRADER_FAILED
    if result.interrupted:
        return INTERRUPTED  # as a shell says it of SIGINT
    if fail_under is not None and (result.mark is None or result.mark < fail_under):
        return BELOW
    return GRADED


def main(arguments: Sequence[str] | None = None) -> int:
    """Grade; returns the exit status."""
    made = parser()
    options = made.parse_args(arguments)
    try:
        with _all_signals_interrupt():
            return _run(made, options)
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        return GRADER_FAILED  # whoever read the output is gone
    except Exception:  # noqa: BLE001 (left alone, it ends with the status of a low mark)
        with contextlib.suppress(OSError):
            traceback.print_exc()
        return GRADER_FAILED
    finally:
        _drop_dead_streams()


@contextlib.contextmanager
def _all_signals_interrupt() -> Iterator[None]:
    """Whatever asks the grader to end does what Ctrl+C does: nothing is left running."""
    names = ("SIGHUP", "SIGTERM")  # the terminal is closed; somebody else wants the end
    known = [getattr(signal, name) for name in names if hasattr(signal, name)]
    heeded = [number for number in known if signal.getsignal(number) is signal.SIG_DFL]

    def interrupt(*_: object) -> None:
        for other in heeded:  # a shell may say it twice: not while all is being ended
            signal.signal(other, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in heeded:
        signal.signal(number, interrupt)
    try:
        yield
    finally:
        for number in heeded:
            signal.signal(number, signal.SIG_DFL)


def _drop_dead_streams() -> None:
    """Keep Python from complaining at its exit, with a status of its own, of what nobody reads."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except OSError:
            with contextlib.suppress(OSError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _run(made: Parser, options: argparse.Namespace) -> int:
    if options.list:
        print_list(rubric.VARIANTS if options.variant in (None, "all") else (options.variant,))
        sys.stdout.flush()
        return GRADED
    try:
        wanted = request(options)
    except (ValueError, submission.NotFound) as error:
        made.error(str(error))
    if options.output and Path(options.output).is_dir():
        made.error(f"--output {options.output}: it is a folder, expected a file")
    if options.output and not Path(options.output).resolve().parent.is_dir():
        made.error(f"--output {options.output}: its folder does not exist")
    planned = wanted.checks or rubric.check_ids(wanted.variants)
    with live.Live(reports.make_console(sys.stderr), planned) as progress:
        result = session.grade(wanted, progress)
    try:
        report(result, options)
    except BrokenPipeError:
        raise
    except OSError as error:
        if options.output:  # what is known must not be lost
            options.output = None
            with contextlib.suppress(OSError):
                report(result, options)
        made.exit(GRADER_FAILED, f"grader: cannot write the result: {error}\n")
    return status(result, options.fail_under)


if __name__ == "__main__":
    sys.exit(main())
