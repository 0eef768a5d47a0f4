"""The command line: ``python -m grader [PATH]``. Arguments in, exit status out.

Exit status: 0 graded; 1 graded and below ``--fail-under``; 2 wrong arguments or nothing to
grade; 3 the grader itself failed.
"""

from __future__ import annotations

import contextlib
import io
import os
import signal
import sys
import traceback
from argparse import Namespace
from collections.abc import Iterable, Iterator, Sequence

MISSING = (
    "grader: a package is missing ({name}): expected those of pyproject.toml; "
    "python3 noxfile.py -s grade installs them\n"
)

try:
    from grader import language, reports
    from grader.assignment import rubric
    from grader.assignment.variants import VARIANTS, Variant, variant
    from grader.cli import arguments, last_run, watch
    from grader.cli.arguments import Parser
    from grader.cli.last_run import Known
    from grader.grading import pytest_plugin, runner
    from grader.language import _
    from grader.reports.formats import github
    from grader.reports.terminal import live, screen
    from grader.reports.wording import points
    from grader.result.verdict import GradeResult
    from grader.submission import intake
except ModuleNotFoundError as error:  # left alone, it ends with the status of a low mark
    sys.stderr.write(MISSING.format(name=error.name))
    sys.exit(3)

GRADED, BELOW, WRONG_ARGUMENTS, GRADER_FAILED, INTERRUPTED = 0, 1, arguments.WRONG, 3, 130


def print_list(variants: Iterable[Variant] = VARIANTS) -> None:
    """Print a line for each check: id, points, task, title."""
    titles = pytest_plugin.titles()
    for variant in variants:
        for row in rubric.rows(variant):
            worth = _("star") if row.star else points(row.max_points(variant))
            id_ = f"{variant}.{row.name}"
            task = _("task {number}").format(number=f"{row.task_of(variant):2}")
            print(f"{id_:22} {worth:>9}  {task}  {titles[row.name]}")


def report(result: GradeResult, format: str, path: str, options: Namespace, before: Known) -> None:
    """Print the result or write it to a file. Raises OSError where it cannot be written."""
    extra = {"stdout_visibility": options.stdout_visibility} if format == "gradescope" else {}
    if path:
        reports.write_file(result, format, path, **extra)
    elif format == "table":
        console = reports.make_console()
        screen.show(result, console, trace=options.trace, only_next=options.next, before=before)
    elif format != "github" or not github.summarized(result):
        _print(reports.FORMATS[format](result, **extra))
    if sys.stdout is not None:  # closed from the beginning
        if format == "github":
            _print(github.workflow_commands(result))
        sys.stdout.flush()


def _print(text: str) -> None:
    """Print a text as it is; what the standard output cannot write, as Python escapes."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))


def status(result: GradeResult, fail_under: float | None) -> int:
    """The exit status that says how the grading went."""
    if result.has_error:
        return GRADER_FAILED
    if result.interrupted:
        return INTERRUPTED  # as a shell says it of SIGINT
    if fail_under is not None and (result.mark is None or result.mark < fail_under):
        return BELOW
    return GRADED


def main(words: Sequence[str] | None = None) -> int:
    """Grade; returns the exit status."""
    language.use(arguments.language_of(words))
    if isinstance(sys.stdout, io.TextIOWrapper):  # it may have signs for English alone
        sys.stdout.reconfigure(errors="replace")
    made = arguments.parser()
    try:
        with _all_signals_interrupt():
            return _run(made, words)
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

    def interrupt(*_signal: object) -> None:
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


def _run(made: Parser, words: Sequence[str] | None) -> int:
    options = made.parse_args(words)
    try:
        arguments.agree(options)
    except ValueError as error:
        made.error(str(error))
    if options.list:
        print_list(arguments.chosen_variants(options))
        sys.stdout.flush()
        return GRADED
    try:
        wanted = arguments.request(options)
        outputs = arguments.outputs(options)
    except (ValueError, intake.NotFound) as error:
        made.error(str(error))
    if options.watch:
        return _watch(made, options)
    try:
        reports.prepare(format for format, _path in outputs)
    except ModuleNotFoundError as error:
        made.exit(GRADER_FAILED, MISSING.format(name=error.name))
    planned = wanted.checks or rubric.check_ids(map(variant, wanted.variants))
    with live.Live(reports.make_console(sys.stderr), planned) as progress:
        result = runner.grade(wanted, progress)
    # Only people want to know what has changed: the other formats leave nothing behind.
    cached = ("table", "") in outputs and not options.no_cache
    before = last_run.recall(wanted) if cached else {}
    if cached:
        last_run.remember(wanted, last_run.merged(before, result))
    trouble = [_written(result, format, path, options, before) for format, path in outputs]
    for line in filter(None, trouble):
        said = _("grader: cannot write the result: {reason}").format(reason=line)
        made.exit(GRADER_FAILED, f"{said}\n")
    return status(result, options.fail_under)


def _watch(made: Parser, options: Namespace) -> int:
    try:
        watch.run(options)
    except watch.Unavailable as error:
        made.exit(GRADER_FAILED, f"grader: {error}\n")
    return GRADED


def _written(result: GradeResult, format: str, path: str, options: Namespace, before: Known) -> str:
    """Report the result in one format; why it could not be written, or nothing."""
    try:
        report(result, format, path, options, before)
    except BrokenPipeError:
        raise
    except OSError as error:
        if path:  # what is known must not be lost
            with contextlib.suppress(OSError):
                report(result, format, "", options, before)
        return str(error)
    return ""


if __name__ == "__main__":
    sys.exit(main())
