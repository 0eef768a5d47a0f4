"""Where a result goes: to the terminal, to the standard output, to files."""

from __future__ import annotations

import contextlib
import sys
from argparse import Namespace
from collections.abc import Sequence

from grader import reports
from grader.cli.exit_status import CannotGoOn
from grader.cli.last_run import Verdicts
from grader.language import _
from grader.reports.formats import github
from grader.result.grade import GradeResult


class NotWritten(CannotGoOn):
    """A result could not be written; the text says why."""


def write_all(
    result: GradeResult, outputs: Sequence[tuple[str, str]], options: Namespace, before: Verdicts
) -> None:
    """Report the result in each of these formats, to its file or else to the standard output.

    Raises NotWritten after the last of them, for the first that could not be written.
    """
    troubles = [_trouble(result, format, path, options, before) for format, path in outputs]
    for trouble in filter(None, troubles):
        raise NotWritten(_("cannot write the result: {reason}").format(reason=trouble))


def report(
    result: GradeResult, format: str, path: str, options: Namespace, before: Verdicts
) -> None:
    """Print the result or write it to a file. Raises OSError where it cannot be written."""
    extra = {"stdout_visibility": options.stdout_visibility} if format == "gradescope" else {}
    if path:
        reports.write_file(result, format, path, **extra)
    elif format == "table":
        from grader.reports.terminal import screen  # only now, with all that it brings
        from grader.reports.terminal.console import make_console

        console = make_console()
        screen.show(result, console, trace=options.trace, only_next=options.next, before=before)
    elif format != "github" or not github.summarized(result):
        _print(reports.dumps(result, format, **extra))
    if sys.stdout is not None:  # closed from the beginning
        if format == "github":
            _print(github.workflow_commands(result))
        sys.stdout.flush()


def _print(text: str) -> None:
    """Print a text as it is; what the standard output cannot write, as Python escapes."""
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "backslashreplace").decode(encoding))


def _trouble(
    result: GradeResult, format: str, path: str, options: Namespace, before: Verdicts
) -> str:
    """Report the result in one format; why it could not be written, or nothing."""
    try:
        report(result, format, path, options, before)
    except BrokenPipeError:
        raise
    except OSError as error:
        if path:  # do not lose the result
            with contextlib.suppress(OSError):
                report(result, format, "", options, before)
        return str(error)
    return ""
